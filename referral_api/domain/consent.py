"""Consent: per recipient, specific, dated, revocable; and when a coordinator checks it first."""

from dataclasses import dataclass
from datetime import date

from referral_api.domain.code_lists import Child, GivenBy


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """What the person agreed to on the check page, for all recipients named there.

    `text_version` and `text_language` say which words were shown.
    """

    given_by: GivenBy
    text_version: str
    text_language: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Consent:
    """One recorded consent: one referral, one organisation."""

    organisation_id: str
    given_by: GivenBy
    text_version: str
    text_language: str
    given_on: date
    revoked_on: date | None = None

    @property
    def is_active(self) -> bool:
        """Given and not taken back."""
        return self.revoked_on is None


def must_be_checked_first(given_by: GivenBy, child: Child) -> bool:
    """Whether a coordinator looks at a consent before anything goes past the intake desk.

    Under the Dutch rule a person decides from 16. The age bands do not show that line, so a
    consent given by a child, or by somebody of unknown age, is never refused (no dead end) but
    goes to the desk only; the desk asks and then offers.
    """
    return given_by is GivenBy.SELF and child.is_treated_as_child
