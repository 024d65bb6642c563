"""A store with the real directory, and a worker's inside with a clock the test moves."""

import io
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from pydantic import SecretStr

from referral_api.clock import utc_now
from referral_api.delivery.deliver import Deliverer
from referral_api.delivery.webhook import WebhookTransport, open_client
from referral_api.directory_files import RoutingContent, read_routing_content
from referral_api.event_log import EventLog
from referral_api.persistence.database import Database
from referral_api.receivers import Receiver, Receivers
from tests.factories.stored import NOON, open_store
from tests.fakes.demo_receiver import SECRET, TOKEN

SOURCE = "urn:nld:oin:00000000000000000000:systeem:infopunt"
API_URL = "http://127.0.0.1:8001/v1"


@dataclass
class MovedClock:
    """The time, as far as the test says."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        """Let time pass."""
        self.now += timedelta(**amount)


@dataclass
class Post:
    """What a test needs to deliver by hand."""

    deliverer: Deliverer
    clock: MovedClock
    log: io.StringIO

    async def deliver_what_is_due(self) -> int:
        """Deliver until nothing is due; how many tries that took."""
        tries = 0
        while (delivery := self.deliverer.claim(())) is not None:
            await self.deliverer.deliver(delivery)
            tries += 1
        return tries


OpenPost = Callable[..., AbstractAsyncContextManager[Post]]


@pytest.fixture(scope="session")
def content() -> RoutingContent:
    return read_routing_content(Path("content"))


@pytest.fixture
def store(tmp_path: Path, content: RoutingContent) -> Iterator[Database]:
    database = open_store(tmp_path, content)
    yield database
    database.close()


def receivers_at(url: str, *organisations: str) -> Receivers:
    """The demo receiver as the system of these organisations."""
    return Receivers(
        MappingProxyType(
            {
                name: Receiver(name, url, SecretStr(SECRET), SecretStr(TOKEN))
                for name in organisations
            }
        )
    )


@pytest.fixture
def open_post(store: Database, content: RoutingContent) -> OpenPost:
    @asynccontextmanager
    async def opened(url: str, *organisations: str, seconds: float = 0.5) -> AsyncGenerator[Post]:
        clock, log = MovedClock(), io.StringIO()
        async with open_client() as client:
            # Receivers check the moment of the signature against the real time.
            transport = WebhookTransport(client, SOURCE, API_URL, utc_now, seconds)
            receivers = receivers_at(url, *organisations)
            deliverer = Deliverer(
                store, content.directory, receivers, transport, EventLog(log, clock), clock
            )
            yield Post(deliverer, clock, log)

    return opened
