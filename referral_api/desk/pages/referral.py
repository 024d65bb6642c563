"""One referral: read it, answer the reporter, take it or close it."""

import secrets
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from referral_api.desk.desk import desk_of
from referral_api.desk.guards import Member, OwnForm
from referral_api.desk.opened_page import read_page
from referral_api.desk.rendering import render
from referral_api.desk.sessions import DeskSession
from referral_api.domain.lifecycle import ForbiddenMove, Status
from referral_api.schemas.texts import LONGEST_MESSAGE, clean
from referral_api.services.answer_reporter import answer_reporter
from referral_api.services.conversation import ConversationIsFull, WithdrawnReferral
from referral_api.services.move_referral import NotYours, move_referral
from referral_api.services.read_referrals import ReferralNotVisible

router = APIRouter(prefix="/referrals/{referral}")

EMPTY = "empty"
TOO_LONG = "too_long"
FULL = "full"
GONE = "gone"
NOT_POSSIBLE = "not_possible"

_MOVES = {status.value: status for status in (Status.ACCEPTED, Status.HELPED, Status.CLOSED)}


def _number(referral: str) -> UUID:
    """The id in the address; anything else is a referral that does not exist."""
    try:
        return UUID(referral)
    except ValueError:
        raise ReferralNotVisible from None


Number = Annotated[UUID, Depends(_number)]


@router.get("")
async def read(request: Request, session: Member, referral: Number) -> Response:
    """Open a referral: it is decrypted for this page, and the view stands in the log."""
    return await _page(request, session, referral)


@router.post("/answer")
async def answer(request: Request, form: OwnForm, session: Member, referral: Number) -> Response:
    """Send an answer; the same form sent twice is one answer."""
    desk = desk_of(request)
    text = str(clean(form.get("text", "")))
    form_key = form.get("form_key") or None
    problem = EMPTY if not text else TOO_LONG if len(text) > LONGEST_MESSAGE else None
    if problem is None:
        try:
            await run_in_threadpool(
                answer_reporter, desk.workplace, session.member, referral, text, form_key
            )
        except ConversationIsFull:
            problem = FULL
        except WithdrawnReferral:
            problem = GONE
    if problem is not None:
        return await _page(request, session, referral, 400, problem, form.get("text", ""))
    return RedirectResponse(f"/referrals/{referral}?sent=1#messages", status_code=303)


@router.post("/move")
async def move(request: Request, form: OwnForm, session: Member, referral: Number) -> Response:
    """Take it, say that help is arranged, or close it."""
    wanted = _MOVES.get(form.get("to", ""))
    if wanted is None:
        return await _page(request, session, referral, 400, NOT_POSSIBLE)
    try:
        await run_in_threadpool(
            move_referral, desk_of(request).workplace, session.unlocked, referral, wanted
        )
    except (ForbiddenMove, NotYours):
        return await _page(request, session, referral, 409, NOT_POSSIBLE)
    return RedirectResponse(f"/referrals/{referral}", status_code=303)


async def _page(
    request: Request,
    session: DeskSession,
    referral: UUID,
    status: int = 200,
    problem: str | None = None,
    typed: str = "",
) -> Response:
    desk = desk_of(request)
    page = await run_in_threadpool(read_page, desk, session, referral)
    now = desk.workplace.now()
    return render(
        request,
        "pages/referral.html",
        status,
        page=page,
        problem=problem,
        typed=typed,
        sent=request.query_params.get("sent") == "1",
        form_key=secrets.token_urlsafe(24),
        longest=LONGEST_MESSAGE,
        now=now,
        today=now.date(),
    )
