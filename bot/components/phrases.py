"""Short fixed phrases of each language that answer a question: yes, no, skip, done, stop."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml

from components.folding import folded

SECOND_LANGUAGES = ("en", "nl")  # a word in English or Dutch is understood on every page


class Phrases:
    """A message that is exactly such a phrase means it; the rest is for the classifier."""

    def __init__(self, lists: Mapping[str, Mapping[str, list[str]]]) -> None:
        self._meanings = {
            language: {
                folded(phrase): name for name, phrases in named.items() for phrase in phrases
            }
            for language, named in lists.items()
        }

    @classmethod
    def load(cls, folder: Path) -> Phrases:
        """One file per language: phrases for each of yes, no, unsure, skip, done, stop."""
        return cls(
            {
                path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
                for path in sorted(folder.glob("*.yml"))
            }
        )

    def meaning(self, text: str, language: str) -> str | None:
        """The name of the list the whole text is in; the language of the page comes first."""
        phrase = folded(text)
        for candidate in dict.fromkeys((language, *SECOND_LANGUAGES)):
            if name := self._meanings.get(candidate, {}).get(phrase):
                return name
        return None
