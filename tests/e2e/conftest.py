"""The whole product for real: five processes, a browser on a small phone, nothing mocked."""

import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from help_site.translating import Catalogue, load_catalogues
from launcher.__main__ import prepare_referrals
from launcher.addresses import Login
from launcher.processes import describe_processes
from launcher.settings import HOST, LocalSecrets, Ports
from launcher.supervising import Supervisor

READY_SECONDS = 90.0


@dataclass(frozen=True, slots=True)
class Stack:
    """Where the running product listens, and how to sign in at its desk."""

    site: str
    desk: str
    referral_api: str
    login: Login
    var: Path


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    var = tmp_path_factory.mktemp("var")
    ports = Ports(*_free_ports(4))
    secrets = LocalSecrets.load_or_create(var / "secrets.env")
    login = prepare_referrals(ports, secrets, var)
    supervisor = Supervisor(var / "log", lambda _line: None)
    # A product without its bot goes on; here that would hide what is to be shown.
    processes = describe_processes(ports, secrets, var, with_bot=True)
    supervisor.start([replace(process, needed=True) for process in processes])
    try:
        supervisor.wait_until_ready(READY_SECONDS)
        yield Stack(
            site=f"http://{HOST}:{ports.site}",
            desk=f"http://{HOST}:{ports.desk}",
            referral_api=f"http://{HOST}:{ports.referral_api}",
            login=login,
            var=var,
        )
    finally:
        supervisor.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Callable[[bool], BrowserContext]]:
    """A small phone of 360 by 640, with JavaScript or without."""
    opened: list[BrowserContext] = []

    def open_phone(javascript: bool) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": 360, "height": 640},
            device_scale_factor=2,
            is_mobile=True,
            has_touch=True,
            java_script_enabled=javascript,
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        return context

    yield open_phone
    for context in opened:
        context.close()


@pytest.fixture(scope="session")
def catalogues() -> dict[str, Catalogue]:
    return load_catalogues(Path("translations"))


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind((HOST, 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    time.sleep(0.1)
    return ports
