"""The settings of intake, desk and worker, read once from the environment (REFERRAL_API_)."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, Self, cast

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from referral_api.sealing import HashingCost

# A secret shorter than this can be guessed; token_urlsafe(32) gives 43 characters.
SHORTEST_SECRET = 32
# One derivation takes 0.2 s and 64 MiB; less makes a stolen database cheaper to search.
PRODUCTION_COST = HashingCost(memory_kib=64 * 1024, time_cost=3)


class Settings(BaseSettings):
    """Everything an operator may set; folders are relative to the working folder.

    There is no private key among them: intake and worker only ever seal.
    """

    model_config = SettingsConfigDict(
        env_prefix="REFERRAL_API_",
        frozen=True,
        # A complaint about a setting never shows the secrets beside it.
        hide_input_in_errors=True,
    )

    environment: Literal["development", "production"] = "development"
    # The address under which callers reach the API; ends in the major version.
    api_url: str = Field(default="http://127.0.0.1:8001/v1", pattern=r"^https?://\S+/v1$")
    database_url: str = "sqlite:///var/referrals.sqlite"
    content_dir: Path = Path("content")
    site_token: SecretStr
    # From the environment, or from a file that no backup of the database holds.
    pepper: SecretStr
    pepper_file: Path | None = None
    # Systems of receiving organisations (see receivers.py); the worker reads the same file.
    receivers_file: Path | None = None
    intake_organisation: str = "intake-desk"
    hashing_memory_kib: int = Field(default=PRODUCTION_COST.memory_kib, ge=8)
    hashing_time_cost: int = Field(default=PRODUCTION_COST.time_cost, ge=1)
    # Derivations at the same time, and look-ups that may wait for their turn.
    lookup_slots: int = Field(default=2, ge=1)
    lookup_queue: int = Field(default=50, ge=0)
    submit_slots: int = Field(default=1, ge=1)
    submit_queue: int = Field(default=2000, ge=0)
    largest_body_bytes: int = Field(default=64 * 1024, ge=1024)
    contact_name: str = "Team Infopunt"
    contact_email: str = "team-infopunt@example.org"
    contact_url: str = "https://example.org/infopunt"

    @property
    def hashing_cost(self) -> HashingCost:
        """What one derivation from a code or a password costs."""
        return HashingCost(self.hashing_memory_kib, self.hashing_time_cost)

    @property
    def is_production(self) -> bool:
        """Whether real people depend on this process."""
        return self.environment == "production"

    @model_validator(mode="before")
    @classmethod
    def _read_pepper(cls, values: dict[str, Any]) -> dict[str, Any]:
        path = values.get("pepper_file")
        if values.get("pepper") or not path:
            return values
        try:
            pepper = Path(path).read_text(encoding="utf-8").strip()
        except OSError:
            raise ValueError(
                f"REFERRAL_API_PEPPER_FILE names {path}, which cannot be read. Make it once with: "
                f"(umask 077; head -c 32 /dev/urandom | base64 > {path})"
            ) from None
        return {**values, "pepper": pepper}

    @model_validator(mode="after")
    def _refuse_unsafe_production(self) -> Self:
        if self.is_production:
            complaints = list(self._complaints())
            if complaints:
                raise ValueError("This is not safe for production:\n" + "\n".join(complaints))
        return self

    def _complaints(self) -> list[str]:
        site_token, pepper = self.site_token.get_secret_value(), self.pepper.get_secret_value()
        cost = self.hashing_cost
        checks = {
            f"Set REFERRAL_API_SITE_TOKEN to at least {SHORTEST_SECRET} random characters.": len(
                site_token
            )
            < SHORTEST_SECRET,
            f"Set REFERRAL_API_PEPPER to at least {SHORTEST_SECRET} random characters.": len(pepper)
            < SHORTEST_SECRET,
            "Give REFERRAL_API_PEPPER and REFERRAL_API_SITE_TOKEN different values.": site_token
            == pepper,
            "Set REFERRAL_API_API_URL to an address that starts with https://.": (
                not self.api_url.startswith("https://")
            ),
            "Set REFERRAL_API_DATABASE_URL to a file or a PostgreSQL server; memory forgets.": (
                self.database_url in {"sqlite://", "sqlite:///:memory:"}
            ),
            f"Set REFERRAL_API_HASHING_MEMORY_KIB to {PRODUCTION_COST.memory_kib} or more and "
            f"REFERRAL_API_HASHING_TIME_COST to {PRODUCTION_COST.time_cost} or more.": (
                cost.memory_kib < PRODUCTION_COST.memory_kib
                or cost.time_cost < PRODUCTION_COST.time_cost
            ),
        }
        return [sentence for sentence, is_wrong in checks.items() if is_wrong]


def read_settings() -> Settings:
    """The settings from the environment. Raises ValidationError with sentences for an operator."""
    return cast("Callable[[], Settings]", Settings)()
