"""Every error as a page in plain words; what somebody typed stays on it."""

from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from referral_api.desk.guards import FormTooLarge, NotSignedIn, StrangeForm
from referral_api.desk.rendering import render
from referral_api.services.read_referrals import ReferralNotVisible

NOT_FOUND = "not_found"
STRANGE_FORM = "strange_form"
TOO_LARGE = "too_large"
AWAY = "away"
UNEXPECTED = "unexpected"


async def _ask_to_sign_in(request: Request, error: Exception) -> Response:
    kept_text = error.kept_text if isinstance(error, NotSignedIn) else ""
    if request.method == "GET":
        return RedirectResponse(f"/sign-in?then={quote(request.url.path)}", status_code=303)
    return render(
        request,
        "pages/sign_in.html",
        401,
        then="/",
        username="",
        problem="over",
        seconds=0,
        kept_text=kept_text,
    )


async def _strange_form(request: Request, error: Exception) -> Response:
    kept_text = error.kept_text if isinstance(error, StrangeForm) else ""
    return _page(request, 403, STRANGE_FORM, kept_text)


async def _too_large(request: Request, _error: Exception) -> Response:
    return _page(request, 413, TOO_LARGE)


async def _not_found(request: Request, _error: Exception) -> Response:
    return _page(request, 404, NOT_FOUND)


async def _away(request: Request, _error: Exception) -> Response:
    return _page(request, 503, AWAY)


async def _framework(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 400
    return _page(request, status, NOT_FOUND if status in {404, 405} else UNEXPECTED)


def _page(request: Request, status: int, kind: str, kept_text: str = "") -> Response:
    return render(request, "pages/error.html", status, kind=kind, kept_text=kept_text)


def install_error_pages(app: FastAPI) -> None:
    """Answer every error with a page."""
    app.add_exception_handler(NotSignedIn, _ask_to_sign_in)
    app.add_exception_handler(StrangeForm, _strange_form)
    app.add_exception_handler(FormTooLarge, _too_large)
    app.add_exception_handler(ReferralNotVisible, _not_found)
    app.add_exception_handler(OperationalError, _away)
    app.add_exception_handler(PoolTimeout, _away)
    app.add_exception_handler(HTTPException, _framework)
    app.add_exception_handler(RequestValidationError, _framework)
