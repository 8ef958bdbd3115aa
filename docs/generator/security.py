"""The content security policy of the handbook's pages: nothing but the site's own.

The theme writes two short scripts into each page. They are allowed by what they are, not by
where they stand: the policy names the hash of each, computed from the page as it was built.
"""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from docs.generator.errors import HandbookError

_INLINE = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'
_OURS = 'http-equiv="Content-Security-Policy"'


class SecurityPolicyError(HandbookError):
    """A page has no place for a policy; the message names it."""


def protect(site_dir: Path) -> None:
    """Give every page that has no policy of its own one that fits it.

    Raises SecurityPolicyError for a page whose head is not as the theme writes it.
    """
    for path in sorted(site_dir.rglob("*.html")):
        page = path.read_text("utf-8")
        if _OURS not in page:
            if _CHARSET not in page:
                raise SecurityPolicyError(f"{path}: no {_CHARSET}")
            path.write_text(page.replace(_CHARSET, _CHARSET + _meta(page), 1), "utf-8")


def policy(page: str) -> str:
    """What a page may load and run: files of this site, and the scripts written into it."""
    hashes = " ".join(f"'sha256-{_hash(script)}'" for script in _INLINE.findall(page))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {hashes}".rstrip(),
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def _meta(page: str) -> str:
    return f'<meta {_OURS} content="{policy(page)}">'


def _hash(script: str) -> str:
    return b64encode(sha256(script.encode()).digest()).decode()
