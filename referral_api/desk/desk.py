"""The desk as its pages see it: everything opened once when the process starts."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import Request

from referral_api.clock import Clock, utc_now
from referral_api.desk.sessions import Sessions
from referral_api.desk.settings import DeskSettings
from referral_api.desk.static_files import StaticFiles, load_static_files
from referral_api.desk.throttling import SignInThrottle
from referral_api.desk.translating import Words, load_words
from referral_api.directory_files import RoutingContent, read_routing_content
from referral_api.event_log import Event, EventLog
from referral_api.hashing_lane import HashingLane
from referral_api.intake import open_workplace
from referral_api.migrations import is_current
from referral_api.services.keep_organisations import keep_organisations
from referral_api.services.workplace import Workplace

# One password costs 64 MiB and 0.2 s; more at once would starve the machine.
SIGN_INS_AT_ONCE = 1
SIGN_INS_WAITING = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """Settings, content, words, sessions and the database."""

    settings: DeskSettings
    content: RoutingContent
    workplace: Workplace
    words: dict[str, Words]
    static_files: StaticFiles
    sessions: Sessions
    throttle: SignInThrottle
    sign_ins: HashingLane
    event_log: EventLog

    def start(self) -> None:
        """Bring the organisations in step; a store that is not ready is told by /health/ready."""
        if self.is_ready():
            settings, content = self.settings, self.content
            keep_organisations(
                self.workplace.database,
                content.directory,
                settings.intake_organisation,
                self.event_log,
            )
            self.event_log.write(Event.SERVICE_STARTED, service="desk")
        else:
            self.event_log.write(Event.STORE_NOT_READY)

    def is_ready(self) -> bool:
        """Whether the database answers and has the newest schema."""
        database = self.workplace.database
        return database.is_alive() and is_current(database.engine)

    def close(self) -> None:
        """Let go of keys, threads and connections."""
        self.sessions.close_all()
        self.sign_ins.close()
        self.workplace.database.close()
        self.event_log.write(Event.SERVICE_STOPPED, service="desk")

    def name_of(self, organisation: str) -> str:
        """What an organisation is called; the intake desk stands in no directory."""
        known = self.content.directory.find(organisation)
        return known.name if known else organisation


def open_desk(settings: DeskSettings, clock: Clock = utc_now) -> Desk:
    """Read the content and prepare everything; connects to nothing yet. Raises ContentError."""
    content = read_routing_content(settings.content_dir)
    return Desk(
        settings=settings,
        content=content,
        workplace=open_workplace(settings, content, clock),
        words=load_words(settings.translations_dir),
        static_files=load_static_files(),
        sessions=Sessions(
            timedelta(minutes=settings.session_idle_minutes),
            timedelta(hours=settings.session_longest_hours),
            clock,
        ),
        throttle=SignInThrottle(clock),
        sign_ins=HashingLane("sign-in", SIGN_INS_AT_ONCE, SIGN_INS_WAITING),
        event_log=EventLog(clock=clock),
    )


def desk_of(request: Request) -> Desk:
    """The desk that a request belongs to."""
    desk: Desk = request.app.state.desk
    return desk
