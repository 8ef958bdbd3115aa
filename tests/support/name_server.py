"""A name server on this machine, which answers from a table."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from socketserver import BaseRequestHandler, ThreadingUDPServer
from threading import Thread

import dns.flags
import dns.message
import dns.name
import dns.rcode
import dns.rdatatype
import dns.rrset

from desk.deploying.dns_lookup import Dns

Records = Mapping[tuple[str, str], tuple[str, ...]]


class _Server(ThreadingUDPServer):
    def __init__(self, records: Records, refused: frozenset[str]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.records, self.refused = records, refused


class _Handler(BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        asked, socket = self.request
        query = dns.message.from_wire(asked)
        (question,) = query.question
        name, kind = question.name.to_text(), dns.rdatatype.to_text(question.rdtype)
        answer = dns.message.make_response(query, recursion_available=True)
        plain = name.rstrip(".")
        if plain in self.server.refused:
            answer.set_rcode(dns.rcode.SERVFAIL)
        elif values := self.server.records.get((plain, kind)):
            written = {"origin": dns.name.root, "relativize": False}
            answer.answer.append(dns.rrset.from_text_list(name, 60, "IN", kind, values, **written))
        elif all(plain != known for known, _ in self.server.records):
            answer.set_rcode(dns.rcode.NXDOMAIN)
        socket.sendto(answer.to_wire(), self.client_address)


@contextmanager
def name_server(records: Records, refused: frozenset[str] = frozenset()) -> Iterator[Dns]:
    """What asks it, while it is open; of what is `refused` it says that it cannot tell."""
    with _Server(records, refused) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield Dns(("127.0.0.1",), server.server_address[1])
        server.shutdown()
        thread.join()
