"""Asking for help: the screens, the check page, sending, and the code. Keeps nothing itself."""

from dataclasses import dataclass, replace
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from help_site.case_code import CaseCode
from help_site.consent_text import CONSENT_TEXT, consent_language
from help_site.form_lists import answer_language
from help_site.forms import Answers, Problem, read_answers
from help_site.help_lines import help_lines
from help_site.posted_form import FormTooLarge, PostedForm, read_posted_form
from help_site.questions import SCREENS
from help_site.refer_check import check_rows, story_remarks
from help_site.refer_steps import CHECK, DANGER, SEND, START, Pressed, Shown, next_page
from help_site.referral_client import ApiError, ReferralRefused, ReferralUnavailable
from help_site.referral_payload import build_payload, idempotency_key, new_nonce, nonce_or_new
from help_site.rendering import language_of, render, render_public
from help_site.translatable import N_
from help_site.visitor_services import services_of
from help_site.website import website_of

router = APIRouter()

# What the API calls a field of a contact, and the question that asks it.
_CONTACT_QUESTIONS = {
    "channel": "contactChannel",
    "value": "contactValue",
    "safe": "contactSafe",
    "hours": "contactHours",
}
WITHDRAWN = "withdrawn"
_NOTHING_YET: dict[str, Any] = {"refused": False, "hidden": (), "nonce": ""}
_NOT_USABLE = N_("Dit antwoord kunnen wij niet gebruiken. Kijk het na, of sla het over.")


@router.get("/ask")
async def start(request: Request) -> Response:
    """What will happen, before anything is asked."""
    return render_public(request, "pages/refer_start.html", **_NOTHING_YET)


@router.post("/ask")
async def step(request: Request) -> Response:
    """One press of a button: the next page, with every answer so far in it."""
    services = services_of(request)
    if not services.trusts(request):
        refused = {**_NOTHING_YET, "refused": True}
        return render(request, "pages/refer_start.html", status=403, **refused)
    try:
        posted = await read_posted_form(request)
    except FormTooLarge:
        return render(request, "pages/too_large.html", 413)
    if posted.one("go") in ("sent", "confirm"):
        return _code_again(request, posted)
    answers = read_answers(posted, services.lists)
    pressed = Pressed.read(posted)
    shown = next_page(answers, pressed)
    nonce = nonce_or_new(posted.one("nonce"))
    if shown.screen == SEND:
        return await _send(request, Form(answers, nonce, pressed))
    return _page(request, Form(answers, nonce, pressed), shown)


@dataclass(frozen=True, slots=True)
class Form:
    """One form as it was posted."""

    answers: Answers
    nonce: str
    pressed: Pressed


def _page(
    request: Request, form: Form, shown: Shown, *, status: int = 200, trouble: str = ""
) -> Response:
    """A page of the form; `trouble` is why sending did not work."""
    answers = form.answers
    context: dict[str, Any] = {
        "nonce": form.nonce,
        "answers": answers,
        "shown": shown,
        "checked": form.pressed.checked or shown.screen == CHECK,
        "problems": {problem.question: problem for problem in shown.problems},
        "hidden": list(answers.hidden_besides(shown.screen)),
        "help_lines": help_lines(website_of(request).directory, answers.one("ageBand")),
    }
    if shown.screen == START:
        return render(request, "pages/refer_start.html", status, refused=False, **context)
    if shown.screen == DANGER:
        return render(request, "pages/refer_danger.html", status, **context)
    lists = services_of(request).lists
    wanted = answers.completed(answer_language(language_of(request)))
    if shown.screen == CHECK:
        context |= _check_context(request, form, wanted) | {"trouble": trouble}
        return render(request, "pages/refer_check.html", status, **context)
    screens = SCREENS[answers.kind]
    number = [screen.name for screen in screens].index(shown.screen)
    context |= {
        "answers": wanted,
        "screen": screens[number],
        "number": number + 1,
        "count": len(screens),
        "options_of": lists.options_of,
    }
    return render(request, "pages/refer_screen.html", status, **context)


def _check_context(request: Request, form: Form, wanted: Answers) -> dict[str, Any]:
    return {
        # The language of the answer is fixed here: sent again from the page in another
        # language, the same form must stay the same request.
        "hidden": list(wanted.hidden_besides(CHECK)),
        "rows": check_rows(wanted, services_of(request).lists),
        "remarks": story_remarks(form.answers),
        "consent_text": CONSENT_TEXT,
        "consent": form.pressed.consent,
    }


async def _send(request: Request, form: Form) -> Response:
    website, language = website_of(request), language_of(request)
    complete = form.answers.completed(answer_language(language))
    payload = build_payload(complete, consent_language(website.catalogues[language.tag]))
    key = idempotency_key(form.nonce, payload)
    code = None
    try:
        receipt = await services_of(request).referrals.submit(payload, key)
        if receipt.status == WITHDRAWN:
            # Sent again after it was taken back: with a new nonce it is a new request.
            return _page(request, replace(form, nonce=new_nonce()), Shown(CHECK), trouble=WITHDRAWN)
        code = CaseCode.read(receipt.code)
    except ReferralRefused as refusal:
        problems = _as_problems(refusal.errors)
        faulty = _screen_with(form.answers, problems)
        if faulty:
            return _page(request, form, Shown(faulty, problems))
        return _page(request, form, Shown(CHECK), status=503, trouble="refused")
    except ReferralUnavailable:
        pass
    if code is None:
        return _page(request, form, Shown(CHECK), status=503, trouble="unavailable")
    return _code_page(request, code, form.answers.mode, form.answers.one("ageBand"))


def _as_problems(errors: tuple[ApiError, ...]) -> tuple[Problem, ...]:
    """The API's errors at the questions they belong to; one that belongs to none is left out."""
    problems: list[Problem] = []
    for error in errors:
        parts = [part for part in error.pointer.split("/") if part]
        name = next(iter(parts), "")
        if name == "contact":
            name = _CONTACT_QUESTIONS.get(parts[-1], parts[-1])
        problems.append(Problem(name, _NOT_USABLE))
    return tuple(problems)


def _screen_with(answers: Answers, problems: tuple[Problem, ...]) -> str:
    """The first screen that asks one of the questions, or an empty text."""
    named = {problem.question for problem in problems}
    return next(
        (
            screen.name
            for screen in SCREENS[answers.kind]
            if named & {question.name for question in screen.questions}
        ),
        "",
    )


def _code_again(request: Request, posted: PostedForm) -> Response:
    """The code page once more: after typing the last four digits, or in another language."""
    code = CaseCode.read(posted.one("code"))
    if code is None:
        return render(request, "pages/refer_start.html", **_NOTHING_YET)
    typed = posted.one("lastFour") if posted.one("go") == "confirm" else ""
    result = "" if not typed else "right" if code.ends_with(typed) else "wrong"
    return _code_page(request, code, posted.one("mode"), posted.one("ageBand"), typed, result)


def _code_page(
    request: Request, code: CaseCode, mode: str, age: str, typed: str = "", result: str = ""
) -> Response:
    return render(
        request,
        "pages/refer_sent.html",
        code=code,
        mode=mode if mode == "consented" else "anonymous",
        age=age,
        typed=typed,
        result=result,
        help_lines=help_lines(website_of(request).directory, age),
    )
