"""A webhook on this machine, which answers as a robot's service is documented to."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any


@dataclass
class Webhook:
    """What comes next of it, and what it was sent. The last answer is given again and again.

    An answer is an HTTP status and a body; None is no answer at all, until it is closed.
    """

    url: str
    answers: list[tuple[int, str] | None]
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    closed: Event = field(default_factory=Event)

    @property
    def said(self) -> list[str]:
        """The texts that it was sent."""
        return [body["text"]["content"] for _, body in self.asked]

    def answer(self) -> tuple[int, str] | None:
        """The next one."""
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


class _Handler(BaseHTTPRequestHandler):
    server: "_Server"

    def do_POST(self) -> None:
        hook = self.server.hook
        body = self.rfile.read(int(self.headers["Content-Length"]))
        hook.asked.append((self.path, json.loads(body)))
        answer = hook.answer()
        if answer is None:
            hook.closed.wait()
            return
        status, text = answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    hook: Webhook


def wecom(code: int, words: str = "ok") -> tuple[int, str]:
    """As WeCom answers: HTTP 200, whatever became of it."""
    return 200, json.dumps({"errcode": code, "errmsg": words})


TOO_MANY = wecom(45009, "api freq out of limit, hint: [1700000000]")
INVALID = wecom(93000, "invalid webhook url, hint: [1700000000]")


@contextmanager
def webhook(*answers: tuple[int, str] | None) -> Iterator[Webhook]:
    """Answer on this machine while it is open."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        url = f"http://127.0.0.1:{server.server_port}/cgi-bin/webhook/send?key=a-secret-key"
        server.hook = Webhook(url, list(answers) or [wecom(0)])
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield server.hook
        server.hook.closed.set()
        server.shutdown()
        thread.join()
