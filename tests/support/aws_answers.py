"""What stands in the place of AWS on this machine: XML over HTTP, as CloudFormation answers."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs


class Answers(ThreadingHTTPServer):
    """Answers each action from a table, and remembers by whom it was asked."""

    def __init__(self, status: int, **bodies: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status, self.bodies = status, bodies
        self.asked: list[tuple[str, str]] = []

    @property
    def address(self) -> str:
        """Where AWS_ENDPOINT_URL leads here."""
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: Answers

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        (action,) = form["Action"]
        self.server.asked.append((action, self.headers["Authorization"]))
        body = self.server.bodies[action].encode()
        self.send_response(200 if action == "GetCallerIdentity" else self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def an_error(code: str, message: str) -> str:
    """The answer that refuses."""
    return (
        "<ErrorResponse><Error><Type>Sender</Type>"
        f"<Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
    )


IDENTITY = (
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">'
    "<GetCallerIdentityResult><Account>210987654321</Account></GetCallerIdentityResult>"
    "</GetCallerIdentityResponse>"
)
NO_STACK = an_error("ValidationError", "Stack with id complaint-desk-prod does not exist")


@contextmanager
def answering(status: int, **bodies: str) -> Iterator[Answers]:
    """Answer on this machine while it is open."""
    with Answers(status, **bodies) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
