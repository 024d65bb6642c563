"""Sees words of danger or of wanting to die, in every language at once, without the bot."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

Danger = Literal["danger", "suicidal"]

# Dropped without leaving a gap: "can't" and "cant" are the same word to a frightened thumb.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʼ"))
# Letters that people write either way, and that have no accent to take off.
_SAME_LETTER = str.maketrans({"ى": "ي", "ة": "ه", "\u0640": "", "đ": "d", "ł": "l", "ı": "i"})
# Arabic writes "and", "so", "the", "by", "to" onto the word that follows.
_ARABIC_PREFIXES = "(?:[وف]?(?:ال|بال|لل|[بلكس])?)"
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


class DangerListError(ValueError):
    """A list of danger words that cannot be used: the message names the file."""


class _Stems(BaseModel):
    model_config = ConfigDict(extra="ignore")

    danger: list[str]
    suicidal: list[str]


@dataclass(frozen=True, slots=True)
class DangerWords:
    """One pattern for each kind of danger, over the stems of all languages together.

    A person may write in another language than the page has, so every list is always used.
    """

    danger: re.Pattern[str]
    suicidal: re.Pattern[str]

    def seen_in(self, text: str) -> Danger | None:
        """What to ask about. Somebody who wants to die is asked that, whatever else is said."""
        folded = f" {folded_text(text)}"
        if self.suicidal.search(folded):
            return "suicidal"
        return "danger" if self.danger.search(folded) else None


def load_danger_words(folder: Path) -> DangerWords:
    """Reads `<lang>.yaml` of every language in the folder. Raises DangerListError."""
    lists: list[_Stems] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            lists.append(_Stems.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))))
        except (ValidationError, yaml.YAMLError) as error:
            message = f"{path.name} is no list of danger words"
            raise DangerListError(message) from error
    return DangerWords(
        compiled_stems(stem for each in lists for stem in each.danger),
        compiled_stems(stem for each in lists for stem in each.suicidal),
    )


def compiled_stems(stems: Iterable[str]) -> re.Pattern[str]:
    """A pattern for texts that are folded and begin with a space; without stems it never fits."""
    folded = sorted({folded_text(stem) for stem in stems} - {""}, key=len, reverse=True)
    return re.compile("|".join(map(_pattern, folded)) or "(?!)")


def folded_text(text: str) -> str:
    """Lower case, without accents and apostrophes; every other sign is one space."""
    parts = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES)).casefold()
    letters = "".join(sign for sign in parts if not unicodedata.combining(sign))
    words = (sign if sign.isalnum() else " " for sign in letters.translate(_SAME_LETTER))
    return " ".join("".join(words).split())


def _pattern(stem: str) -> str:
    escaped = re.escape(stem)
    if _WITHOUT_SPACES.search(stem):
        return escaped
    prefix = _ARABIC_PREFIXES if _ARABIC.search(stem) else ""
    return f" {prefix}{escaped}"
