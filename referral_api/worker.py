"""The worker: `python -m referral_api.worker` empties the outbox until it is told to stop."""

import asyncio
import json
import signal
from datetime import datetime, timedelta
from pathlib import Path

from referral_api.clock import Clock, utc_now
from referral_api.delivery.deliver import Deliverer
from referral_api.delivery.webhook import WebhookTransport, open_client
from referral_api.directory_files import read_routing_content
from referral_api.event_log import Event, EventLog
from referral_api.persistence.database import Database
from referral_api.persistence.delivery_repository import ClaimedDelivery
from referral_api.receivers import read_receivers
from referral_api.worker_settings import WorkerSettings

AT_THE_SAME_TIME = 8
POLL_SECONDS = 0.5
# After an error of our own (say, the database is away), not of a receiver.
PAUSE_SECONDS = 5.0
HEALTH_EVERY = timedelta(seconds=5)
# How long a stop waits for knocks under way; what is not back by then is sent again, same id.
FAREWELL_SECONDS = 8.0


class Worker:
    """Keeps up to eight deliveries under way, one at a time for each organisation.

    A receiver that hangs holds up only its own deliveries.
    """

    def __init__(self, deliverer: Deliverer, health_file: Path, log: EventLog, clock: Clock):
        self._deliverer = deliverer
        self._health_file = health_file
        self._log = log
        self._clock = clock
        self._under_way: dict[asyncio.Task[None], ClaimedDelivery] = {}
        self._health_shown_at: datetime | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, then let what is under way finish."""
        while not stop.is_set():
            try:
                self._show_health()
                started = await self._start_one()
            except Exception as error:  # a worker that dies of one error delivers nothing
                self._log.write(Event.WORKER_FAILED, error=type(error).__name__)
                await self._pause(stop, PAUSE_SECONDS)
                continue
            if not started:
                await self._pause(stop, POLL_SECONDS)
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=FAREWELL_SECONDS)
        for task in self._under_way:
            task.cancel()

    async def _start_one(self) -> bool:
        if len(self._under_way) >= AT_THE_SAME_TIME:
            return False
        busy = {delivery.organisation_id for delivery in self._under_way.values()}
        delivery = await asyncio.to_thread(self._deliverer.claim, busy)
        if delivery is None:
            return False
        task = asyncio.create_task(self._deliver(delivery))
        self._under_way[task] = delivery
        task.add_done_callback(self._under_way.pop)
        return True

    async def _deliver(self, delivery: ClaimedDelivery) -> None:
        try:
            await self._deliverer.deliver(delivery)
        except Exception as error:  # its lease runs out, and then it is tried again
            self._log.write(Event.WORKER_FAILED, error=type(error).__name__)

    async def _pause(self, stop: asyncio.Event, seconds: float) -> None:
        """Wait, but wake up for a stop and for a delivery that came back."""
        wake_up = asyncio.create_task(stop.wait())
        await asyncio.wait(
            {wake_up, *self._under_way}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        wake_up.cancel()

    def _show_health(self) -> None:
        now = self._clock()
        if self._health_shown_at is not None and now - self._health_shown_at < HEALTH_EVERY:
            return
        self._health_shown_at = now
        text = json.dumps({"status": "ok", "at": now.isoformat(timespec="seconds")})
        self._health_file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._health_file.with_suffix(".new")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self._health_file)


async def work(settings: WorkerSettings, stop: asyncio.Event) -> None:
    """Open what the worker needs, work until `stop`, close everything."""
    log = EventLog()
    content = read_routing_content(settings.content_dir)
    receivers = read_receivers(
        settings.receivers_file, insecure_http=settings.environment == "development"
    )
    database = Database(settings.database_url)
    log.write(Event.SERVICE_STARTED, service="worker", count=len(receivers.by_organisation))
    try:
        async with open_client() as client:
            transport = WebhookTransport(client, settings.event_source, settings.api_url, utc_now)
            deliverer = Deliverer(
                database, content.directory, receivers, transport, log, clock=utc_now
            )
            await Worker(deliverer, settings.worker_health_file, log, utc_now).run(stop)
    finally:
        database.close()
        log.write(Event.SERVICE_STOPPED, service="worker")


async def _main() -> None:
    stop = asyncio.Event()
    for word in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(word, stop.set)
    await work(WorkerSettings(), stop)


if __name__ == "__main__":
    asyncio.run(_main())
