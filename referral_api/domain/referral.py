"""A referral: the coded answers, the few that stay readable, and the body that is sealed."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from referral_api.domain.code_lists import (
    AgeBand,
    Answer,
    Channel,
    Child,
    Kind,
    Mode,
    Need,
    Police,
    Residence,
    Urgency,
)
from referral_api.domain.htcds import Control, Exploitation, Gender, Sector
from referral_api.domain.lifecycle import Status

UNKNOWN_REGION = "unknown"

_CHILD_BANDS = frozenset({AgeBand.UNDER_9, AgeBand.FROM_9})


@dataclass(frozen=True, slots=True)
class Facts:
    """Every coded answer of a referral; holds no free text.

    `language` is an ISO 639 tag, `region` the id of a region or "unknown", `citizenship` an
    ISO 3166 country code or None.
    """

    kind: Kind
    mode: Mode
    needs: tuple[Need, ...]
    language: str
    safe_now: Answer | None = None
    exploitation: tuple[Exploitation, ...] = ()
    still_in_situation: Answer | None = None
    age_band: AgeBand = AgeBand.UNKNOWN
    residence: Residence = Residence.UNKNOWN
    region: str = UNKNOWN_REGION
    interpreter: bool = False
    police: Police = Police.NO
    sector: Sector | None = None
    control: tuple[Control, ...] = ()
    gender: Gender | None = None
    citizenship: str | None = None

    @property
    def child(self) -> Child:
        """Under 18, 18 or older, or unknown (which is treated as under 18)."""
        if self.age_band is AgeBand.UNKNOWN:
            return Child.UNKNOWN
        return Child.YES if self.age_band in _CHILD_BANDS else Child.NO

    @property
    def urgency(self) -> Urgency:
        """How fast somebody must look. Our own rule: danger first, then child, then needs."""
        if self.safe_now is Answer.NO:
            return Urgency.ACUTE
        urgent_need = {Need.SHELTER, Need.SAFETY} & set(self.needs)
        still_inside = self.still_in_situation is Answer.YES and self.child.is_treated_as_child
        if self.safe_now is Answer.UNSURE or self.child is Child.YES or urgent_need or still_inside:
            return Urgency.URGENT
        return Urgency.NORMAL


@dataclass(frozen=True, slots=True)
class Header:
    """What stays readable in the database, for routing, clocks and statistics; no identity.

    The other answers (age band, residence, safety, police, gender …) are in the sealed body.
    """

    kind: Kind
    mode: Mode
    needs: tuple[Need, ...]
    exploitation: tuple[Exploitation, ...]
    child: Child
    region: str
    language: str
    urgency: Urgency

    @classmethod
    def of(cls, facts: Facts) -> "Header":
        """The readable part of the facts."""
        return cls(
            kind=facts.kind,
            mode=facts.mode,
            needs=facts.needs,
            exploitation=facts.exploitation,
            child=facts.child,
            region=facts.region,
            language=facts.language,
            urgency=facts.urgency,
        )


@dataclass(frozen=True, slots=True)
class ContactChannel:
    """One way to reach the person; it may be used only when `safe`."""

    channel: Channel
    value: str = field(repr=False)
    safe: bool
    hours: str | None = None
    voicemail: bool = False
    text_message: bool = False
    name_to_ask_for: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Body:
    """What only the holder of a private key can read."""

    facts: Facts
    story: str | None = field(default=None, repr=False)
    contact: tuple[ContactChannel, ...] = ()

    @property
    def usable_contact(self) -> tuple[ContactChannel, ...]:
        """The channels the person called safe; no other may ever be used."""
        return tuple(channel for channel in self.contact if channel.safe)


@dataclass(frozen=True, slots=True)
class StoredReferral:
    """A referral as the desk sees it in a list: nothing in it had to be decrypted."""

    id: UUID
    header: Header
    status: Status
    status_since: date
    owner: str
    lead: str
    received_on: date
    due_at: datetime | None = None
    offered_to: str | None = None
    unread_messages: int = field(default=0, compare=False)
