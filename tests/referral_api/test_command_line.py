"""The commands of an operator, and the set-up of a demo."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from referral_api.__main__ import command
from referral_api.directory_files import read_routing_content
from referral_api.intake import open_workplace
from referral_api.services.manage_keys import unlock
from referral_api.settings import read_settings
from tests.factories.api import PASSWORD

PRODUCTION = {
    "REFERRAL_API_ENVIRONMENT": "production",
    "REFERRAL_API_API_URL": "https://api.example.org/v1",
    "REFERRAL_API_SITE_TOKEN": "a" * 43,
    "REFERRAL_API_PEPPER": "b" * 43,
    "REFERRAL_API_HASHING_MEMORY_KIB": "65536",
    "REFERRAL_API_HASHING_TIME_COST": "3",
}


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, small_directory: Path) -> None:
    values = {
        "ENVIRONMENT": "development",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'store' / 'referrals.sqlite'}",
        "CONTENT_DIR": str(small_directory),
        "SITE_TOKEN": "token",
        "PEPPER": "pepper",
        "HASHING_MEMORY_KIB": "8",
        "HASHING_TIME_COST": "1",
    }
    for name, value in values.items():
        monkeypatch.setenv(f"REFERRAL_API_{name}", value)


def run(*arguments: str, stdin: str = "") -> str:
    """What a command prints; it must succeed."""
    result = CliRunner().invoke(command, list(arguments), input=stdin)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def complaint_of(*arguments: str, stdin: str = "") -> str:
    """What a command says on standard error; it must fail."""
    result = CliRunner().invoke(command, list(arguments), input=stdin)
    assert result.exit_code == 1
    return result.stderr


def can_sign_in(username: str, password: str) -> bool:
    settings = read_settings()
    workplace = open_workplace(settings, read_routing_content(settings.content_dir))
    try:
        return bool(unlock(workplace, username, password, settings.hashing_cost).private_keys)
    finally:
        workplace.database.close()


def test_the_demo_prints_a_sign_in_that_works_and_is_new_every_time(tmp_path: Path) -> None:
    run("migrate")

    first = json.loads(run("demo-setup"))
    second = json.loads(run("demo-setup"))

    assert first.keys() == {"username", "password"}
    assert first["password"] != second["password"]
    assert can_sign_in(**second)
    assert len(run("keys", "list").splitlines()) == 1
    (key_file,) = (tmp_path / "store").glob("insecure-demo-key-*")
    assert key_file.stat().st_mode & 0o777 == 0o600


def test_the_demo_makes_a_new_key_for_a_new_store(tmp_path: Path) -> None:
    run("migrate")
    run("demo-setup")
    (tmp_path / "store" / "referrals.sqlite").unlink()
    run("migrate")

    assert can_sign_in(**json.loads(run("demo-setup")))


def test_there_is_no_demo_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    run("migrate")
    for name, value in PRODUCTION.items():
        monkeypatch.setenv(name, value)

    assert "development only" in complaint_of("demo-setup")


def test_a_key_pair_and_a_sign_in_for_an_organisation() -> None:
    run("migrate")

    made = json.loads(run("keys", "create-organisation", "fairwork"))
    run("keys", "add-staff", "fairwork", "noor", stdin=f"{made['privateKey']}\n{PASSWORD}\n")

    assert json.loads(run("keys", "list"))["publicKey"] == made["publicKey"]
    assert can_sign_in("noor", PASSWORD)


def test_an_organisation_can_keep_its_private_key_to_itself() -> None:
    run("migrate")
    public_key = "5a" * 32

    run("keys", "register-organisation", "fairwork", public_key)

    register = ("keys", "register-organisation")
    assert json.loads(run("keys", "list"))["publicKey"] == public_key
    assert "in use already" in complaint_of(*register, "fier", public_key)
    assert "64 hex digits" in complaint_of(*register, "fier", "5a5a")
    assert "64 hex digits" in complaint_of(*register, "fier", "nonsense")
    assert "not in the directory" in complaint_of(*register, "nobody", "5b" * 32)


def test_a_sign_in_is_refused_with_a_sentence() -> None:
    run("migrate")
    key = json.loads(run("keys", "create-organisation", "fairwork"))["privateKey"]
    add = ("keys", "add-staff", "fairwork", "noor")

    assert "at least 12" in complaint_of(*add, stdin=f"{key}\nshort\n")
    assert "64 hex digits" in complaint_of(*add, stdin="nonsense\n")
    assert "does not belong" in complaint_of(*add, stdin=f"{'ab' * 32}\n{PASSWORD}\n")
    assert "not in the directory" in complaint_of("keys", "create-organisation", "nobody")


def test_no_secret_is_taken_from_the_arguments() -> None:
    words = run("keys", "add-staff", "--help") + run("keys", "create-organisation", "--help")

    assert "--password" not in words
    assert "--key" not in words


def test_a_store_that_is_behind_is_told_what_to_do() -> None:
    assert "Run first: python -m referral_api migrate" in complaint_of("keys", "list")


def test_the_staff_log_can_be_checked() -> None:
    run("migrate")

    assert json.loads(run("check-log")) == {"lines": 0}


def test_migrating_goes_down_too() -> None:
    run("migrate")
    run("migrate", "base", "--down")

    assert "migrate" in complaint_of("keys", "list")


def test_a_wrong_setting_is_a_sentence_and_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFERRAL_API_ENVIRONMENT", "production")

    said = complaint_of("migrate")

    assert "Set REFERRAL_API_SITE_TOKEN" in said
    assert "Traceback" not in said
