"""kill -9 at any moment: every referral whose code was shown is there, whole, when we are back."""

import multiprocessing
import os
import random
import signal
import socket
import threading
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import func, select, text

from referral_api.persistence.database import Database
from referral_api.persistence.tables import ContentKeyRow, DeliveryRow, MoveRow, ReferralRow
from referral_api.settings import Settings
from tests.factories.api import SITE_TOKEN, make_settings, open_api
from tests.factories.referrals import make_consented_referral, make_key
from tests.factories.small_directory import write_small_directory

# More on a machine with time: KILLS=200 is the bar in docs/benchmarks.md.
KILLS = int(os.environ.get("KILLS", "4"))
SENDERS = 4
BODY = make_consented_referral(("intake-desk", "fairwork"))


def serve(settings: Settings, port: int) -> None:
    """The child: the real API on a real port."""
    import uvicorn

    from referral_api.main import create_app

    uvicorn.run(create_app(settings), host="127.0.0.1", port=port, log_level="critical")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def client_of(port: int) -> Generator[httpx2.Client]:
    with httpx2.Client(
        base_url=f"http://127.0.0.1:{port}",
        headers={"Authorization": f"Bearer {SITE_TOKEN}"},
        timeout=10,
        trust_env=False,
    ) as client:
        yield client


@contextmanager
def running(settings: Settings) -> Generator[tuple[BaseProcess, int]]:
    context = multiprocessing.get_context("forkserver")
    # Imported once, so that each of the many starts takes a moment only.
    context.set_forkserver_preload(["referral_api.main", "uvicorn"])
    port = free_port()
    child = context.Process(target=serve, args=(settings, port), daemon=True)
    child.start()
    try:
        with client_of(port) as client:
            wait_until_ready(client)
        yield child, port
    finally:
        child.kill()
        child.join()


def wait_until_ready(client: httpx2.Client) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            if client.get("/health/ready").status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.02)
    pytest.fail("the API did not start")


class Ledger:
    """What was sent, and what was acknowledged."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.codes: dict[str, str] = {}
        self._lock = threading.Lock()

    def send_until_cut_off(self, port: int) -> None:
        with client_of(port) as client:
            while True:
                key = make_key()
                with self._lock:
                    self.sent.append(key)
                try:
                    answer = client.post(
                        "/v1/referrals", json=BODY, headers={"Idempotency-Key": key}
                    )
                except httpx2.TransportError:
                    return
                assert answer.status_code == 201, answer.text
                with self._lock:
                    self.codes[key] = answer.json()["code"]


def kill_while_sending(settings: Settings, ledger: Ledger, wait: float) -> None:
    with running(settings) as (child, port), ThreadPoolExecutor(SENDERS) as senders:
        sending = [senders.submit(ledger.send_until_cut_off, port) for _ in range(SENDERS)]
        time.sleep(wait)
        os.kill(child.pid or 0, signal.SIGKILL)
        for one in sending:
            one.result()


def test_every_acknowledged_code_opens_after_kill_9(tmp_path: Path) -> None:
    settings = make_settings(tmp_path, write_small_directory(tmp_path / "content"))
    ledger, moments = Ledger(), random.Random(20261122)  # noqa: S311 - moments, not secrets
    with open_api(settings):
        pass

    for _ in range(KILLS):
        kill_while_sending(settings, ledger, moments.uniform(0.05, 0.8))

    assert len(ledger.codes) > KILLS
    with running(settings) as (_, port), client_of(port) as client:
        for code in ledger.codes.values():
            opened = client.post("/v1/conversations/_open", json={"code": code})
            assert opened.status_code == 200
        for key in ledger.sent:
            again = client.post("/v1/referrals", json=BODY, headers={"Idempotency-Key": key})
            assert again.status_code in {200, 201}
            assert again.json()["code"] == ledger.codes.get(key, again.json()["code"])
    assert_whole(settings, len(ledger.sent))


def assert_whole(settings: Settings, referrals: int) -> None:
    """One referral for each form, each with its key, first move and outbox row."""
    database = Database(settings.database_url)
    with database.reading() as session:
        assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        for table in (ReferralRow, ContentKeyRow, MoveRow, DeliveryRow):
            assert session.scalar(select(func.count()).select_from(table)) == referrals
    database.close()
