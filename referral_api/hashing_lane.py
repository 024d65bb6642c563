"""Runs slow derivations a few at a time, with a bounded queue in front."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


class LaneFull(Exception):
    """Too many are waiting; refusing costs nothing, deriving costs 64 MiB."""


class HashingLane:
    """At most `slots` derivations at once and `queue` waiting.

    Look-ups and submissions have a lane each: a flood of guesses never delays somebody who
    sends a form, and the other way round.
    """

    def __init__(self, name: str, slots: int, queue: int) -> None:
        self._executor = ThreadPoolExecutor(max_workers=slots, thread_name_prefix=name)
        self._room = slots + queue
        self._inside = 0
        self._lock = threading.Lock()

    async def run(self, derive: Callable[[], Result]) -> Result:
        """The result of a derivation, after waiting for a slot. Raises LaneFull."""
        with self._lock:
            if self._inside >= self._room:
                raise LaneFull
            self._inside += 1
        # Counted until the thread is done, also when the caller hangs up while it waits.
        future = self._executor.submit(derive)
        future.add_done_callback(lambda _: self._leave())
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let go of the threads; those still waiting are told to stop."""
        self._executor.shutdown(wait=False, cancel_futures=True)

    def _leave(self) -> None:
        with self._lock:
            self._inside -= 1
