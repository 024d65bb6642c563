"""Folds letters for n-grams and phrase lists: lower case, no accents, one form per letter.

Never used before the embedding, to which Vietnamese without its accents is another language.
"""

from __future__ import annotations

import re
import unicodedata

_SAME_LETTER = str.maketrans({"ى": "ي", "ة": "ه", "ـ": "", "đ": "d", "ł": "l", "ß": "ss", "ı": "i"})
_NOT_WORD = re.compile(r"[\W_]+")
MAX_CHARACTERS = 400


def folded(text: str) -> str:
    """Words in lower case without accents, vowel marks or punctuation, one space between them."""
    parts = unicodedata.normalize("NFKD", text[: 4 * MAX_CHARACTERS]).casefold()
    letters = "".join(mark for mark in parts if not unicodedata.combining(mark))
    return _NOT_WORD.sub(" ", letters.translate(_SAME_LETTER)).strip()[:MAX_CHARACTERS]


def letter_count(text: str) -> int:
    """Letters and digits of any script; emoji and punctuation do not count."""
    return sum(mark.isalnum() for mark in text)
