"""Names under which companies may send, and how a mail program reads them back."""

from email import message_from_bytes
from email.header import decode_header, make_header
from email.policy import compat32
from email.utils import getaddresses

NAMES = {
    "plain": "Anhe Property Services",
    "comma": "Anhe Property Services Co., Ltd.",
    "quotes": 'The "Best" Homes',
    "quoted at both ends": '"Best" of all "Homes"',
    "semicolon": "Anhe; Jade Lake; Maple Court",
    "colon": "Anhe: Property",
    "brackets": "[Anhe] <East> (Shanghai)",
    "at-sign": "desk@home Ltd.",
    "backslash": "Anhe\\Property",
    "apostrophe": "O'Neil & Sons",
    "Chinese": "安和物业服务有限公司",
    "both": "投诉受理台 Complaint Desk",
    "Chinese with signs": "安和（上海）物业, 有限; “公司” <东>",
    "emoji": "🏠 Anhe",
    "umlaut and comma": "Söhne, GmbH",
    "a rare character": "𠮷野家物业",
    "very long": "安和物业服务有限公司" * 30,
    "very long words": "Anhe Property Services Company, Limited " * 20 + "end",
    "one very long word": "x" * 2000,
}
"""A name by what is odd about it."""


def read_back(message: bytes, header: str) -> list[tuple[str, str]]:
    """The names and addresses of a header, by the older of the standard library's two readers.

    The newer one keeps the blanks between encoded words, which RFC 2047 says to drop.
    """
    found = " ".join(str(message_from_bytes(message, policy=compat32)[header]).split())
    return [
        (str(make_header(decode_header(name))), address) for name, address in getaddresses([found])
    ]
