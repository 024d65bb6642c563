"""Looks for what would make a start fail, and says in one sentence what to do."""

import shutil
import socket
from pathlib import Path

from launcher.settings import HOST, Ports

# The bot's environment takes 0.7 GB and the weights 0.1 GB; the rest is room to work.
FIRST_RUN_BYTES = 1_500_000_000
LATER_RUN_BYTES = 100_000_000


class CannotStart(Exception):
    """A sentence for the person at the keyboard: what is wrong and what to do."""


def require_free_ports(ports: Ports) -> None:
    """Raise CannotStart naming every port that another program holds."""
    taken = [
        (variable, port) for variable, port in ports.by_variable().items() if not _is_free(port)
    ]
    if taken:
        lines = [
            f"Port {port} is taken by another program. Stop that program, "
            f"or choose another port: make run {variable}={port + 100}"
            for variable, port in taken
        ]
        raise CannotStart("\n".join(lines))


def require_disk_space(folder: Path, first_run: bool) -> None:
    """Raise CannotStart when the disk has too little room for what this run writes."""
    needed = FIRST_RUN_BYTES if first_run else LATER_RUN_BYTES
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise CannotStart(
            f"The disk has {free // 1_000_000} MB free and this needs "
            f"{needed // 1_000_000} MB. Make room and start again; nothing is lost."
        )


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
