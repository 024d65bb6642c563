"""The intake API on a fresh SQLite store, with a key pair for the desk."""

from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from nacl.public import PrivateKey
from pydantic import SecretStr
from starlette.testclient import TestClient

from referral_api.directory_files import read_routing_content
from referral_api.domain.staff import StaffMember
from referral_api.event_log import EventLog
from referral_api.intake import open_workplace
from referral_api.main import create_app
from referral_api.migrations import upgrade
from referral_api.services.keep_organisations import keep_organisations
from referral_api.services.manage_keys import Unlocked, create_organisation_key, give_key
from referral_api.services.workplace import Workplace
from referral_api.settings import Settings
from tests.factories.referrals import make_key, make_referral

SITE_TOKEN = "the website's token in tests"
PEPPER = "the pepper in tests"
PASSWORD = "correct horse battery staple"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class MovedClock:
    """The time, as far as the test says."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **amount: float) -> None:
        """Let time pass."""
        self.now += timedelta(**amount)


def make_settings(folder: Path, content_dir: Path, **changes: Any) -> Settings:
    """Settings of a test: everything in one folder, and derivations that cost nothing."""
    values: dict[str, Any] = {
        "database_url": f"sqlite:///{folder / 'store.sqlite'}",
        "content_dir": content_dir,
        "site_token": SecretStr(SITE_TOKEN),
        "pepper": SecretStr(PEPPER),
        "hashing_memory_kib": 8,
        "hashing_time_cost": 1,
    }
    return Settings(**(values | changes))


@dataclass
class Api:
    """The API and what a test needs around it."""

    client: TestClient
    settings: Settings
    clock: MovedClock
    workplace: Workplace
    desk: Unlocked

    def post(self, path: str, body: Any, key: str | None = None, **headers: str) -> Any:
        """POST as the website does."""
        sent = {"Authorization": f"Bearer {SITE_TOKEN}", **headers}
        if key is not None:
            sent["Idempotency-Key"] = key
        return self.client.post(path, json=body, headers=sent)

    def post_at_once(self, path: str, body: Any, key: str | None, copies: int) -> list[Any]:
        """POST the same thing many times in the same moment; all the answers."""
        with ThreadPoolExecutor(min(copies, 25)) as threads:
            sent = [threads.submit(self.post, path, body, key) for _ in range(copies)]
            return [one.result() for one in sent]

    def submit(self, body: dict[str, Any] | None = None, key: str | None = None) -> dict[str, Any]:
        """Hand in a referral; the receipt."""
        answer = self.post("/v1/referrals", body or make_referral(), key or make_key())
        assert answer.status_code in {200, 201}, answer.text
        receipt: dict[str, Any] = answer.json()
        return receipt

    def open(self, code: str) -> Any:
        """Open the conversation of a code."""
        return self.post("/v1/conversations/_open", {"code": code})

    def staff_of(self, organisation: str) -> Unlocked:
        """Somebody who works at an organisation, signed in; the organisation gets a key pair."""
        key, private_key = create_organisation_key(self.workplace, organisation)
        member = add_staff(self.workplace, organisation, private_key, self.settings)
        return Unlocked(member, {key.id: private_key})


def add_staff(
    workplace: Workplace, organisation: str, private_key: PrivateKey, settings: Settings
) -> StaffMember:
    """A member of staff with the password of the tests."""
    return give_key(
        workplace,
        f"{organisation}-1",
        organisation,
        "lead",
        private_key,
        PASSWORD,
        settings.hashing_cost,
    )


@contextmanager
def open_api(settings: Settings) -> Generator[Api]:
    """The API on a store made by the migrations."""
    clock = MovedClock()
    content = read_routing_content(settings.content_dir)
    workplace = open_workplace(settings, content, clock)
    upgrade(workplace.database.engine)
    keep_organisations(
        workplace.database, content.directory, settings.intake_organisation, EventLog(clock=clock)
    )
    key, private_key = create_organisation_key(workplace, settings.intake_organisation)
    member = add_staff(workplace, settings.intake_organisation, private_key, settings)
    with TestClient(create_app(settings, clock)) as client:
        yield Api(client, settings, clock, workplace, Unlocked(member, {key.id: private_key}))
    workplace.database.close()
