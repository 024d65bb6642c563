"""A receiver's system in a few lines, on a real port, that can misbehave on demand."""

import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook

SECRET = "whsec_" + "c2VjcmV0LW9mLXRoZS1kZW1vLXJlY2VpdmVyLTEyMzQ1"
TOKEN = "token-of-the-demo-receiver-0123456789abcdef"

# What the receiver does with a notice; every one but `refuse` and `unavailable` has its effect.
ANSWER = "answer"
DROP = "drop"
GARBAGE = "garbage"
HANG = "hang"
UNAVAILABLE = "unavailable"
REFUSE = "refuse"
REDIRECT = "redirect"


@dataclass
class DemoReceiver:
    """Checks the signature, deduplicates on webhook-id, and counts what had an effect."""

    url: str = ""
    behaviour: list[str] = field(default_factory=list[str])
    notices: list[tuple[str, dict[str, Any]]] = field(default_factory=list[Any])
    effects: list[str] = field(default_factory=list[str])
    arrived: threading.Event = field(default_factory=threading.Event)
    let_go: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, headers: dict[str, str], body: bytes) -> str:
        """Handle one notice and say how to behave. Raises when the signature is wrong."""
        event: dict[str, Any] = Webhook(SECRET).verify(body, headers)
        name = headers["webhook-id"]
        with self.lock:
            behaviour = self.behaviour.pop(0) if self.behaviour else ANSWER
            self.notices.append((name, event))
            if behaviour not in {REFUSE, UNAVAILABLE, REDIRECT} and name not in self.effects:
                self.effects.append(name)
        self.arrived.set()
        return behaviour


@contextmanager
def demo_receiver(*behaviour: str) -> Generator[DemoReceiver]:
    """A receiver that is up inside the block; it behaves well when its list runs out."""
    receiver = DemoReceiver(behaviour=list(behaviour))
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(receiver))
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/notices"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.let_go.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler_of(receiver: DemoReceiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._behave(receiver.take(headers, body))

        def _behave(self, behaviour: str) -> None:
            if behaviour == HANG:
                receiver.let_go.wait(10)
            if behaviour in {DROP, HANG}:
                self.close_connection = True
                return
            if behaviour == GARBAGE:
                self.wfile.write(b"\x00\xff this is not HTTP\r\n\r\n")
                return
            codes = {UNAVAILABLE: 503, REFUSE: 422, REDIRECT: 307}
            self.send_response(codes.get(behaviour, 200))
            if behaviour == REDIRECT:
                self.send_header("location", "http://127.0.0.1:9/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
