"""What stands in the DNS, asked of a name server over the wire."""

import pytest

from desk.deploying.dns_lookup import Dns, NoDnsAnswerError
from support.name_server import name_server

RECORDS = {
    ("t1._domainkey.wuye.cn", "CNAME"): ("T1.dkim.amazonses.com.",),
    ("post.wuye.cn", "MX"): ("10 feedback-smtp.eu-west-1.amazonses.com.",),
    ("wuye.cn", "TXT"): ('"v=spf1 " "include:amazonses.com ~all"', '"something else"'),
}


@pytest.fixture
def dns():
    with name_server(RECORDS, refused=frozenset({"broken.cn"})) as found:
        yield found


def test_records_are_read_as_they_are_written(dns):
    """Hosts in small letters without the last dot, a text whole and without its marks."""
    assert dns.values("t1._domainkey.wuye.cn", "CNAME") == ("t1.dkim.amazonses.com",)
    assert dns.values("post.wuye.cn", "MX") == ("10 feedback-smtp.eu-west-1.amazonses.com",)
    assert sorted(dns.values("wuye.cn", "TXT")) == [
        "something else",
        "v=spf1 include:amazonses.com ~all",
    ]


@pytest.mark.parametrize("name", ["nothing.wuye.cn", "post.wuye.cn"])
def test_what_does_not_stand_there_is_nothing(dns, name):
    """Neither under a name that is not there, nor of a kind that is not."""
    assert dns.values(name, "TXT") == ()


def test_no_answer_is_not_nothing(dns):
    """A name server that cannot tell leaves it open."""
    with pytest.raises(NoDnsAnswerError, match=r"broken\.cn"):
        dns.values("broken.cn", "TXT")


def test_a_name_server_that_is_not_there_is_no_answer():
    """Nor does a machine without a way out say that the records are missing."""
    with name_server({}) as found:
        gone = Dns(("127.0.0.1",), found.port, patience=0.5)
    with pytest.raises(NoDnsAnswerError):
        gone.values("wuye.cn", "TXT")
