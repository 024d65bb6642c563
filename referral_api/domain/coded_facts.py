"""The facts a routing rule may name, by their name on the wire, and how to read and check them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, cast

from referral_api.domain.code_lists import (
    AgeBand,
    Answer,
    Child,
    Coded,
    Kind,
    Mode,
    Need,
    Police,
    Residence,
)
from referral_api.domain.htcds import Exploitation
from referral_api.domain.referral import Facts

# A question that was skipped counts as this answer.
_NOT_ANSWERED = Answer.UNSURE


class FactsError(ValueError):
    """Coded facts hold a key or a code that the referral schema does not know."""


_READERS: Mapping[str, Callable[[Facts], Iterable[str]]] = MappingProxyType(
    {
        "kind": lambda facts: (facts.kind,),
        "mode": lambda facts: (facts.mode,),
        "safeNow": lambda facts: (facts.safe_now or _NOT_ANSWERED,),
        "needs": lambda facts: facts.needs,
        "exploitation": lambda facts: facts.exploitation or (Exploitation.UNKNOWN,),
        "stillInSituation": lambda facts: (facts.still_in_situation or _NOT_ANSWERED,),
        "ageBand": lambda facts: (facts.age_band,),
        "child": lambda facts: (facts.child,),
        "residence": lambda facts: (facts.residence,),
        "region": lambda facts: (facts.region,),
        "language": lambda facts: (facts.language,),
        "police": lambda facts: (facts.police,),
    }
)

_LISTS: Mapping[str, type[Coded]] = MappingProxyType(
    {
        "kind": Kind,
        "mode": Mode,
        "safeNow": Answer,
        "needs": Need,
        "exploitation": Exploitation,
        "stillInSituation": Answer,
        "ageBand": AgeBand,
        "child": Child,
        "residence": Residence,
        "police": Police,
    }
)

_ATTRIBUTES = MappingProxyType(
    {
        "kind": "kind",
        "mode": "mode",
        "safeNow": "safe_now",
        "needs": "needs",
        "exploitation": "exploitation",
        "stillInSituation": "still_in_situation",
        "ageBand": "age_band",
        "residence": "residence",
        "region": "region",
        "language": "language",
        "police": "police",
    }
)
_SEVERAL = frozenset({"needs", "exploitation"})


def codes_of(facts: Facts, field: str) -> frozenset[str]:
    """The codes a referral holds for one field, as a rule's condition compares them."""
    return frozenset(str(code) for code in _READERS[field](facts))


def check_codes(field: str, codes: Iterable[str]) -> None:
    """Raise FactsError when routing does not know the field or one of its codes."""
    if field not in _READERS:
        message = f"'{field}' is not a fact that routing knows"
        raise FactsError(message)
    for code in codes:
        _code(field, code)


def facts_from_codes(coded: Mapping[str, object]) -> Facts:
    """Facts from camelCase coded fields, as an example or a file for `route --explain` holds them.

    What is left out counts as not answered. Raises FactsError.
    """
    chosen: dict[str, Any] = {}
    for field, value in coded.items():
        if field not in _ATTRIBUTES:
            message = f"'{field}' is not a fact that can be given"
            raise FactsError(message)
        if value is not None:
            chosen[_ATTRIBUTES[field]] = _read(field, value)
    return replace(Facts(Kind.OWN, Mode.ANONYMOUS, needs=(), language="nl"), **chosen)


def _read(field: str, value: object) -> str | tuple[str, ...]:
    if field not in _SEVERAL:
        return _code(field, value)
    if isinstance(value, str) or not isinstance(value, Iterable):
        message = f"'{field}' takes a list of codes"
        raise FactsError(message)
    return tuple(_code(field, item) for item in cast("Iterable[object]", value))


def _code(field: str, value: object) -> str:
    if not isinstance(value, str):
        message = f"'{field}' takes a code, not {value!r}"
        raise FactsError(message)
    codes = _LISTS.get(field)
    if codes is None:
        return value
    for known in codes:
        if known.value == value:
            return known
    message = f"'{value}' is not a code of '{field}'"
    raise FactsError(message)
