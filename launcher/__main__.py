"""`make run`: check, prepare, start, wait, print the addresses, stop on Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType
from typing import NoReturn

from launcher.addresses import Login, describe_addresses
from launcher.bot_setup import bot_is_ready, bot_was_set_up
from launcher.checks import CannotStart, require_disk_space, require_free_ports
from launcher.processes import describe_processes, referral_environment
from launcher.settings import LocalSecrets, Ports
from launcher.supervising import Supervisor

READY_SECONDS = 60.0


def main() -> int:
    """Run everything until interrupted; 1 when it could not start."""
    started = time.monotonic()
    signal.signal(signal.SIGTERM, _interrupt)
    # A shell that starts this in the background leaves Ctrl-C ignored; here it always stops.
    signal.signal(signal.SIGINT, _interrupt)
    var = Path(os.environ.get("VAR_DIR", "var"))
    supervisor = Supervisor(var / "log", _say)
    try:
        ports = Ports()
        require_free_ports(ports)
        var.mkdir(parents=True, exist_ok=True)
        require_disk_space(var, first_run=not bot_was_set_up())
        secrets = LocalSecrets.load_or_create(var / "secrets.env")
        with_bot = bot_is_ready(_say)
        _say("Starting site, bot, referral API, desk and worker …")
        processes = describe_processes(ports, secrets, var, with_bot)
        # The bot takes longest and needs no store, so it starts while the store is prepared.
        supervisor.start([process for process in processes if process.name == "bot"])
        login = prepare_referrals(ports, secrets, var)
        supervisor.start([process for process in processes if process.name != "bot"])
        supervisor.wait_until_ready(READY_SECONDS)
        _say(describe_addresses(ports, secrets, login, time.monotonic() - started))
        supervisor.watch()
    except CannotStart as reason:
        _say(str(reason))
        return 1
    except KeyboardInterrupt:
        _say("\nStopping …")
    finally:
        supervisor.stop()
    _say("All stopped.")
    return 0


def prepare_referrals(ports: Ports, secrets: LocalSecrets, var: Path) -> Login:
    """Bring the store up to date and make a desk login that is good for this run only."""
    environment = {**os.environ, **referral_environment(ports, secrets, var)}
    _referral_command(environment, "migrate")
    answer = json.loads(_referral_command(environment, "demo-setup"))
    return Login(answer["username"], answer["password"])


def _referral_command(environment: dict[str, str], command: str) -> str:
    done = subprocess.run(
        (sys.executable, "-m", "referral_api", command),
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise CannotStart(f"The referral store could not be prepared:\n{done.stderr.strip()}")
    return done.stdout


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
