"""An address with its name, as the company's file says it."""

import pytest

from chalicelib.domain.email_addresses import is_address
from chalicelib.domain.named_addresses import NamedAddress
from support.senders import NAMES, read_back

WRITTEN = {
    "Anhe Co., Ltd. <desk@wuye.cn>": ("Anhe Co., Ltd.", "desk@wuye.cn"),
    '"Anhe Co., Ltd." <desk@wuye.cn>': ("Anhe Co., Ltd.", "desk@wuye.cn"),
    r'"The \"Best\" Homes" <desk@wuye.cn>': ('The "Best" Homes', "desk@wuye.cn"),
    '"Best" of "Homes" <desk@wuye.cn>': ('"Best" of "Homes"', "desk@wuye.cn"),
    "Anhe <East> <desk@wuye.cn>": ("Anhe <East>", "desk@wuye.cn"),
    "安和<desk@wuye.cn>": ("安和", "desk@wuye.cn"),
    "<desk@wuye.cn>": ("", "desk@wuye.cn"),
    " desk@wuye.cn ": ("", "desk@wuye.cn"),
    "Anhe   Property\t<desk@wuye.cn>": ("Anhe Property", "desk@wuye.cn"),
}


@pytest.mark.parametrize("written", WRITTEN)
def test_what_a_file_says_is_a_name_and_an_address(written):
    """The last angle brackets hold the address; what stands before them is the name."""
    found = NamedAddress.of(written)
    assert (found.name, found.address) == WRITTEN[written]


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_header_is_read_as_it_was_written(name):
    """Folded or on one line, as Cognito takes it."""
    one = NamedAddress(name, "desk@wuye.cn")
    for header in (one.header, one.on_one_line):
        assert header.isascii()
        assert read_back(f"From: {header}\n\n".encode(), "From") == [(name, "desk@wuye.cn")]
    assert "\n" not in one.on_one_line


ADDRESSES = {
    "desk@wuye.cn": True,
    "desk+a.b@mail.wuye.com.cn": True,
    "desk@wuye": False,
    "a..b@wuye.cn": False,
    ".a@wuye.cn": False,
    "a.@wuye.cn": False,
    "a b@wuye.cn": False,
    "a@b@wuye.cn": False,
    "客服@wuye.cn": False,
    f"a@{'x' * 60}.{'y' * 60}.{'z' * 60}.{'w' * 60}.{'v' * 60}.cn": False,
    "": False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_is_one_that_mail_services_take(address):
    """One at-sign, dots in between alone, and plain letters."""
    assert is_address(address) == ADDRESSES[address]
