"""Slows down guessing at one account, without ever locking its owner out for long."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

# A person mistypes; only after this many wrong passwords the waiting starts.
FREE_TRIES = 3
LONGEST_WAIT = timedelta(seconds=8)
# After this long without a wrong password the account starts afresh.
FORGOTTEN_AFTER = timedelta(minutes=15)
MOST_ACCOUNTS = 10_000


@dataclass(slots=True)
class _Account:
    failures: int
    last_failure: datetime


class SignInThrottle:
    """Counts wrong passwords by account name, in memory, never by address.

    A try during the wait is refused unchecked and does not make the wait longer: whoever hammers
    at an account gets one guess in 8 seconds, and its owner waits seconds, not hours.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._accounts: dict[str, _Account] = {}
        self._lock = threading.Lock()

    def wait(self, username: str) -> timedelta:
        """How long this account must still wait before the next try; zero is now."""
        with self._lock:
            account = self._accounts.get(username)
            if account is None:
                return timedelta(0)
            over_at = account.last_failure + _wait_after(account.failures)
            return max(timedelta(0), over_at - self._clock())

    def failed(self, username: str) -> None:
        """A wrong password for this name; whether the name exists makes no difference."""
        now = self._clock()
        with self._lock:
            self._forget(now)
            account = self._accounts.setdefault(username, _Account(0, now))
            account.failures += 1
            account.last_failure = now

    def succeeded(self, username: str) -> None:
        """The right password: start afresh."""
        with self._lock:
            self._accounts.pop(username, None)

    def _forget(self, now: datetime) -> None:
        if len(self._accounts) >= MOST_ACCOUNTS:
            self._accounts.clear()
        old = [
            name
            for name, account in self._accounts.items()
            if now - account.last_failure >= FORGOTTEN_AFTER
        ]
        for name in old:
            del self._accounts[name]


def _wait_after(failures: int) -> timedelta:
    beyond = failures - FREE_TRIES
    if beyond < 0:
        return timedelta(0)
    return min(LONGEST_WAIT, timedelta(seconds=2.0 ** min(beyond, 10)))
