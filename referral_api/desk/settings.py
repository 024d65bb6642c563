"""The desk's settings: those of the referral API, and where the desk itself is found."""

from collections.abc import Callable
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from pydantic import Field

from referral_api.settings import Settings


class DeskSettings(Settings):
    """What the desk needs besides; it signs the staff log with the API's pepper."""

    desk_url: str = Field(default="http://127.0.0.1:8002", pattern=r"^https?://[^/\s]+$")
    translations_dir: Path = Path("translations")
    session_idle_minutes: int = Field(default=30, ge=1, le=60)
    session_longest_hours: int = Field(default=10, ge=1, le=12)

    @property
    def is_https(self) -> bool:
        """Whether cookies can be bound to an encrypted connection."""
        return urlsplit(self.desk_url).scheme == "https"

    def _complaints(self) -> list[str]:
        complaints = super()._complaints()
        if not self.is_https:
            complaints.append("Set REFERRAL_API_DESK_URL to an address that starts with https://.")
        return complaints


def read_desk_settings() -> DeskSettings:
    """The settings from the environment. Raises ValidationError with sentences for an operator."""
    return cast("Callable[[], DeskSettings]", DeskSettings)()
