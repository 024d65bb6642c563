"""Who calls, and what a caller may do: bearer tokens with scopes, as named dependencies."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from fastapi import Depends, Request

from referral_api.errors import NotAllowed, NotAuthenticated
from referral_api.receivers import Receivers
from referral_api.settings import Settings


class Scope(StrEnum):
    """What a token can be good for."""

    SUBMIT = "submit"
    CONVERSE = "converse"
    EXPLAIN = "explain"
    FETCH = "fetch"


@dataclass(frozen=True, slots=True)
class Caller:
    """A system that calls us; its name keeps its Idempotency-Keys apart from others'."""

    name: str
    scopes: frozenset[Scope]


class Callers:
    """The known tokens, kept as hashes so that comparing tells nothing about their length."""

    def __init__(self, by_token: dict[str, Caller]) -> None:
        self._by_hash = [(_hash(token), caller) for token, caller in by_token.items()]

    @classmethod
    def of(cls, settings: Settings, receivers: Receivers) -> "Callers":
        """The website, and every receiver's system; a receiver is called by its organisation.

        The website hands in for visitors and reads for whoever has a code. A receiver fetches
        what its own organisation is offered, and nothing else.
        """
        site = Caller("site", frozenset(Scope) - {Scope.FETCH})
        systems = {
            receiver.token.get_secret_value(): Caller(
                receiver.organisation, frozenset({Scope.FETCH})
            )
            for receiver in receivers
        }
        return cls({**systems, settings.site_token.get_secret_value(): site})

    def identify(self, authorization: str) -> Caller | None:
        """The caller of an Authorization header; every token is compared, in constant time."""
        scheme, _, token = authorization.partition(" ")
        given = _hash(token.strip())
        found = None
        for known, caller in self._by_hash:
            if hmac.compare_digest(known, given):
                found = caller
        return found if scheme.lower() == "bearer" else None


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogateescape")).digest()


def _require(scope: Scope) -> Callable[[Request], Caller]:
    def require(request: Request) -> Caller:
        callers: Callers = request.app.state.callers
        caller = callers.identify(request.headers.get("authorization", ""))
        if caller is None:
            raise NotAuthenticated
        if scope not in caller.scopes:
            raise NotAllowed
        return caller

    require.__name__ = f"may_{scope.value}"
    return require


def _anybody() -> None:
    """No token needed: the description of the API and the health of the process."""


may_submit = Depends(_require(Scope.SUBMIT))
may_converse = Depends(_require(Scope.CONVERSE))
may_explain = Depends(_require(Scope.EXPLAIN))
may_fetch = Depends(_require(Scope.FETCH))
anybody = Depends(_anybody)

# The named dependencies; a route with none of them fails a test.
GUARDS = frozenset(
    guard.dependency for guard in (may_submit, may_converse, may_explain, may_fetch, anybody)
)
