"""The list: what needs me now on top, from readable headers; nothing is decrypted."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from referral_api.desk.desk import Desk, desk_of
from referral_api.desk.guards import Member
from referral_api.desk.rendering import render
from referral_api.domain.staff import StaffMember
from referral_api.persistence.inbox_repository import (
    PAGE_SIZE,
    InboxPage,
    InboxRepository,
    InboxView,
)

router = APIRouter()

FURTHEST_PAGE = 1000


@router.get("/")
async def inbox(
    request: Request, session: Member, view: str = InboxView.MINE, page: str = "1"
) -> Response:
    """One page of one view; an unknown view or page is the first."""
    desk = desk_of(request)
    chosen = InboxView(view) if view in list(InboxView) else InboxView.MINE
    number = int(page) if page.isascii() and page.isdecimal() and len(page) < 5 else 1
    number = min(max(number, 1), FURTHEST_PAGE)
    found, counts = await run_in_threadpool(_read, desk, session.member, chosen, number)
    now = desk.workplace.now()
    return render(
        request,
        "pages/inbox.html",
        lines=found.lines,
        total=found.total,
        counts=counts,
        view=chosen,
        views=_views(session.member),
        page=number,
        pages=max(1, -(-found.total // PAGE_SIZE)),
        now=now,
        today=now.date(),
    )


def _views(member: StaffMember) -> tuple[InboxView, ...]:
    """Only the intake desk sees what others own."""
    if member.sees_all:
        return tuple(InboxView)
    return (InboxView.MINE, InboxView.DONE)


def _read(
    desk: Desk, member: StaffMember, view: InboxView, number: int
) -> tuple[InboxPage, dict[InboxView, int]]:
    with desk.workplace.database.reading() as session:
        repository = InboxRepository(session)
        return repository.page(member, view, number), repository.counts(member)
