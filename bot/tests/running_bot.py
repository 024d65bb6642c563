"""Talking to a bot that runs as a process of its own, over the wire that the site uses."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

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


def wait_until_ready(bot: RunningBot) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and bot.process.poll() is None:
        try:
            if bot.health().status == 200:
                return
        except OSError:
            pass
        time.sleep(0.2)
    raise AssertionError(bot.log.read_text(errors="replace")[-2000:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
