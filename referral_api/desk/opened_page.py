"""What the page of one opened referral shows: the road, the mark, and the moves that exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from referral_api.desk.desk import Desk
from referral_api.desk.sessions import DeskSession
from referral_api.domain.lifecycle import MOVES, Status
from referral_api.domain.route_texts import ExplainedRule
from referral_api.domain.staff import StaffMember
from referral_api.persistence.delivery_repository import DeliveryNote, DeliveryRepository
from referral_api.services.read_referrals import OpenedReferral, open_referral

# What a member of staff can do here; offering to others has a page of its own.
_BY_HAND = (Status.ACCEPTED, Status.HELPED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class ShownOrganisation:
    """An organisation on the road, with what one must know about it."""

    name: str
    needs_police_consent: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Road:
    """The plan in words."""

    lead: ShownOrganisation
    others: tuple[ShownOrganisation, ...]
    shown: tuple[ShownOrganisation, ...]
    matched: tuple[ExplainedRule, ...]
    rejected: tuple[ExplainedRule, ...]


@dataclass(frozen=True, slots=True)
class OpenedPage:
    """One referral as the page shows it; `police_named` empty means: without the police."""

    opened: OpenedReferral
    road: Road | None
    police_named: tuple[str, ...]
    deliveries: Sequence[DeliveryNote]
    moves: tuple[Status, ...]


def read_page(desk: Desk, session: DeskSession, referral: UUID) -> OpenedPage:
    """Decrypt a referral, on record, and explain its road. Raises ReferralNotVisible."""
    opened = open_referral(desk.workplace, session.unlocked, referral)
    with desk.workplace.database.reading() as reading:
        deliveries = DeliveryRepository(reading).notes_on(referral)
    return OpenedPage(
        opened,
        _road(desk, opened, session.language),
        _police_named(desk, opened, deliveries),
        deliveries,
        possible_moves(session.member, opened),
    )


def possible_moves(member: StaffMember, opened: OpenedReferral) -> tuple[Status, ...]:
    """The moves this member can make now; while it is on offer, only whom it is offered to."""
    stored = opened.stored
    if stored.status is Status.OFFERED:
        mine = stored.offered_to == member.organisation_id
        return (Status.ACCEPTED,) if mine else ()
    if stored.owner != member.organisation_id:
        return ()
    return tuple(status for status in _BY_HAND if status in MOVES[stored.status])


def _road(desk: Desk, opened: OpenedReferral, language: str) -> Road | None:
    """The plan as the rules give it now; it needs answers that only the sealed body holds."""
    if opened.body is None:
        return None
    consented = frozenset(
        consent.organisation_id for consent in opened.consents if consent.is_active
    )
    plan = desk.workplace.router(opened.body.facts, consented)
    texts = desk.content.texts
    lines = texts.explain(plan, language)
    return Road(
        lead=_organisation(desk, plan.lead),
        others=tuple(_organisation(desk, name) for name in plan.others),
        shown=tuple(
            _organisation(desk, door.organisation, texts.write(door.note, language))
            for door in plan.shown
        ),
        matched=tuple(line for line in lines if line.matched),
        rejected=tuple(line for line in lines if not line.matched),
    )


def _police_named(
    desk: Desk, opened: OpenedReferral, deliveries: Sequence[DeliveryNote]
) -> tuple[str, ...]:
    """Organisations near the police that a consent names, or that got something once."""
    involved = {consent.organisation_id for consent in opened.consents if consent.is_active}
    involved |= {note.organisation_id for note in deliveries if note.status == "delivered"}
    found = (desk.content.directory.find(name) for name in sorted(involved))
    return tuple(known.name for known in found if known and known.needs_police_consent)


def _organisation(desk: Desk, name: str, note: str = "") -> ShownOrganisation:
    known = desk.content.directory.find(name)
    return ShownOrganisation(
        known.name if known else name, known.needs_police_consent if known else True, note
    )
