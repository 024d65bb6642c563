"""Marks a word for translators where it is written down, to be translated where it is shown."""

from collections.abc import Callable
from typing import Protocol

# Babel's extractor knows this name; at run time it gives the Dutch source text back.
N_: Callable[[str], str] = str


class Translate(Protocol):
    """Gives the interface word of the reader's language for a Dutch source text."""

    def __call__(self, source_text: str, /) -> str: ...
