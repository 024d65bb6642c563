"""Who is signed in: in the memory of this process only, together with the unlocked keys."""

import hashlib
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from referral_api.domain.staff import StaffMember
from referral_api.services.manage_keys import Unlocked


@dataclass(slots=True)
class DeskSession:
    """One sign-in. The private keys exist here and nowhere else, for as long as it lasts."""

    unlocked: Unlocked
    csrf_token: str
    language: str
    opened_at: datetime
    used_at: datetime

    @property
    def member(self) -> StaffMember:
        """Who is looking."""
        return self.unlocked.member


class Sessions:
    """Sessions by the hash of their token: a memory dump shows no token to steal.

    A session ends after `idle` without a click, after `longest` in any case, at sign-out, and
    when the process stops. With it go the only references to its keys.
    """

    def __init__(self, idle: timedelta, longest: timedelta, clock: Callable[[], datetime]) -> None:
        self._idle = idle
        self._longest = longest
        self._clock = clock
        self._by_hash: dict[bytes, DeskSession] = {}
        self._lock = threading.Lock()

    def open(self, unlocked: Unlocked, language: str) -> str:
        """Start a session; the token for the cookie (256 bits, never stored)."""
        token = secrets.token_urlsafe(32)
        now = self._clock()
        session = DeskSession(unlocked, secrets.token_urlsafe(32), language, now, now)
        with self._lock:
            self._sweep(now)
            self._by_hash[_hash(token)] = session
        return token

    def find(self, token: str) -> DeskSession | None:
        """The session of a cookie, if it still lasts; looking it up counts as a click."""
        now = self._clock()
        with self._lock:
            self._sweep(now)
            session = self._by_hash.get(_hash(token))
            if session is not None:
                session.used_at = now
            return session

    def close(self, token: str) -> None:
        """End a session and let go of its keys."""
        with self._lock:
            self._by_hash.pop(_hash(token), None)

    def sweep(self) -> None:
        """End what has lasted too long, also when nobody clicks any more."""
        with self._lock:
            self._sweep(self._clock())

    def close_all(self) -> None:
        """End every session: the process stops."""
        with self._lock:
            self._by_hash.clear()

    def __len__(self) -> int:
        return len(self._by_hash)

    def _sweep(self, now: datetime) -> None:
        over = [
            name
            for name, session in self._by_hash.items()
            if now - session.used_at >= self._idle or now - session.opened_at >= self._longest
        ]
        for name in over:
            del self._by_hash[name]


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()
