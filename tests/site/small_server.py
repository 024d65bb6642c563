"""A small real HTTP server that answers what a test put ready, and remembers what it was asked."""

import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


@dataclass(slots=True)
class Asked:
    """One request as it came over the wire; header names in lower case."""

    path: str
    headers: dict[str, str]
    body: object


@dataclass(slots=True)
class Ready:
    """The answer to the next requests."""

    status: int = 200
    body: object = None
    headers: dict[str, str] = field(default_factory=dict[str, str])
    delay: float = 0.0
    raw: bytes | None = None

    @property
    def content(self) -> bytes:
        """The bytes of the body."""
        return self.raw if self.raw is not None else json.dumps(self.body).encode()


@dataclass(slots=True)
class SmallServer:
    """Where it listens, what it will say, what it heard."""

    url: str
    ready: Ready = field(default_factory=Ready)
    asked: list[Asked] = field(default_factory=list[Asked])


@contextmanager
def small_server() -> Generator[SmallServer]:
    """A server on a free port of this machine, gone when the block ends."""
    known = SmallServer("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("content-length", "0"))
            headers = {name.lower(): value for name, value in self.headers.items()}
            known.asked.append(Asked(self.path, headers, json.loads(self.rfile.read(length))))
            time.sleep(known.ready.delay)
            self.send_response(known.ready.status)
            for name, value in known.ready.headers.items():
                self.send_header(name, value)
            content = b"" if known.ready.status == 204 else known.ready.content
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A client that gave up is what some tests want."""

    server = Server(("127.0.0.1", 0), Handler)
    known.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
