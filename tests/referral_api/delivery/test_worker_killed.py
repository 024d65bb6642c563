"""A worker killed between sending and marking: the notice comes again, with the same id."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import yaml

from referral_api.persistence.database import Database
from tests.factories.stored import store_deliveries
from tests.fakes.demo_receiver import HANG, SECRET, TOKEN, demo_receiver
from tests.referral_api.delivery.conftest import OpenPost
from tests.referral_api.delivery.test_exactly_once import statuses

PATIENCE_SECONDS = 20.0


def start_worker(folder: Path, url: str) -> subprocess.Popen[bytes]:
    """A real worker process on the test's store."""
    receivers = folder / "receivers.yaml"
    entry = {"organisation": "fairwork", "url": url, "webhook_secret": SECRET, "token": TOKEN}
    receivers.write_text(yaml.safe_dump({"receivers": [entry]}))
    return subprocess.Popen(
        (sys.executable, "-m", "referral_api.worker"),
        env={
            **os.environ,
            "REFERRAL_API_DATABASE_URL": f"sqlite:///{folder / 'store.sqlite'}",
            "REFERRAL_API_RECEIVERS_FILE": str(receivers),
            "REFERRAL_API_WORKER_HEALTH_FILE": str(folder / "health" / "worker.json"),
        },
        stderr=subprocess.DEVNULL,
    )


def test_a_worker_killed_after_sending_sends_again_and_it_works_once(
    tmp_path: Path, store: Database, open_post: OpenPost
) -> None:
    store_deliveries(store, ["fairwork"])

    async def next_worker(url: str) -> None:
        async with open_post(url, "fairwork") as post:
            post.clock.forward(days=3650)
            assert await post.deliver_what_is_due() == 1

    with demo_receiver(HANG) as receiver:
        worker = start_worker(tmp_path, receiver.url)
        assert receiver.arrived.wait(PATIENCE_SECONDS)
        worker.kill()
        worker.wait()
        assert statuses(store) == [("waiting", None)]
        asyncio.run(next_worker(receiver.url))

    assert len(receiver.notices) == 2
    assert len(receiver.effects) == 1
    assert statuses(store) == [("delivered", None)]


def test_a_worker_told_to_stop_marks_what_it_sent_and_leaves_in_peace(
    tmp_path: Path, store: Database
) -> None:
    store_deliveries(store, ["fairwork"])

    with demo_receiver() as receiver:
        worker = start_worker(tmp_path, receiver.url)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while statuses(store) != [("delivered", None)]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE_SECONDS) == 0

    health = json.loads((tmp_path / "health" / "worker.json").read_text())
    assert health["status"] == "ok"
    assert len(receiver.notices) == 1
