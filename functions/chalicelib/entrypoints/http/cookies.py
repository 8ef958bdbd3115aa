"""Cookies: three names, and no more in each than a token that nobody else can guess.

Over HTTPS a name begins with ``__Host-``: the browser then takes the cookie from this
very host alone, sends it to no other, and only encrypted.
"""

from http.cookies import CookieError, SimpleCookie

from chalice.app import Request

SIGNED_IN = "desk"
BEFORE = "desk-before"
"""Ties the forms before a sign-in to the browser that asked for them."""
RECEPTION = "desk-reception"
"""Says whose slip is being given out in this browser, until it leaves reception."""


def read(request: Request, name: str, site_url: str) -> str:
    """The cookie's value, or nothing."""
    try:
        jar = SimpleCookie(str(request.headers.get("cookie", "")))
    except CookieError:
        return ""
    found = jar.get(_named(name, site_url))
    return found.value if found else ""


def written(name: str, value: str, site_url: str) -> str:
    """The header that sets a cookie for as long as the browser is open; ``""`` forgets it."""
    attributes = [f"{_named(name, site_url)}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if _is_secure(site_url):
        attributes.append("Secure")
    if not value:
        attributes.append("Max-Age=0")
    return "; ".join(attributes)


def _named(name: str, site_url: str) -> str:
    return f"__Host-{name}" if _is_secure(site_url) else name


def _is_secure(site_url: str) -> bool:
    return site_url.startswith("https://")
