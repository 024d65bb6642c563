"""What can be wrong with one translation, besides its words."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Message

from help_site.page_text import PageTextError, check_inline, link_targets

_PLACEHOLDER = re.compile(r"%\(\w+\)s")
# A thousand is 1.000, 1,000 or 1000, depending on the language.
_NUMBER = re.compile(r"\d+(?:[.,]\d{3})+|\d{3,}")


def problems_of(message: Message) -> Iterator[str]:
    """A few words for each thing that would break or mislead when this translation is shown."""
    source = message.id if isinstance(message.id, str) else message.id[-1]
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    for string in strings:
        if string and not message.fuzzy:
            yield from _problems_between(source, string)


def _problems_between(source: str, translation: str) -> Iterator[str]:
    if set(_PLACEHOLDER.findall(source)) != set(_PLACEHOLDER.findall(translation)):
        yield "other placeholders"
    if link_targets(source) != link_targets(translation):
        yield "other links"
    try:
        check_inline(translation)
    except PageTextError as error:
        yield str(error)
    if _numbers(source) != _numbers(translation):
        yield "other numbers"


def _numbers(text: str) -> list[str]:
    return sorted(re.sub(r"[.,]", "", number) for number in _NUMBER.findall(text))
