"""The coded answers of a referral that routing may look at; never a name, a place or a story."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import cast

CHILD_BANDS = frozenset({"0-8", "9-17"})


@dataclass(frozen=True, slots=True)
class Facts:
    """What routing knows of a referral; an unanswered question is `unknown`, `unsure` or `no`.

    Values are the codes of the referral schema (see code_lists).
    """

    kind: str = "own"
    mode: str = "anonymous"
    safe_now: str = "unsure"
    needs: frozenset[str] = frozenset()
    exploitation: frozenset[str] = frozenset({"unknown"})
    still_in_situation: str = "unsure"
    age_band: str = "unknown"
    residence: str = "unknown"
    region: str = "unknown"
    language: str = "nl"
    police: str = "no"

    @property
    def child(self) -> str:
        """`yes`, `no` or `unknown`; unknown is treated as a child (CoE Convention art. 10(3))."""
        if self.age_band == "unknown":
            return "unknown"
        return "yes" if self.age_band in CHILD_BANDS else "no"

    def values(self, field: str) -> frozenset[str]:
        """The codes a rule condition compares with; `field` is the name on the wire."""
        if field == "child":
            return frozenset({self.child})
        value: str | frozenset[str] = getattr(self, FACT_FIELDS[field])
        return frozenset({value}) if isinstance(value, str) else value


class FactsError(ValueError):
    """Coded facts hold a key or a value that routing cannot read."""


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


# Name on the wire -> attribute.
FACT_FIELDS: Mapping[str, str] = MappingProxyType(
    {_camel(field.name): field.name for field in fields(Facts)}
)
_SEVERAL = frozenset({"needs", "exploitation"})


def facts_from_wire(coded: Mapping[str, object]) -> Facts:
    """Facts from camelCase coded fields, as a referral or an example holds them.

    Raises FactsError for a key routing does not know or a value of the wrong shape; whether a
    code exists is the caller's to check.
    """
    chosen: dict[str, object] = {}
    for key, value in coded.items():
        if key not in FACT_FIELDS:
            message = f"'{key}' is not a fact that routing knows"
            raise FactsError(message)
        if value is not None:
            chosen[FACT_FIELDS[key]] = _several(key, value) if key in _SEVERAL else _one(key, value)
    return replace(Facts(), **chosen)


def _one(key: str, value: object) -> str:
    if not isinstance(value, str):
        message = f"'{key}' takes one code"
        raise FactsError(message)
    return value


def _several(key: str, value: object) -> frozenset[str]:
    if isinstance(value, str) or not isinstance(value, Iterable):
        message = f"'{key}' takes a list of codes"
        raise FactsError(message)
    return frozenset(_one(key, item) for item in cast("Iterable[object]", value))
