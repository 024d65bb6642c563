"""What the launcher says when a start cannot work."""

import os
import socket
import stat
from pathlib import Path
from typing import NamedTuple

import pytest

from launcher.addresses import Login, describe_addresses
from launcher.checks import CannotStart, require_disk_space, require_free_ports
from launcher.settings import HOST, LocalSecrets, Ports


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def free_ports() -> Ports:
    sockets = [socket.socket() for _ in range(4)]
    for each in sockets:
        each.bind((HOST, 0))
    numbers = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return Ports(*numbers)


def test_a_taken_port_is_named_with_a_command_that_chooses_another(free_ports: Ports) -> None:
    with socket.socket() as holder:
        holder.bind((HOST, free_ports.desk))
        holder.listen()

        with pytest.raises(CannotStart) as reason:
            require_free_ports(free_ports)

    assert f"Port {free_ports.desk} is taken" in str(reason.value)
    assert f"make run DESK_PORT={free_ports.desk + 100}" in str(reason.value)


def test_free_ports_are_no_reason_to_stop(free_ports: Ports) -> None:
    require_free_ports(free_ports)


def test_a_full_disk_is_said_with_what_is_needed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nearly_full(_folder: Path) -> Usage:
        return Usage(10, 9, 20_000_000)

    monkeypatch.setattr("shutil.disk_usage", nearly_full)

    with pytest.raises(CannotStart, match="20 MB free and this needs 1500 MB"):
        require_disk_space(tmp_path, first_run=True)


def test_local_secrets_stay_the_same_and_only_their_owner_can_read_them(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secrets.env"

    first = LocalSecrets.load_or_create(path)
    second = LocalSecrets.load_or_create(path)

    assert first == second
    assert len({first.site_token, first.bot_token, first.pepper}) == 3
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600


def test_the_addresses_show_every_door_and_a_line_to_copy(free_ports: Ports) -> None:
    secrets = LocalSecrets("site-token", "bot-token", "pepper")

    text = describe_addresses(free_ports, secrets, Login("demo", "tulp-fiets"), seconds=7)

    assert f"http://{HOST}:{free_ports.site}/nl/" in text
    assert f"http://{HOST}:{free_ports.site}/ar/" in text
    assert f"http://{HOST}:{free_ports.site}/nl/chat" in text
    assert f"http://{HOST}:{free_ports.desk}/" in text
    assert "tulp-fiets" in text
    assert "curl -s" in text
    assert "Idempotency-Key" in text
    assert "pepper" not in text
