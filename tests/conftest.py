"""What tests of more than one room share: a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium from the system, for one module.

    Playwright keeps an event loop running in the main thread for as long as it is open, and
    nothing else can start one meanwhile; so it is gone before the next module begins.
    """
    if not CHROMIUM.exists():
        pytest.fail("This test needs Chromium: apt-get install chromium fonts-noto-core")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
        )
        yield launched
        launched.close()
