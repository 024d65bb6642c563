"""Kinds of text and codes that requests are made of, each with its Dutch description."""

import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from referral_api.domain.code_lists import Coded

LONGEST_STORY = 1000
LONGEST_MESSAGE = 2000
# Something to read: neither only spaces nor only control characters.
READABLE = r"[^\s\x00-\x1f\x7f-\x9f]"

_KEPT_CONTROLS = frozenset("\n\t")


def clean(value: Any) -> Any:
    """A text without control characters and edge spaces; anything else is left to the checks.

    Control characters mean nothing to a reader and break terminals, files and PostgreSQL; marks
    for reading direction are kept, Arabic needs them.
    """
    if not isinstance(value, str):
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        character
        for character in lines
        if character in _KEPT_CONTROLS or unicodedata.category(character) != "Cc"
    ).strip()


def clean_line(value: Any) -> Any:
    """A cleaned text on one line."""
    cleaned = clean(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


def clean_or_nothing(value: Any) -> Any:
    """A cleaned text; an empty one means that nothing was written."""
    cleaned = clean(value)
    return None if cleaned == "" else cleaned


def labels(codes: type[Coded]) -> str:
    """The codes of a list with their Dutch labels, for a description."""
    return "; ".join(f"`{code.value}`: {code.nl}" for code in codes)


LanguageTag = Annotated[
    str,
    Field(
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$",
        max_length=12,
        description="Taal als ISO 639-code, zo nodig met een schrift of land.",
        examples=["ar", "nl", "ti"],
    ),
]
OrganisationId = Annotated[
    str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$", description="Id van een organisatie.")
]
Line = Annotated[
    str, Field(min_length=1, max_length=100, pattern=READABLE), BeforeValidator(clean_line)
]
MessageText = Annotated[
    str,
    Field(
        min_length=1,
        max_length=LONGEST_MESSAGE,
        pattern=READABLE,
        description="Het bericht, ten hoogste 2000 tekens.",
    ),
    BeforeValidator(clean),
]
