"""The desk's list: what needs this member of staff first, from readable headers only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session

from referral_api.domain.code_lists import Urgency
from referral_api.domain.lifecycle import Status
from referral_api.domain.referral import StoredReferral
from referral_api.domain.staff import StaffMember
from referral_api.persistence.referral_repository import stored_referral, visible_to
from referral_api.persistence.tables import DeliveryRow, MessageRow, ReferralRow

PAGE_SIZE = 25
_OPEN = tuple(status.value for status in Status if status.is_open)


class InboxView(StrEnum):
    """Which part of what one may see."""

    MINE = "mine"
    ELSEWHERE = "elsewhere"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class InboxLine:
    """One referral on the list; `is_stuck` when a delivery waits for a person to look."""

    stored: StoredReferral
    is_stuck: bool


@dataclass(frozen=True, slots=True)
class InboxPage:
    """One page of the list; `total` counts all pages."""

    lines: Sequence[InboxLine]
    total: int


class InboxRepository:
    """Headers that a member of staff may see; nothing here can be decrypted."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, viewer: StaffMember, view: InboxView, number: int) -> InboxPage:
        """Page `number` (from 1): acute first, then what is new or stuck, then due or old."""
        wanted = and_(visible_to(viewer), _in_view(viewer, view))
        unread = (
            select(func.count())
            .where(
                MessageRow.referral_id == ReferralRow.id,
                MessageRow.sender == "reporter",
                MessageRow.seen_by_desk.is_(False),
            )
            .correlate(ReferralRow)
            .scalar_subquery()
        )
        stuck = exists().where(
            DeliveryRow.referral_id == ReferralRow.id, DeliveryRow.status == "parked"
        )
        rows = self._session.execute(
            select(ReferralRow, unread, stuck)
            .where(wanted)
            .order_by(*_order(view, or_(unread > 0, stuck)))
            .limit(PAGE_SIZE)
            .offset((number - 1) * PAGE_SIZE)
        )
        lines = [
            InboxLine(replace(stored_referral(row), unread_messages=count), is_stuck)
            for row, count, is_stuck in rows
        ]
        total = self._session.scalar(select(func.count()).select_from(ReferralRow).where(wanted))
        return InboxPage(lines, total or 0)

    def counts(self, viewer: StaffMember) -> dict[InboxView, int]:
        """How many referrals each view holds."""
        return {
            view: self._session.scalar(
                select(func.count())
                .select_from(ReferralRow)
                .where(visible_to(viewer), _in_view(viewer, view))
            )
            or 0
            for view in InboxView
        }


def _in_view(viewer: StaffMember, view: InboxView) -> ColumnElement[bool]:
    is_open = ReferralRow.status.in_(_OPEN)
    mine = viewer.organisation_id
    # Not simply the opposite of the other: an empty `offered_to_id` equals nothing at all.
    is_mine = or_(ReferralRow.owner_id == mine, ReferralRow.offered_to_id == mine)
    not_offered = or_(ReferralRow.offered_to_id.is_(None), ReferralRow.offered_to_id != mine)
    if view is InboxView.MINE:
        return and_(is_open, is_mine)
    if view is InboxView.ELSEWHERE:
        return and_(is_open, ReferralRow.owner_id != mine, not_offered)
    return ~is_open


def _order(
    view: InboxView, needs_a_look: ColumnElement[bool]
) -> tuple[SQLColumnExpression[Any], ...]:
    if view is InboxView.DONE:
        return (ReferralRow.status_day.desc(), ReferralRow.id)
    return (
        case((ReferralRow.urgency == Urgency.ACUTE.value, 0), else_=1),
        case((needs_a_look, 0), else_=1),
        ReferralRow.due_at.is_(None),
        ReferralRow.due_at,
        ReferralRow.received_day,
        ReferralRow.id,
    )
