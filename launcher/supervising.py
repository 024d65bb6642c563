"""Keeps the children running, waits until they are well and stops them all at the end."""

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from launcher.checks import CannotStart
from launcher.processes import Process, child_environment

STOP_SECONDS = 5.0
RESTART_PAUSE = 1.0
# A child that dies this often in a row is broken; starting it for ever would hide that.
MOST_RESTARTS = 5


@dataclass(slots=True)
class _Child:
    process: Process
    running: subprocess.Popen[bytes]
    restarts: int = 0
    next_start: float | None = None


@dataclass(slots=True)
class Supervisor:
    """Starts children with their output in `logs`; `say` prints one line to the person."""

    logs: Path
    say: Callable[[str], None]
    _children: list[_Child] = field(default_factory=list["_Child"])

    def start(self, processes: list[Process]) -> None:
        """Start every child; they come up side by side."""
        self.logs.mkdir(parents=True, exist_ok=True)
        for process in processes:
            self._children.append(_Child(process, self._launch(process)))

    def wait_until_ready(self, seconds: float) -> None:
        """Return when each child answers its health address; raise CannotStart if not."""
        deadline = time.monotonic() + seconds
        for child in self._children:
            if not self._becomes_ready(child, deadline):
                sentence = (
                    f"{child.process.name} did not start. "
                    f"Its last words are in {self._log(child.process)}."
                )
                if child.process.needed:
                    raise CannotStart(sentence)
                self.say(f"{sentence} Everything else works without it.")

    def watch(self) -> None:
        """Restart a child that stops by itself; runs until interrupted."""
        while True:
            for child in self._children:
                self._look_after(child)
            time.sleep(0.5)

    def stop(self) -> None:
        """Ask every child to stop, and end those that do not within five seconds."""
        # Forgotten first, so that nobody who still watches starts one of them again.
        children, self._children = self._children, []
        for child in children:
            child.running.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in children:
            try:
                child.running.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.running.kill()
                child.running.wait()

    def _look_after(self, child: _Child) -> None:
        if child.running.poll() is None:
            return
        if child.next_start is None:
            if child.restarts == MOST_RESTARTS:
                return
            child.restarts += 1
            child.next_start = time.monotonic() + RESTART_PAUSE
            last = " for the last time" if child.restarts == MOST_RESTARTS else ""
            self.say(
                f"{child.process.name} stopped (see {self._log(child.process)}); "
                f"starting it again{last}."
            )
        elif time.monotonic() >= child.next_start:
            child.next_start = None
            child.running = self._launch(child.process)

    def _launch(self, process: Process) -> subprocess.Popen[bytes]:
        with self._log(process).open("ab") as log:
            # Its own session: Ctrl-C reaches only the launcher, which stops them in order.
            return subprocess.Popen(
                process.command,
                env=child_environment(process),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _becomes_ready(self, child: _Child, deadline: float) -> bool:
        if child.process.health is None:
            return child.running.poll() is None
        while time.monotonic() < deadline:
            if child.running.poll() is not None:
                return False
            if _answers(child.process.health):
                return True
            time.sleep(0.1)
        return False

    def _log(self, process: Process) -> Path:
        return self.logs / f"{process.name}.log"


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as answer:  # noqa: S310 loopback only
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
