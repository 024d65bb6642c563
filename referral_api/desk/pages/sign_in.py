"""Signing in unlocks the organisation's key; signing out lets go of it."""

import math
import re

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from referral_api.desk.desk import Desk, desk_of
from referral_api.desk.guards import (
    Member,
    OwnForm,
    SignInForm,
    anybody,
    cookie_name,
    drop_cookie,
    session_of,
    set_cookie,
)
from referral_api.desk.rendering import language_of, render
from referral_api.domain.staff import StaffMember
from referral_api.hashing_lane import LaneFull
from referral_api.sealing import WrongPassword
from referral_api.services.keep_staff_log import record_action
from referral_api.services.manage_keys import Unlocked, unlock
from referral_api.services.workplace import Store

router = APIRouter()

LONGEST_USERNAME = 60
# Longer than any pass phrase; a megabyte of password costs nothing to send and time to hash.
LONGEST_PASSWORD = 1000
# Only pages of ours, so that nobody can be sent elsewhere after signing in.
_OWN_PAGE = re.compile(r"/(referrals/[0-9a-f-]{36})?")

WRONG = "wrong"
WAIT = "wait"
BUSY = "busy"


@router.get("/sign-in", dependencies=[anybody])
async def ask(request: Request, then: str = "/") -> Response:
    """The sign-in page."""
    if session_of(request) is not None:
        return RedirectResponse("/", status_code=303)
    return _page(request, then=_own_page(then))


@router.post("/sign-in")
async def sign_in(request: Request, form: SignInForm) -> Response:
    """Check name and password; the same answer for a wrong name and a wrong password."""
    desk = desk_of(request)
    username = form.get("username", "").strip().casefold()[:LONGEST_USERNAME]
    password = form.get("password", "")[:LONGEST_PASSWORD]
    then = _own_page(form.get("then", "/"))
    wait = math.ceil(desk.throttle.wait(username).total_seconds())
    if wait:
        return _page(request, 429, then=then, username=username, problem=WAIT, seconds=wait)
    try:
        unlocked = await desk.sign_ins.run(lambda: _unlock(desk, username, password))
    except WrongPassword:
        desk.throttle.failed(username)
        return _page(request, 401, then=then, username=username, problem=WRONG)
    except LaneFull:
        return _page(request, 503, then=then, username=username, problem=BUSY)
    desk.throttle.succeeded(username)
    await run_in_threadpool(_record, desk, unlocked.member, "signed_in")
    response = RedirectResponse(then, status_code=303)
    set_cookie(desk, response, desk.sessions.open(unlocked, language_of(request)))
    return response


@router.post("/sign-out")
async def sign_out(request: Request, _form: OwnForm, session: Member) -> Response:
    """End the session; its keys are gone from memory with it."""
    desk = desk_of(request)
    desk.sessions.close(request.cookies[cookie_name(desk)])
    await run_in_threadpool(_record, desk, session.member, "signed_out")
    response = RedirectResponse("/sign-in", status_code=303)
    drop_cookie(desk, response)
    # What a page showed must not come back with the Back button.
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _unlock(desk: Desk, username: str, password: str) -> Unlocked:
    return unlock(desk.workplace, username, password, desk.settings.hashing_cost)


def _record(desk: Desk, member: StaffMember, action: str) -> None:
    with desk.workplace.database.transaction() as session:
        store = Store(session, desk.settings.intake_organisation)
        record_action(store, desk.workplace, member, action)


def _own_page(then: str) -> str:
    return then if _OWN_PAGE.fullmatch(then) else "/"


def _page(
    request: Request,
    status: int = 200,
    *,
    then: str,
    username: str = "",
    problem: str | None = None,
    seconds: int = 0,
) -> Response:
    return render(
        request,
        "pages/sign_in.html",
        status,
        then=then,
        username=username,
        problem=problem,
        seconds=seconds,
        kept_text="",
    )
