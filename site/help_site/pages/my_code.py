"""Coming back with a code: reading the answer, writing back, taking the request back.

The code travels only in the body of a POST and in hidden fields, never in an address.
"""

from dataclasses import dataclass
from typing import Any

from babel.dates import format_date
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from help_site.case_code import CaseCode
from help_site.code_steps import (
    problem_with_code,
    problem_with_reply,
    status_words,
    unknown_code,
)
from help_site.forms import NOTHING_ARRIVED, Problem
from help_site.help_lines import help_lines
from help_site.posted_form import FormTooLarge, PostedForm, read_posted_form
from help_site.referral_client import (
    AlreadyWithdrawn,
    Conversation,
    ReferralRefused,
    ReferralUnavailable,
    UnknownCode,
)
from help_site.referral_payload import idempotency_key, new_nonce, nonce_or_new
from help_site.rendering import language_of, render, render_public
from help_site.visitor_services import services_of
from help_site.website import website_of

router = APIRouter()

_REPLY_REFUSED = "reply_refused"
_REPLY_TOO_LATE = "reply_too_late"


@dataclass(frozen=True, slots=True)
class Visit:
    """One POST of somebody who came with a code."""

    request: Request
    code: CaseCode
    posted: PostedForm


@router.get("/code")
async def enter(request: Request) -> Response:
    """The empty field for a code."""
    return render_public(request, "pages/my_code.html", **_entry("", None, ""))


@router.post("/code")
async def come_back(request: Request) -> Response:
    """Everything that is done with a code."""
    services = services_of(request)
    if not services.trusts(request):
        return _enter_again(request, "", Problem("code", NOTHING_ARRIVED), status=403)
    try:
        posted = await read_posted_form(request)
    except FormTooLarge:
        return render(request, "pages/too_large.html", 413)
    typed, go = posted.one("code"), posted.one("go")
    problem = problem_with_code(typed)
    code = CaseCode.read(typed)
    if code is None or (go == "stay" and posted.one("at") == "entry"):
        return _enter_again(request, typed, None if go == "stay" else problem)
    visit = Visit(request, code, posted)
    try:
        return await _do(visit, go)
    except UnknownCode:
        return _enter_again(request, typed, unknown_code())
    except ReferralUnavailable:
        return _down(visit, go)


async def _do(visit: Visit, go: str) -> Response:
    referrals = services_of(visit.request).referrals
    if go == "withdraw" or (go == "stay" and visit.posted.one("at") == "withdraw"):
        return render(visit.request, "pages/my_code_withdraw.html", code=visit.code)
    if go == "withdraw-now":
        await referrals.withdraw(visit.code)
        return render(visit.request, "pages/my_code_withdrawn.html", code=visit.code)
    if go == "stay" and visit.posted.one("at") == "withdrawn":
        return render(visit.request, "pages/my_code_withdrawn.html", code=visit.code)
    if go == "reply":
        return await _reply(visit)
    conversation = await referrals.open_conversation(visit.code)
    kept = visit.posted.one("text") if go == "stay" else ""
    return _conversation(visit, conversation, text=kept)


async def _reply(visit: Visit) -> Response:
    referrals = services_of(visit.request).referrals
    text = visit.posted.one("text")
    problem = problem_with_reply(text)
    if problem is None:
        nonce = nonce_or_new(visit.posted.one("nonce"))
        key = idempotency_key(nonce, {"code": visit.code.digits, "text": text})
        try:
            return _conversation(visit, await referrals.reply(visit.code, text, key), sent=True)
        except (AlreadyWithdrawn, ReferralRefused) as refusal:
            too_late = isinstance(refusal, AlreadyWithdrawn)
            trouble = _REPLY_TOO_LATE if too_late else _REPLY_REFUSED
            conversation = await referrals.open_conversation(visit.code)
            return _conversation(visit, conversation, text=text, trouble=trouble)
    conversation = await referrals.open_conversation(visit.code)
    return _conversation(visit, conversation, text=text, problem=problem)


def _conversation(
    visit: Visit,
    conversation: Conversation,
    *,
    text: str = "",
    problem: Problem | None = None,
    sent: bool = False,
    trouble: str = "",
) -> Response:
    locale = language_of(visit.request).tag.replace("-", "_")
    return render(
        visit.request,
        "pages/my_code_conversation.html",
        code=visit.code,
        status_words=status_words(conversation.status),
        since=format_date(conversation.status_since, "long", locale),
        messages=[
            (message, format_date(message.day, "long", locale)) for message in conversation.messages
        ],
        may_withdraw=conversation.may_withdraw,
        withdrawn=conversation.status == "withdrawn",
        # The same nonce goes on while a text was not sent, so that a double press sends it once.
        nonce=new_nonce() if sent else nonce_or_new(visit.posted.one("nonce")),
        text=text,
        problem=problem,
        sent=sent,
        trouble=trouble,
    )


def _enter_again(
    request: Request, typed: str, problem: Problem | None = None, status: int = 200
) -> Response:
    return render(request, "pages/my_code.html", status, **_entry(typed, problem, ""))


def _down(visit: Visit, go: str) -> Response:
    """The API is not there: the code and what was written stay on the page."""
    lines = help_lines(website_of(visit.request).directory)
    if go == "reply" or visit.posted.one("text"):
        context: dict[str, Any] = {
            "code": visit.code,
            "nonce": nonce_or_new(visit.posted.one("nonce")),
            "text": visit.posted.one("text"),
            "help_lines": lines,
        }
        return render(visit.request, "pages/my_code_unsent.html", 503, **context)
    context = _entry(visit.posted.one("code"), None, "unavailable")
    context["help_lines"] = lines
    return render(visit.request, "pages/my_code.html", 503, **context)


def _entry(typed: str, problem: Problem | None, trouble: str) -> dict[str, Any]:
    return {"typed": typed, "problem": problem, "trouble": trouble, "help_lines": ()}
