"""Children are waited for, started again when they stop, and never left behind."""

import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from launcher.checks import CannotStart
from launcher.processes import Process
from launcher.settings import HOST
from launcher.supervising import Supervisor

SERVER = """
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
        if self.path == "/fall-over":
            import os; os._exit(1)
    def log_message(self, *words): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0


def _server(port: int, needed: bool = True) -> Process:
    command = (sys.executable, "-c", SERVER, str(port))
    return Process("server", command, {}, f"http://{HOST}:{port}/", needed)


def test_a_start_ends_when_every_child_answers_and_a_stop_leaves_none(tmp_path: Path) -> None:
    port = _free_port()
    supervisor = Supervisor(tmp_path, lambda _line: None)

    supervisor.start([_server(port)])
    supervisor.wait_until_ready(20)
    answered = _listens(port)
    supervisor.stop()

    assert answered
    assert not _listens(port)


def test_a_needed_child_that_dies_stops_the_start_with_a_place_to_look(tmp_path: Path) -> None:
    supervisor = Supervisor(tmp_path, lambda _line: None)
    broken = Process(
        "desk", (sys.executable, "-c", "raise SystemExit(3)"), {}, "http://127.0.0.1:1/"
    )

    supervisor.start([broken])

    with pytest.raises(CannotStart, match=r"desk did not start.*desk\.log"):
        supervisor.wait_until_ready(20)
    supervisor.stop()


def test_a_bot_that_dies_stops_nobody(tmp_path: Path) -> None:
    said: list[str] = []
    supervisor = Supervisor(tmp_path, said.append)
    broken = Process(
        "bot",
        (sys.executable, "-c", "raise SystemExit(3)"),
        {},
        "http://127.0.0.1:1/",
        needed=False,
    )

    supervisor.start([broken])
    supervisor.wait_until_ready(20)
    supervisor.stop()

    assert "Everything else works without it" in said[0]


def test_a_child_that_falls_over_is_started_again(tmp_path: Path) -> None:
    port = _free_port()
    said: list[str] = []
    supervisor = Supervisor(tmp_path, said.append)
    supervisor.start([_server(port)])
    supervisor.wait_until_ready(20)
    threading.Thread(target=supervisor.watch, daemon=True).start()

    with socket.create_connection((HOST, port)) as knock:
        knock.sendall(b"GET /fall-over HTTP/1.0\r\n\r\n")
        knock.recv(100)
    deadline = time.monotonic() + 20
    while not (said and _listens(port)) and time.monotonic() < deadline:
        time.sleep(0.1)
    back = _listens(port)
    supervisor.stop()

    assert back
    assert "starting it again" in said[0]
