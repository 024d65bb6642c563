"""Knocks at a receiver once, and says what its answer means for the next time."""

import asyncio
from dataclasses import dataclass
from typing import Protocol

import httpx2

from referral_api.clock import Clock
from referral_api.delivery.envelope import CONTENT_TYPE, build_envelope
from referral_api.delivery.signing import sign
from referral_api.persistence.delivery_repository import ClaimedDelivery
from referral_api.receivers import Receiver

CONNECT_SECONDS = 5.0
TOTAL_SECONDS = 30.0
# The receiver may succeed later: too slow, in conflict with itself, too early, too busy.
WORTH_ANOTHER_TRY = frozenset({408, 409, 425, 429})


@dataclass(frozen=True, slots=True)
class Sent:
    """The receiver has it."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """Try again later; `kind` is a fixed word."""

    kind: str


@dataclass(frozen=True, slots=True)
class NotEver:
    """The same notice will get the same answer; a person must look."""

    kind: str


Answer = Sent | NotNow | NotEver


class Transport(Protocol):
    """A way to bring one delivery to one receiver."""

    async def send(self, delivery: ClaimedDelivery, receiver: Receiver) -> Answer:
        """Try once. Never raises for what the other side does."""
        ...


class WebhookTransport:
    """Signed POST over HTTP: 5 s to connect, 30 s in all, no redirects, the answer unread."""

    def __init__(
        self,
        client: httpx2.AsyncClient,
        source: str,
        api_url: str,
        clock: Clock,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._client = client
        self._source = source
        self._api_url = api_url
        self._clock = clock
        self._total_seconds = total_seconds

    async def send(self, delivery: ClaimedDelivery, receiver: Receiver) -> Answer:
        """Try once; only a 2xx counts as received."""
        body = build_envelope(delivery, self._source, self._api_url)
        headers = sign(body, receiver.webhook_secret, delivery.idempotency_key, self._clock())
        headers["content-type"] = CONTENT_TYPE
        try:
            # The client's own time limit starts again with every byte of a slow answer.
            async with (
                asyncio.timeout(self._total_seconds),
                self._client.stream(
                    "POST", receiver.url, content=body, headers=headers
                ) as response,
            ):
                return _meaning_of(response.status_code)
        except TimeoutError:
            return NotNow("too_slow")
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            return NotNow(type(error).__name__)


def open_client() -> httpx2.AsyncClient:
    """The one HTTP client of a worker; proxies and passwords of the machine play no part."""
    return httpx2.AsyncClient(
        timeout=httpx2.Timeout(TOTAL_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,
        headers={"user-agent": "infopunt"},
    )


def _meaning_of(status: int) -> Answer:
    if status // 100 == 2:
        return Sent()
    kind = f"answer_{status}"
    if status >= 500 or status in WORTH_ANOTHER_TRY:
        return NotNow(kind)
    return NotEver(kind)
