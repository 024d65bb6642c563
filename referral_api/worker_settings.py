"""The worker's settings, read once from the environment (prefix REFERRAL_API_)."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class WorkerSettings(BaseSettings):
    """What the worker needs, and no more: no pepper, no caller's token, no key of anybody."""

    model_config = SettingsConfigDict(env_prefix="REFERRAL_API_", frozen=True)

    environment: Literal["development", "production"] = "development"
    api_url: str = Field(default="http://127.0.0.1:8001/v1", pattern=r"^https?://\S+/v1$")
    database_url: str = "sqlite:///var/referrals.sqlite"
    content_dir: Path = Path("content")
    # Webhook addresses and secrets, one entry for each organisation with a system of its own.
    receivers_file: Path | None = None
    # NL GOV profile for CloudEvents: urn:nld:oin:<OIN>:systeem:<name>, or a KvK number.
    event_source: str = Field(
        default="urn:nld:oin:00000000000000000000:systeem:infopunt", pattern=r"^urn:nld:\S+$"
    )
    # Written every 5 seconds while the loop turns; a monitor looks at its age.
    worker_health_file: Path = Path("var/worker-health.json")
