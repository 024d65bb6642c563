"""The five processes of a local run: how each starts and how it shows it is well."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launcher.settings import HOST, LocalSecrets, Ports

BOT_PYTHON = Path("bot/.venv/bin/python")


@dataclass(frozen=True, slots=True)
class Process:
    """One child: `health` is the address that answers 200 when it is ready, or None."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    health: str | None
    needed: bool = True


def describe_processes(
    ports: Ports, secrets: LocalSecrets, var: Path, with_bot: bool
) -> list[Process]:
    """The children in the order in which they start; a failing bot stops nobody."""
    api_environment = referral_environment(ports, secrets, var)
    children = [
        _web("referral-api", "referral_api.main", ports.referral_api, api_environment),
        _web("desk", "referral_api.desk.main", ports.desk, api_environment),
        Process("worker", (sys.executable, "-m", "referral_api.worker"), api_environment, None),
        _web("site", "help_site.main", ports.site, _site_environment(ports, secrets)),
    ]
    if with_bot:
        children.insert(0, _bot(ports, secrets))
    return children


def referral_environment(ports: Ports, secrets: LocalSecrets, var: Path) -> dict[str, str]:
    """What intake, desk and worker share; the store is SQLite in the local folder."""
    return {
        "REFERRAL_API_ENVIRONMENT": "development",
        "REFERRAL_API_API_URL": f"http://{HOST}:{ports.referral_api}/v1",
        "REFERRAL_API_DATABASE_URL": f"sqlite:///{var / 'referrals.sqlite'}",
        "REFERRAL_API_SITE_TOKEN": secrets.site_token,
        "REFERRAL_API_PEPPER": secrets.pepper,
    }


def child_environment(process: Process) -> dict[str, str]:
    """The parent's environment without its own settings, plus the child's."""
    return {**os.environ, **process.environment}


def _site_environment(ports: Ports, secrets: LocalSecrets) -> dict[str, str]:
    return {
        "SITE_PUBLIC_URL": f"http://{HOST}:{ports.site}",
        "SITE_REFERRAL_API_URL": f"http://{HOST}:{ports.referral_api}",
        "SITE_REFERRAL_API_TOKEN": secrets.site_token,
        "SITE_BOT_URL": f"http://{HOST}:{ports.bot}",
        "SITE_BOT_TOKEN": secrets.bot_token,
    }


def _web(name: str, module: str, port: int, environment: Mapping[str, str]) -> Process:
    command = (
        sys.executable,
        "-m",
        "uvicorn",
        "--factory",
        f"{module}:create_app",
        "--host",
        HOST,
        "--port",
        str(port),
        "--no-access-log",
        "--no-server-header",
        "--log-level",
        "warning",
    )
    return Process(name, command, environment, f"http://{HOST}:{port}/health/ready")


def _bot(ports: Ports, secrets: LocalSecrets) -> Process:
    environment = {"BOT_TOKEN": secrets.bot_token, "BOT_PORT": str(ports.bot)}
    return Process(
        "bot",
        (str(BOT_PYTHON), "bot/launcher.py", "run"),
        environment,
        f"http://{HOST}:{ports.bot}/webhooks/site/health",
        needed=False,
    )
