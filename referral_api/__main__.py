"""The command line of the intake: `python -m referral_api --help`."""

import json
import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer
from nacl.public import PrivateKey
from pydantic import ValidationError

from referral_api import migrations, route_command
from referral_api.demo import OnlyInDevelopment, set_up_demo
from referral_api.directory_files import ContentError, read_routing_content
from referral_api.event_log import EventLog
from referral_api.intake import open_workplace
from referral_api.persistence.database import Database
from referral_api.services.keep_organisations import keep_organisations
from referral_api.services.keep_staff_log import LogBroken, check_staff_log
from referral_api.services.manage_keys import (
    SHORTEST_PASSWORD,
    NotAPublicKey,
    NotTheKeyPair,
    PasswordTooShort,
    UnknownOrganisation,
    create_organisation_key,
    give_key,
    register_public_key,
)
from referral_api.services.workplace import Store, Workplace
from referral_api.settings import Settings, read_settings

PASSWORD_VARIABLE = "REFERRAL_API_STAFF_PASSWORD"  # noqa: S105 - the name of a variable
KEY_VARIABLE = "REFERRAL_API_PRIVATE_KEY"

command = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
keys = typer.Typer(no_args_is_help=True, help="Key pairs of organisations, and who may use them.")
command.add_typer(keys, name="keys")
command.add_typer(route_command.command, name="route")


@command.command()
def migrate(
    revision: Annotated[str, typer.Argument(help="where to; the newest when left out")] = "head",
    down: Annotated[bool, typer.Option("--down", help="go back instead of up")] = False,
) -> None:
    """Bring the database schema up to date."""
    database = Database(_settings().database_url)
    try:
        step = migrations.downgrade if down else migrations.upgrade
        step(database.engine, revision)
    finally:
        database.close()


@command.command("demo-setup")
def demo_setup() -> None:
    """Make the demo's key pair and a sign-in; prints it as JSON."""
    try:
        login = set_up_demo(_settings())
    except OnlyInDevelopment:
        _stop("The demo runs in development only. Use: keys create-organisation, keys add-staff.")
    except ContentError as error:
        _stop(str(error))
    typer.echo(json.dumps({"username": login.username, "password": login.password}))


@keys.command("create-organisation")
def create_organisation(organisation: str) -> None:
    """Make a key pair. Prints the private key once: keep it offline, it is stored nowhere."""
    with _workplace() as workplace:
        try:
            key, private_key = create_organisation_key(workplace, organisation)
        except UnknownOrganisation:
            _stop(f"'{organisation}' is not in the directory. Is content/ up to date?")
    typer.echo(
        json.dumps(
            {
                "organisation": organisation,
                "publicKey": key.public_key.hex(),
                "privateKey": bytes(private_key).hex(),
            }
        )
    )


@keys.command("register-organisation")
def register_organisation(organisation: str, public_key: str) -> None:
    """Record the public key (64 hex digits) of a key pair that the organisation made itself."""
    with _workplace() as workplace:
        try:
            register_public_key(workplace, organisation, bytes.fromhex(public_key))
        except UnknownOrganisation:
            _stop(f"'{organisation}' is not in the directory. Is content/ up to date?")
        except (NotAPublicKey, ValueError):
            _stop("Give the public key as 64 hex digits. It must not be in use already.")
    typer.echo(json.dumps({"organisation": organisation, "publicKey": public_key}))


@keys.command("add-staff")
def add_staff(
    organisation: str,
    username: str,
    lead: Annotated[bool, typer.Option("--lead", help="may escalate")] = False,
) -> None:
    """Give somebody a sign-in. Key and password come from the environment or standard input.

    Standard input holds the private key on the first line and the password on the second. An
    existing user gets a new password.
    """
    settings = _settings()
    private_key, password = _secrets_from_outside()
    with _workplace() as workplace:
        try:
            give_key(
                workplace,
                username,
                organisation,
                "lead" if lead else "coordinator",
                private_key,
                password,
                settings.hashing_cost,
            )
        except PasswordTooShort:
            _stop(f"Choose a password of at least {SHORTEST_PASSWORD} characters.")
        except NotTheKeyPair:
            _stop(f"This private key does not belong to '{organisation}', or the user does not.")
    typer.echo(json.dumps({"organisation": organisation, "username": username}))


@keys.command("list")
def list_keys() -> None:
    """Print every public key that is in use."""
    with _workplace() as workplace, workplace.database.reading() as session:
        for key in Store(session, workplace.intake_organisation).organisations.all_keys():
            line = {"organisation": key.organisation_id, "publicKey": key.public_key.hex()}
            typer.echo(json.dumps(line))


@command.command("check-log")
def check_log() -> None:
    """Check that nobody changed or removed a line of the staff log."""
    with _workplace() as workplace:
        try:
            lines = check_staff_log(workplace)
        except LogBroken as error:
            _stop(f"The staff log is broken at line {error.sequence}.")
    typer.echo(json.dumps({"lines": lines}))


@contextmanager
def _workplace() -> Generator[Workplace]:
    settings = _settings()
    try:
        content = read_routing_content(settings.content_dir)
    except ContentError as error:
        _stop(str(error))
    workplace = open_workplace(settings, content)
    if not migrations.is_current(workplace.database.engine):
        _stop("The database is not up to date. Run first: python -m referral_api migrate")
    try:
        keep_organisations(
            workplace.database, content.directory, settings.intake_organisation, EventLog()
        )
        yield workplace
    finally:
        workplace.database.close()


def _secrets_from_outside() -> tuple[PrivateKey, str]:
    """Never from the arguments: those stand in the list of processes and in the shell's history."""
    key, password = os.environ.get(KEY_VARIABLE), os.environ.get(PASSWORD_VARIABLE)
    lines = iter(sys.stdin if key is None or password is None else ())
    key = key or next(lines, "").strip()
    password = password or next(lines, "").rstrip("\n")
    try:
        return PrivateKey(bytes.fromhex(key)), password
    except (ValueError, TypeError):
        _stop(f"Give the private key as 64 hex digits, in {KEY_VARIABLE} or on standard input.")


def _settings() -> Settings:
    try:
        return read_settings()
    except ValidationError as error:
        complaints = error.errors(include_url=False, include_input=False, include_context=False)
        _stop("\n".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in complaints))


def _stop(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(code=1)


if __name__ == "__main__":
    command()
