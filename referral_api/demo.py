"""Sets up a local run: a key pair for the desk, and a sign-in that is good for this run."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from nacl.public import PrivateKey
from sqlalchemy.engine import make_url

from referral_api.directory_files import read_routing_content
from referral_api.event_log import EventLog
from referral_api.intake import open_workplace
from referral_api.services.keep_organisations import keep_organisations
from referral_api.services.manage_keys import create_organisation_key, give_key
from referral_api.services.workplace import Store, Workplace
from referral_api.settings import Settings

USERNAME = "demo"


class OnlyInDevelopment(Exception):
    """A private key in a file is fine for a demo and nowhere else."""


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """The demo sign-in; the password is new on every run."""

    username: str
    password: str


def set_up_demo(settings: Settings) -> DemoLogin:
    """Make the desk's key pair once, and give the demo user a new password.

    The private key lies beside the database, so that the next run can read what this one
    stored. Raises OnlyInDevelopment.
    """
    if settings.is_production:
        raise OnlyInDevelopment
    content = read_routing_content(settings.content_dir)
    workplace = open_workplace(settings, content)
    try:
        desk = settings.intake_organisation
        keep_organisations(workplace.database, content.directory, desk, EventLog())
        login = DemoLogin(USERNAME, secrets.token_urlsafe(12))
        give_key(
            workplace,
            login.username,
            desk,
            "lead",
            _private_key(workplace, desk, _folder(settings) / f"insecure-demo-key-{desk}"),
            login.password,
            settings.hashing_cost,
        )
    finally:
        workplace.database.close()
    return login


def _folder(settings: Settings) -> Path:
    address = make_url(settings.database_url)
    if address.get_backend_name() == "sqlite" and address.database:
        return Path(address.database).parent
    return Path("var")


def _private_key(workplace: Workplace, organisation: str, file: Path) -> PrivateKey:
    """The key of the run before, or a new one when this store does not know it."""
    if file.exists():
        private_key = PrivateKey(bytes.fromhex(file.read_text(encoding="ascii")))
        with workplace.database.reading() as session:
            store = Store(session, workplace.intake_organisation)
            if store.organisations.find_key(bytes(private_key.public_key)) is not None:
                return private_key
        file.unlink()
    _, private_key = create_organisation_key(workplace, organisation)
    file.parent.mkdir(parents=True, exist_ok=True)
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(bytes(private_key).hex())
    return private_key
