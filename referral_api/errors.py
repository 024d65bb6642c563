"""Every error a caller can meet, and how it becomes application/problem+json (RFC 9457)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one field: where (a JSON pointer), a code, and a Dutch sentence."""

    pointer: str
    code: str
    detail: str


class Problem(Exception):
    """An error with a status; each subclass is one problem type with a page of its own."""

    status: ClassVar[int]
    slug: ClassVar[str]
    title: ClassVar[str]
    detail: ClassVar[str]
    headers: ClassVar[dict[str, str]] = {}

    def __init__(self, errors: Sequence[FieldError] = ()) -> None:
        super().__init__(self.slug)
        self.errors = tuple(errors)


class InvalidRequest(Problem):
    """The request does not follow the description; all errors are listed at once."""

    status = 400
    slug = "invalid-request"
    title = "Het verzoek klopt niet"
    detail = "Een of meer velden kloppen niet. Alle fouten staan in `errors`."


class NotAuthenticated(Problem):
    """No token, or one that we do not know."""

    status = 401
    slug = "not-authenticated"
    title = "Niet aangemeld"
    detail = "Stuur een geldig token mee: `Authorization: Bearer …`."
    headers: ClassVar[dict[str, str]] = {"WWW-Authenticate": "Bearer"}


class NotAllowed(Problem):
    """A known caller that may not do this."""

    status = 403
    slug = "not-allowed"
    title = "Niet toegestaan"
    detail = "Dit token mag deze handeling niet doen."


class NotFound(Problem):
    """There is nothing at this address."""

    status = 404
    slug = "not-found"
    title = "Niet gevonden"
    detail = "Op dit adres staat niets."


class UnknownCode(Problem):
    """No referral belongs to this code."""

    status = 404
    slug = "unknown-code"
    title = "Deze code kennen we niet"
    detail = "Controleer de 16 cijfers. Misschien is één cijfer anders."


class MethodNotAllowed(Problem):
    """The address exists, the method does not."""

    status = 405
    slug = "method-not-allowed"
    title = "Deze methode bestaat hier niet"
    detail = "Kijk in de header `Allow` welke methoden wel bestaan."


class AlreadyWithdrawn(Problem):
    """The referral was withdrawn: its keys are destroyed, nothing can be added."""

    status = 409
    slug = "already-withdrawn"
    title = "De hulpvraag is ingetrokken"
    detail = "Er kan niets meer bij. Een nieuwe hulpvraag kan altijd."


class ConversationFull(Problem):
    """The conversation holds as many messages as it can."""

    status = 409
    slug = "conversation-full"
    title = "Het gesprek is vol"
    detail = "Er kunnen geen berichten meer bij. Een nieuwe hulpvraag kan altijd."


class OfferGone(Problem):
    """The person took the referral back after it was offered."""

    status = 410
    slug = "offer-withdrawn"
    title = "De hulpvraag is ingetrokken"
    detail = "Wis wat u van deze hulpvraag hebt. Er valt niets meer op te halen."


class BodyTooLarge(Problem):
    """The body is larger than any real referral."""

    status = 413
    slug = "body-too-large"
    title = "Het bericht is te groot"
    detail = "Een verzoek mag niet groter zijn dan 64 KB."


class WrongMediaType(Problem):
    """The body is not JSON in UTF-8."""

    status = 415
    slug = "wrong-media-type"
    title = "Verkeerd soort inhoud"
    detail = "Stuur JSON in UTF-8: `Content-Type: application/json`."


class KeyUsedForOtherBody(Problem):
    """The Idempotency-Key was used before, for something else."""

    status = 422
    slug = "key-used-for-other-body"
    title = "Deze Idempotency-Key hoort bij een ander verzoek"
    detail = "Gebruik een nieuwe sleutel voor een nieuw of veranderd verzoek."


class TooBusy(Problem):
    """Too many look-ups wait already; this one cost nothing and may be tried again."""

    status = 503
    slug = "too-busy"
    title = "Het is nu te druk"
    detail = "Probeer het over een minuut opnieuw. Er is niets verloren."
    headers: ClassVar[dict[str, str]] = {"Retry-After": "60"}


class NotReady(Problem):
    """The store or the desk's key is not in place yet."""

    status = 503
    slug = "not-ready"
    title = "De dienst is nog niet klaar"
    detail = "Probeer het over een minuut opnieuw. Er is niets verloren."
    headers: ClassVar[dict[str, str]] = {"Retry-After": "60"}


class Unexpected(Problem):
    """Something went wrong on our side; no detail leaves the machine."""

    status = 500
    slug = "unexpected"
    title = "Er ging iets mis bij ons"
    detail = "Stuur hetzelfde verzoek opnieuw, met dezelfde Idempotency-Key."


PROBLEMS: tuple[type[Problem], ...] = (
    InvalidRequest,
    NotAuthenticated,
    NotAllowed,
    NotFound,
    UnknownCode,
    MethodNotAllowed,
    AlreadyWithdrawn,
    ConversationFull,
    OfferGone,
    BodyTooLarge,
    WrongMediaType,
    KeyUsedForOtherBody,
    TooBusy,
    NotReady,
    Unexpected,
)
BY_SLUG = {problem.slug: problem for problem in PROBLEMS}
_BY_STATUS: dict[int, type[Problem]] = {404: NotFound, 405: MethodNotAllowed}


def describe(problem: Problem, base_url: str) -> dict[str, Any]:
    """The problem as a JSON document; `base_url` is the API's own address."""
    return {
        "type": f"{base_url}/problems/{problem.slug}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "errors": [
            {"pointer": error.pointer, "code": error.code, "detail": error.detail}
            for error in problem.errors
        ],
    }


def respond(problem: Problem, base_url: str) -> JSONResponse:
    """The answer for a problem."""
    return JSONResponse(
        describe(problem, base_url),
        status_code=problem.status,
        headers=problem.headers,
        media_type=MEDIA_TYPE,
    )


def install_error_answers(app: FastAPI, base_url: str) -> None:
    """Answer every problem, and every error of the framework, as a problem document."""

    async def answer_problem(_request: Request, error: Exception) -> Response:
        assert isinstance(error, Problem)  # noqa: S101 - registered for this class only
        return respond(error, base_url)

    async def answer_http_error(_request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class only
        answer = respond(_BY_STATUS.get(error.status_code, InvalidRequest)(), base_url)
        answer.headers.update(error.headers or {})
        return answer

    app.add_exception_handler(Problem, answer_problem)
    app.add_exception_handler(HTTPException, answer_http_error)
