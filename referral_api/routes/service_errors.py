"""Which problem a caller sees for each error of a use case."""

from collections.abc import Mapping
from types import MappingProxyType

from fastapi import FastAPI, Request, Response
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from referral_api.errors import (
    AlreadyWithdrawn,
    ConversationFull,
    KeyUsedForOtherBody,
    NotFound,
    NotReady,
    OfferGone,
    Problem,
    TooBusy,
    UnknownCode,
    respond,
)
from referral_api.hashing_lane import LaneFull
from referral_api.services.conversation import ConversationIsFull, WithdrawnReferral
from referral_api.services.open_conversation import CodeNotKnown
from referral_api.services.read_offer import OfferNotFound, OfferWithdrawn
from referral_api.services.submit_referral import DifferentBody
from referral_api.services.workplace import DeskNotReady

_PROBLEMS: Mapping[type[Exception], type[Problem]] = MappingProxyType(
    {
        CodeNotKnown: UnknownCode,
        WithdrawnReferral: AlreadyWithdrawn,
        ConversationIsFull: ConversationFull,
        DifferentBody: KeyUsedForOtherBody,
        OfferNotFound: NotFound,
        OfferWithdrawn: OfferGone,
        LaneFull: TooBusy,
        DeskNotReady: NotReady,
        # The database is away or busy for longer than a writer waits.
        OperationalError: NotReady,
        PoolTimeout: NotReady,
    }
)


def install_service_errors(app: FastAPI, base_url: str) -> None:
    """Answer the errors of the use cases as problem documents."""

    async def answer(_request: Request, error: Exception) -> Response:
        for kind, problem in _PROBLEMS.items():
            if isinstance(error, kind):
                return respond(problem(), base_url)
        raise error

    for kind in _PROBLEMS:
        app.add_exception_handler(kind, answer)
