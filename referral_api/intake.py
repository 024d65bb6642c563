"""The intake as its routes see it: everything opened once when the process starts."""

from collections.abc import Set
from dataclasses import dataclass

from fastapi import Request

from referral_api.authentication import Caller
from referral_api.clock import Clock, utc_now
from referral_api.directory_files import RoutingContent, read_routing_content
from referral_api.domain.code import ReferralCode
from referral_api.domain.referral import Facts
from referral_api.domain.routing import Plan, plan_route
from referral_api.event_log import Event, EventLog
from referral_api.hashing_lane import HashingLane, LaneFull
from referral_api.migrations import is_current
from referral_api.persistence.database import Database
from referral_api.schemas.known_names import KnownNames
from referral_api.sealing import ReporterSecrets, derive_reporter_secrets
from referral_api.services.keep_organisations import keep_organisations
from referral_api.services.workplace import Router, Workplace
from referral_api.settings import Settings


@dataclass(frozen=True, slots=True)
class Intake:
    """Settings, content, database and the two lanes for slow derivations."""

    settings: Settings
    content: RoutingContent
    workplace: Workplace
    lookups: HashingLane
    submissions: HashingLane
    event_log: EventLog

    @property
    def names(self) -> KnownNames:
        """The ids a request may name."""
        return KnownNames(
            regions=frozenset(self.content.regions),
            organisations=frozenset(self.content.directory.organisations),
            intake_organisation=self.settings.intake_organisation,
        )

    def code_for(self, caller: Caller, idempotency_key: str) -> ReferralCode:
        """The code of a form: derived each time, stored nowhere."""
        return ReferralCode.derive(self.workplace.pepper_bytes, caller.name, idempotency_key)

    async def derive_for_lookup(self, code: ReferralCode) -> ReporterSecrets:
        """What a typed code gives. Raises LaneFull."""
        try:
            return await self.lookups.run(lambda: self.derive(code))
        except LaneFull:
            self.event_log.write(Event.LOOKUPS_BUSY)
            raise

    def derive(self, code: ReferralCode) -> ReporterSecrets:
        """What a code gives; slow on purpose, so only ever called inside a lane."""
        return derive_reporter_secrets(
            code, self.workplace.pepper_bytes, self.settings.hashing_cost
        )

    def start(self) -> None:
        """Bring the organisations in step; a store that is not ready is told by /health/ready."""
        if self.is_ready():
            keep_organisations(
                self.workplace.database,
                self.content.directory,
                self.settings.intake_organisation,
                self.event_log,
            )
            self.event_log.write(Event.SERVICE_STARTED, service="intake")
        else:
            self.event_log.write(Event.STORE_NOT_READY)

    def is_ready(self) -> bool:
        """Whether the database answers and has the newest schema."""
        database = self.workplace.database
        return database.is_alive() and is_current(database.engine)

    def close(self) -> None:
        """Let go of threads and connections."""
        self.lookups.close()
        self.submissions.close()
        self.workplace.database.close()
        self.event_log.write(Event.SERVICE_STOPPED, service="intake")


def open_intake(settings: Settings, clock: Clock = utc_now) -> Intake:
    """Read the content and prepare everything; connects to nothing yet. Raises ContentError."""
    content = read_routing_content(settings.content_dir)
    return Intake(
        settings=settings,
        content=content,
        workplace=open_workplace(settings, content, clock),
        lookups=HashingLane("lookup", settings.lookup_slots, settings.lookup_queue),
        submissions=HashingLane("submit", settings.submit_slots, settings.submit_queue),
        event_log=EventLog(clock=clock),
    )


def open_workplace(
    settings: Settings, content: RoutingContent, clock: Clock = utc_now
) -> Workplace:
    """What use cases work with; the desk opens the same."""
    return Workplace(
        database=Database(settings.database_url),
        router=router_of(content),
        pepper=settings.pepper,
        intake_organisation=settings.intake_organisation,
        clock=clock,
    )


def router_of(content: RoutingContent) -> Router:
    """The routing rules of content/ as one function."""

    def plan(facts: Facts, consented_to: Set[str]) -> Plan:
        return plan_route(facts, consented_to, content.directory, content.regions, content.rules)

    return plan


def intake_of(request: Request) -> Intake:
    """The intake that a request belongs to."""
    intake: Intake = request.app.state.intake
    return intake
