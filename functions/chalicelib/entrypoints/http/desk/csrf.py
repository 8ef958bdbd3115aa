"""Where a form was sent from: only a page of our own may send one."""

from chalice.app import Request

_OWN = ("same-origin", "none")
"""What a browser says of a form on our own page, and of one that its user sends again."""


def is_ours(request: Request, site_url: str) -> bool:
    """Whether nothing that the browser says tells of another site.

    A browser that says nothing is left to the form's own sign, which only our pages have.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    return site in (None, *_OWN) and origin in (None, site_url)
