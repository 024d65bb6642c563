"""The receiver in docs/integrating.md works as it stands, from the notice to the open story."""

import asyncio
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import uvicorn
import yaml
from pydantic import SecretStr
from sqlalchemy import update

from referral_api.clock import utc_now
from referral_api.delivery.deliver import Deliverer
from referral_api.delivery.webhook import WebhookTransport, open_client
from referral_api.directory_files import RoutingContent
from referral_api.event_log import EventLog
from referral_api.main import create_app
from referral_api.persistence.database import Database
from referral_api.persistence.tables import DeliveryRow
from referral_api.receivers import read_receivers
from referral_api.settings import Settings
from tests.factories.stored import store_delivery
from tests.fakes.demo_receiver import SECRET, TOKEN
from tests.referral_api.delivery.conftest import SOURCE
from tests.referral_api.delivery.test_exactly_once import statuses
from tests.referral_api.delivery.test_offers import SITE_TOKEN, STORY, offer

CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
PATIENCE_SECONDS = 20.0


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_true: Callable[[], bool]) -> None:
    """Look again and again, for as long as one may wait."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody listens."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def running_api(settings: Settings, port: int) -> Generator[None]:
    """The intake API on a real port."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings), "127.0.0.1", port, log_level="critical")
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    wait_until(lambda: server.started)
    yield
    server.should_exit = True
    thread.join()


@contextmanager
def documented_receiver(port: int, private_key: bytes) -> Generator[subprocess.Popen[str]]:
    """The receiver of the page, in a process of its own."""
    page = Path("docs/integrating.md").read_text(encoding="utf-8")
    [code] = CODE.findall(page)
    environment = {
        **os.environ,
        "PORT": str(port),
        "TOKEN": TOKEN,
        "WEBHOOK_SECRET": SECRET,
        "PRIVATE_KEY": private_key.hex(),
        "PYTHONIOENCODING": "utf-8",
    }
    with subprocess.Popen(  # noqa: S603 - the code on our own page
        (sys.executable, "-c", code),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        wait_until(lambda: answers(port))
        yield process
        process.kill()


async def deliver_all(
    store: Database, content: RoutingContent, receivers: Path, api_url: str
) -> None:
    """What the worker does with everything that is due."""
    known = read_receivers(receivers, insecure_http=True)
    async with open_client() as client:
        transport = WebhookTransport(client, SOURCE, api_url, utc_now)
        deliverer = Deliverer(store, content.directory, known, transport, EventLog(), utc_now)
        while (delivery := deliverer.claim(())) is not None:
            await deliverer.deliver(delivery)


def test_the_receiver_of_the_page_opens_a_referral_once_and_hears_of_a_withdrawal(
    tmp_path: Path, store: Database, content: RoutingContent
) -> None:
    offered = offer(store, "fairwork")
    port, api_port = free_port(), free_port()
    api_url, url = f"http://127.0.0.1:{api_port}/v1", f"http://127.0.0.1:{port}/"
    entry = {"organisation": "fairwork", "url": url, "webhook_secret": SECRET, "token": TOKEN}
    receivers = tmp_path / "receivers.yaml"
    receivers.write_text(yaml.safe_dump({"receivers": [entry]}))
    settings = Settings(
        api_url=api_url,
        database_url=str(store.engine.url),
        site_token=SecretStr(SITE_TOKEN),
        pepper=SecretStr("pepper-0123456789-0123456789-012345"),
        receivers_file=receivers,
    )

    with (
        running_api(settings, api_port),
        documented_receiver(port, bytes(offered.private_key)) as receiver,
    ):
        asyncio.run(deliver_all(store, content, receivers, api_url))
        # As if the answer had been lost: the same notice comes once more.
        with store.transaction() as session:
            session.execute(update(DeliveryRow).values(status="waiting"))
        asyncio.run(deliver_all(store, content, receivers, api_url))
        with store.transaction() as session:
            store_delivery(session, offered.referral, "fairwork", purpose="withdrawal")
        asyncio.run(deliver_all(store, content, receivers, api_url))
        forged = httpx2.post(url, content=b"{}", headers={"webhook-id": "x"}).status_code
        receiver.kill()
        said = (receiver.stdout or sys.stdin).read().splitlines()

    assert forged == 401
    assert said == [f"new referral: {STORY}", f"delete referral: {offered.referral}"]
    assert {status for status, _ in statuses(store)} == {"delivered"}
