"""One trained model and one running bot for all tests, started as the product starts it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

import launcher

launcher.prepare()

BOT_FOLDER = Path(__file__).resolve().parent.parent
TOKEN = "a-token-for-tests-only"
START_SECONDS = 120


@dataclass(frozen=True)
class Answered:
    """Status and body of one answer."""

    status: int
    body: dict[str, Any]

    @property
    def answers(self) -> list[str]:
        return [line["answer"] for line in self.body["replies"]]

    @property
    def asks(self) -> str | None:
        question = self.body["question"]
        return question["name"] if question else None


@dataclass(frozen=True)
class Talk:
    """One conversation with the running bot."""

    bot: RunningBot
    language: str = "nl"
    conversation: str = field(default_factory=lambda: secrets.token_hex(16))

    def say(self, text: str) -> Answered:
        return self._send(text=text)

    def tap(self, intent: str) -> Answered:
        return self._send(choice={"intent": intent})

    def choose(self, question: str, value: str) -> Answered:
        return self._send(choice={"question": question, "value": value})

    def forget(self) -> Answered:
        return self.bot.post("forget", {"conversation": self.conversation})

    def _send(self, **message: object) -> Answered:
        body = {"conversation": self.conversation, "language": self.language, **message}
        return self.bot.post("message", body)


@dataclass(frozen=True)
class RunningBot:
    """The bot's process, its address and its log."""

    url: str
    log: Path
    process: subprocess.Popen[bytes]

    def talk(self, language: str = "nl") -> Talk:
        return Talk(self, language)

    def post(self, what: str, body: object, token: str | None = TOKEN) -> Answered:
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        sent = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self._open(urllib.request.Request(f"{self.url}/{what}", sent, headers))

    def health(self) -> Answered:
        return self._open(urllib.request.Request(f"{self.url}/health"))

    def _open(self, request: urllib.request.Request) -> Answered:
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Answered(answer.status, json.loads(answer.read() or b"{}"))
        except urllib.error.HTTPError as refusal:
            return Answered(refusal.code, json.loads(refusal.read() or b"{}"))


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
    port = _free_port()
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
            _wait_until_ready(running)
            yield running
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_until_ready(bot: RunningBot) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and bot.process.poll() is None:
        try:
            if bot.health().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(bot.log.read_text(errors="replace")[-2000:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
