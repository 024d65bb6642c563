"""Ports, folders and the secrets of a local run."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"


def _port(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


@dataclass(frozen=True, slots=True)
class Ports:
    """One port for each process that listens; each can be set in the environment."""

    site: int = field(default_factory=lambda: _port("SITE_PORT", 8000))
    referral_api: int = field(default_factory=lambda: _port("REFERRAL_API_PORT", 8001))
    desk: int = field(default_factory=lambda: _port("DESK_PORT", 8002))
    bot: int = field(default_factory=lambda: _port("BOT_PORT", 8003))

    def by_variable(self) -> dict[str, int]:
        """The environment variable that sets each port, and the port."""
        return {
            "SITE_PORT": self.site,
            "REFERRAL_API_PORT": self.referral_api,
            "DESK_PORT": self.desk,
            "BOT_PORT": self.bot,
        }


@dataclass(frozen=True, slots=True)
class LocalSecrets:
    """Random values made on the first run and kept in a file only its owner can read."""

    site_token: str
    bot_token: str
    pepper: str

    @classmethod
    def load_or_create(cls, path: Path) -> "LocalSecrets":
        """Read the file, or make it with mode 0600 when it is not there."""
        if path.exists():
            lines = path.read_text(encoding="utf-8").splitlines()
            values = dict(line.split("=", 1) for line in lines if "=" in line)
            return cls(values["SITE_TOKEN"], values["BOT_TOKEN"], values["PEPPER"])
        created = cls(*(secrets.token_urlsafe(32) for _ in range(3)))
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(
                f"SITE_TOKEN={created.site_token}\n"
                f"BOT_TOKEN={created.bot_token}\n"
                f"PEPPER={created.pepper}\n"
            )
        return created
