"""The website's settings, read once from the environment (prefix SITE_)."""

from pathlib import Path
from typing import Literal

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything an operator may set; folders are relative to the working folder."""

    model_config = SettingsConfigDict(env_prefix="SITE_", frozen=True)

    environment: Literal["development", "production"] = "development"
    public_url: str = "http://127.0.0.1:8000"
    content_dir: Path = Path("content")
    translations_dir: Path = Path("translations")
    referral_api_url: str = "http://127.0.0.1:8001"
    referral_api_token: SecretStr
    bot_url: str = "http://127.0.0.1:8003"
    bot_token: SecretStr
    # A weather page: no personal suggestions, and nobody asks why you looked at it.
    leave_url: str = "https://www.buienradar.nl/"

    @property
    def require_rechecked_channels(self) -> bool:
        """In production a phone number shows only when a person has re-checked it."""
        return self.environment == "production"
