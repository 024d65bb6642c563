"""One trained model and one running bot for all tests, started as the product starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import launcher
from tests.running_bot import TOKEN, RunningBot, free_port, wait_until_ready

launcher.prepare()

BOT_FOLDER = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def model() -> Path:
    """The trained model of the present inputs."""
    from train import train

    before = Path.cwd()
    os.chdir(BOT_FOLDER)
    try:
        return train()
    finally:
        os.chdir(before)


@pytest.fixture(scope="session")
def bot(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBot]:
    """The bot as the launcher starts it, asked for a DEBUG log that it must not give."""
    port = free_port()
    log = tmp_path_factory.mktemp("bot") / "log.txt"
    variables = {
        **os.environ,
        "BOT_TOKEN": TOKEN,
        "BOT_PORT": str(port),
        "LOG_LEVEL": "DEBUG",
        "LOG_LEVEL_LIBRARIES": "DEBUG",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, str(BOT_FOLDER / "launcher.py"), "run"],
            env=variables,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        running = RunningBot(f"http://127.0.0.1:{port}/webhooks/site", log, process)
        try:
            wait_until_ready(running)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=20)
