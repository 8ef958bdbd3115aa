"""The keys under which files arrive: ``incoming/<reference>/<leave>/<the file's own name>``."""

import re
from dataclasses import dataclass

from chalicelib.domain.decisions.photos import tidied_name

PREFIX = "incoming/"
_KEY = re.compile(r"incoming/([0-9A-Z]{5}-[0-9A-Z]{5})/([0-9a-f]{16})/(.*)", re.DOTALL)


@dataclass(frozen=True)
class UploadKey:
    """What a key says: whose file it is, by which leave it was sent, and how it is called."""

    reference: str
    leave: str
    name: str

    @property
    def shown_name(self) -> str:
        """The name as people may read it."""
        return tidied_name(self.name)

    def photo(self, tag: str) -> str:
        """The photo's id: another file sent with the same leave is another photo."""
        plain = tag.strip('"')
        return f"{self.leave}-{plain[:8]}"


def folder(reference: str, leave: str) -> str:
    """Where the one file of this leave arrives; ends in a slash."""
    return f"{PREFIX}{reference}/{leave}/"


def upload_key(key: str) -> UploadKey | None:
    """What a key says; None for one that is not ours."""
    found = _KEY.fullmatch(key)
    return UploadKey(*found.groups()) if found else None
