"""The one list of languages: tag, own name, direction, switched on or prepared."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site; `tag` is the BCP 47 tag and the URL prefix."""

    tag: str
    own_name: str
    direction: Literal["ltr", "rtl"] = "ltr"


SOURCE = Language("nl", "Nederlands")
FALLBACK = Language("en", "English")

LANGUAGES: tuple[Language, ...] = (
    SOURCE,
    FALLBACK,
    Language("ar", "العربية", "rtl"),
)

BY_TAG = {language.tag: language for language in LANGUAGES}


def offered_to(accept_language: str) -> Language:
    """The live language a browser asks for first, or the source; only ever an offer."""
    wanted: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            wanted.append((float(weight or 1), tag.strip().lower()))
        except ValueError:
            continue
    for _, tag in sorted(wanted, key=lambda pair: -pair[0]):
        language = BY_TAG.get(tag) or BY_TAG.get(tag.split("-")[0])
        if language is not None:
            return language
    return SOURCE
