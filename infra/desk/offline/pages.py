"""The offline pages: everybody's mailbox, and the clock that can be moved."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from werkzeug.wrappers import Request, Response

from chalicelib import locales
from desk.offline.mailbox import Letter, Mailbox
from desk.offline.time_travel import TimeTravel

HERE = Path(__file__).parent / "templates"
MOST_HOURS = 24 * 366
_ZONE = ZoneInfo("Asia/Shanghai")
_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self';"
    " form-action 'self'"
)

_LINKS_LEAVE_THE_FRAME = '<head><base target="_top">'
"""A link in a letter opens a page of its own, as it does from a mail program."""


class LocalPages:
    """What `/local/` answers: pages in the reader's language, or JSON."""

    def __init__(self, mailbox: Mailbox, travel: TimeTravel) -> None:
        self._mailbox = mailbox
        self._travel = travel
        loader = FileSystemLoader(HERE)
        self._pages = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)

    def answer(self, request: Request) -> Response:
        """The page or the JSON at this address."""
        match request.path.strip("/").split("/")[1:]:
            case ["mailbox"]:
                return self._letters(request)
            case ["mailbox", number] if number.isdecimal():
                return self._letter(request, int(number))
            case ["mailbox", number, "html"] if number.isdecimal():
                return self._letter(request, int(number), bare=True)
            case ["clock"]:
                return self._clock(request)
            case _:
                return self._page(request, "nothing.j2", 404)

    def _letters(self, request: Request) -> Response:
        if request.args.get("format") == "json":
            return _json(self._mailbox.as_json())
        letters = list(enumerate(self._mailbox.letters()))
        to = request.args.get("to", "")
        shown = [one for one in reversed(letters) if to in ("", one[1].to)]
        addresses = sorted({letter.to for _, letter in letters})
        return self._page(request, "mailbox.j2", letters=shown, addresses=addresses, to=to)

    def _letter(self, request: Request, number: int, *, bare: bool = False) -> Response:
        letters = self._mailbox.letters()
        if number >= len(letters):
            return self._page(request, "nothing.j2", 404)
        if bare:
            letter = _html(letters[number].html.replace("<head>", _LINKS_LEAVE_THE_FRAME, 1))
            # The mailbox shows it in a frame of its own, and nobody else may.
            letter.headers["X-Frame-Options"] = "SAMEORIGIN"
            return letter
        return self._page(request, "letter.j2", letter=letters[number], number=number)

    def _clock(self, request: Request) -> Response:
        if request.method == "POST":
            return self._advance(request)
        return self._time(request)

    def _advance(self, request: Request) -> Response:
        hours = _hours(request.form.get("advance_hours", ""))
        if hours is None:
            return self._time(request, 422, wrong=True)
        self._travel.advance(timedelta(hours=hours))
        if _wants_json(request):
            return self._time(request)
        return Response("", 303, headers={"Location": request.full_path.rstrip("?")})

    def _time(self, request: Request, status: int = 200, *, wrong: bool = False) -> Response:
        now = self._travel.clock.now()
        if _wants_json(request):
            problem = {"error": f"advance_hours is a number above 0, at most {MOST_HOURS}"}
            return _json({"now": now.isoformat()} | (problem if wrong else {}), status)
        return self._page(request, "clock.j2", status, now=now, wrong=wrong, most=MOST_HOURS)

    def _page(self, request: Request, name: str, status: int = 200, **content: object) -> Response:
        language = locales.preferred(request.headers.get("Accept-Language", ""))
        language = request.args.get("lang", language)
        language = language if language in locales.LANGUAGES else "zh"
        page = self._pages.get_template(name).render(
            language=language,
            other="zh" if language == "en" else "en",
            path=request.path,
            moment=lambda at: locales.moment(at, _ZONE, language),
            written_at=lambda letter: _written_at(letter, language),
            state_of=lambda letter: locales.say_desk(language, f"letter_state.{letter.state}"),
            **content,
        )
        return _html(page, status)


def _written_at(letter: Letter, language: str) -> str:
    return locales.moment(datetime.fromisoformat(letter.at), _ZONE, language)


def _hours(typed: str) -> float | None:
    try:
        hours = float(typed)
    except ValueError:
        return None
    return hours if 0 < hours <= MOST_HOURS else None


def _wants_json(request: Request) -> bool:
    return request.args.get("format") == "json" or "json" in request.headers.get("Accept", "")


def _json(value: object, status: int = 200) -> Response:
    text = json.dumps(value, ensure_ascii=False)
    return Response(
        text, status, headers={"Cache-Control": "no-store"}, mimetype="application/json"
    )


def _html(page: str, status: int = 200) -> Response:
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return Response(page, status, headers=headers, mimetype="text/html")
