"""Who may come in: the session cookie, and the proof that a form is one of ours."""

import hmac
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import Depends, Request, Response

from referral_api.desk.desk import Desk, desk_of
from referral_api.desk.sessions import DeskSession

LARGEST_FORM_BYTES = 64 * 1024
MOST_FIELDS = 20


class NotSignedIn(Exception):
    """No session, or one that is over; `kept_text` is what somebody had typed."""

    def __init__(self, kept_text: str = "") -> None:
        super().__init__()
        self.kept_text = kept_text


class StrangeForm(Exception):
    """The form did not come from a page of this session."""

    def __init__(self, kept_text: str = "") -> None:
        super().__init__()
        self.kept_text = kept_text


class FormTooLarge(Exception):
    """More than any form of ours can hold."""


def cookie_name(desk: Desk) -> str:
    """With https the browser itself refuses a cookie that is not bound to this host."""
    return "__Host-desk" if desk.settings.is_https else "desk"


def set_cookie(desk: Desk, response: Response, token: str) -> None:
    """Hand over the session token; it dies with the browser window."""
    response.set_cookie(
        cookie_name(desk),
        token,
        path="/",
        secure=desk.settings.is_https,
        httponly=True,
        samesite="strict",
    )


def drop_cookie(desk: Desk, response: Response) -> None:
    """Take the session token back."""
    response.delete_cookie(
        cookie_name(desk),
        path="/",
        secure=desk.settings.is_https,
        httponly=True,
        samesite="strict",
    )


def session_of(request: Request) -> DeskSession | None:
    """The session of this request, if there is one."""
    desk = desk_of(request)
    token = request.cookies.get(cookie_name(desk))
    return desk.sessions.find(token) if token else None


def _anybody() -> None:
    """No session needed: the sign-in page, the style sheet, the health of the process."""


def _signed_in(request: Request) -> DeskSession:
    session = session_of(request)
    if session is None:
        raise NotSignedIn
    return session


async def _own_form(request: Request) -> dict[str, str]:
    """The fields of a form that one of our own pages sent, checked by origin and token."""
    fields = await read_fields(request)
    kept_text = fields.get("text", "")
    if not _is_own_origin(request):
        raise StrangeForm(kept_text)
    session = session_of(request)
    if session is None:
        raise NotSignedIn(kept_text)
    given = fields.pop("csrf", "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(given, session.csrf_token.encode()):
        raise StrangeForm(kept_text)
    return fields


async def _sign_in_form(request: Request) -> dict[str, str]:
    """The fields of the sign-in form; there is no session yet, so only the origin is checked."""
    fields = await read_fields(request)
    if not _is_own_origin(request):
        raise StrangeForm
    return fields


async def read_fields(request: Request) -> dict[str, str]:
    """The fields of a form, each once. Raises FormTooLarge."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM_BYTES:
            raise FormTooLarge
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
    except ValueError:
        raise FormTooLarge from None
    return dict(pairs)


def _is_own_origin(request: Request) -> bool:
    """Browsers name the page a form comes from; a form without that name is not taken."""
    origin = request.headers.get("origin", "")
    settings = desk_of(request).settings
    if settings.is_production:
        return origin == settings.desk_url
    host = request.headers.get("host", "")
    return host != "" and origin in {f"http://{host}", f"https://{host}"}


anybody = Depends(_anybody)
signed_in = Depends(_signed_in)
own_form = Depends(_own_form)
sign_in_form = Depends(_sign_in_form)

Member = Annotated[DeskSession, signed_in]
OwnForm = Annotated[dict[str, str], own_form]
SignInForm = Annotated[dict[str, str], sign_in_form]

# Routes that need no session; every other one asks `signed_in`.
OPEN_GUARDS = frozenset({_anybody, _sign_in_form})
MEMBER_GUARD = _signed_in
FORM_GUARD = _own_form
