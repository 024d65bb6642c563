"""The ids a request may name: regions and organisations of the directory, given at validation."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from referral_api.domain.referral import UNKNOWN_REGION
from referral_api.schemas.texts import OrganisationId


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What the directory holds now; passed to a model as its validation context."""

    regions: frozenset[str]
    organisations: frozenset[str]
    intake_organisation: str


def _check_region(region: str, info: ValidationInfo) -> str:
    names = _names(info)
    if region != UNKNOWN_REGION and region not in names.regions:
        raise PydanticCustomError("unknown_region", "unknown region")
    return region


def _check_organisation(organisation: str, info: ValidationInfo) -> str:
    names = _names(info)
    if organisation != names.intake_organisation and organisation not in names.organisations:
        raise PydanticCustomError("unknown_organisation", "unknown organisation")
    return organisation


def check_recipients(recipients: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
    """The intake desk reads every referral, so a consent that leaves it out means nothing."""
    if _names(info).intake_organisation not in recipients:
        raise PydanticCustomError("intake_not_named", "the intake must be named")
    return tuple(dict.fromkeys(recipients))


def _names(info: ValidationInfo) -> KnownNames:
    names = info.context
    if not isinstance(names, KnownNames):
        raise TypeError("validate with the names of the directory as context")
    return names


Region = Annotated[
    str,
    Field(
        pattern=r"^[a-z0-9-]{1,60}$",
        description="Id van een van de 35 regio's, of `unknown`. Nooit een adres.",
        examples=["unknown"],
    ),
    AfterValidator(_check_region),
]
KnownOrganisation = Annotated[OrganisationId, AfterValidator(_check_organisation)]
