"""Settings: what is unsafe for production is refused with a sentence that says what to do."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from referral_api.settings import Settings, read_settings

SAFE: dict[str, Any] = {
    "environment": "production",
    "site_token": "a" * 43,
    "pepper": "b" * 43,
    "api_url": "https://api.example.org/v1",
    "database_url": "postgresql://infopunt@localhost/infopunt",
}


def start(**changes: Any) -> Settings:
    values: dict[str, Any] = SAFE | changes
    return Settings(**{name: value for name, value in values.items() if value is not None})


def test_safe_values_start() -> None:
    assert start().is_production


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"site_token": "short"}, "Set REFERRAL_API_SITE_TOKEN to at least 32"),
        ({"pepper": "short"}, "Set REFERRAL_API_PEPPER to at least 32"),
        ({"pepper": "a" * 43}, "different values"),
        ({"api_url": "http://api.example.org/v1"}, "starts with https://"),
        ({"database_url": "sqlite://"}, "memory forgets"),
        ({"hashing_memory_kib": 19 * 1024}, "REFERRAL_API_HASHING_MEMORY_KIB to 65536"),
        ({"hashing_time_cost": 2}, "REFERRAL_API_HASHING_TIME_COST to 3"),
    ],
)
def test_an_unsafe_value_is_refused_in_production_only(
    changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        start(**changes)
    start(**changes, environment="development")


def test_all_complaints_come_at_once_and_show_no_secret() -> None:
    with pytest.raises(ValidationError) as refused:
        start(site_token="hunter2", pepper="hunter3")

    text = str(refused.value)
    assert "SITE_TOKEN" in text
    assert "PEPPER" in text
    assert "hunter" not in text


@pytest.mark.parametrize("name", ["site_token", "pepper"])
def test_a_secret_has_no_default(name: str) -> None:
    with pytest.raises(ValidationError, match=name):
        start(**{name: None})


def test_the_pepper_may_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "pepper"
    file.write_text("c" * 44 + "\n", encoding="utf-8")

    assert start(pepper=None, pepper_file=file).pepper.get_secret_value() == "c" * 44
    with pytest.raises(ValidationError, match="cannot be read"):
        start(pepper=None, pepper_file=tmp_path / "nowhere")


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REFERRAL_API_SITE_TOKEN", "token")
    monkeypatch.setenv("REFERRAL_API_PEPPER", "pepper")
    monkeypatch.setenv("REFERRAL_API_INTAKE_ORGANISATION", "comensha")

    settings = read_settings()

    assert settings.intake_organisation == "comensha"
    assert "pepper" not in repr(settings).replace("pepper=", "").replace("pepper_file=", "")


def test_no_setting_could_hold_a_private_key() -> None:
    assert not [name for name in Settings.model_fields if "private" in name or "key" in name]
