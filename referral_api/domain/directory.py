"""The organisations a referral can go to, and which of them may bring it to the police."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

# The national coordinator: leads wherever a region has no coordinator of its own.
NATIONAL_LEAD = "comensha"
COORDINATOR_PREFIX = "coordinator-"


class MayReachPolice(StrEnum):
    """Whether what somebody tells an organisation can end up with the police."""

    NEVER = "never"
    ONLY_WITH_CONSENT = "only_with_consent"
    POSSIBLY = "possibly"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Organisation:
    """One organisation of content/organisations.yaml, as far as routing needs it."""

    id: str
    name: str
    investigates: bool
    may_reach_police: MayReachPolice

    @property
    def needs_police_consent(self) -> bool:
        """True when only a consent that names this organisation may bring a referral to it."""
        return self.investigates or self.may_reach_police in {
            MayReachPolice.POSSIBLY,
            MayReachPolice.ALWAYS,
        }


@dataclass(frozen=True, slots=True)
class Region:
    """One of the 35 regions; `coordinator` is an organisation id, None where there is none."""

    id: str
    name: str
    coordinator: str | None = None


class DirectoryError(ValueError):
    """The directory cannot guarantee that every referral has a lead outside the police."""


@dataclass(frozen=True, slots=True)
class Directory:
    """All organisations by id; holding one proves that a lead outside the police exists.

    Raises DirectoryError when the national lead is missing or could itself reach the police.
    """

    organisations: Mapping[str, Organisation]

    def __post_init__(self) -> None:
        """Refuse a directory in which a referral could be left without a safe lead."""
        lead = self.organisations.get(NATIONAL_LEAD)
        if lead is None:
            message = f"organisation '{NATIONAL_LEAD}' is missing: nobody could lead a referral"
            raise DirectoryError(message)
        if lead.needs_police_consent:
            message = f"organisation '{NATIONAL_LEAD}' may reach the police, so it cannot lead"
            raise DirectoryError(message)

    def __iter__(self) -> Iterator[Organisation]:
        return iter(self.organisations.values())

    def find(self, organisation: str) -> Organisation | None:
        """The organisation with this id, or None."""
        return self.organisations.get(organisation)


def coordinator_id(region: str) -> str:
    """The organisation id of a region's care coordinator."""
    return f"{COORDINATOR_PREFIX}{region}"
