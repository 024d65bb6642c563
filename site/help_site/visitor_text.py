"""Makes what a visitor typed safe to keep and show, without changing what it says."""

import unicodedata

# Zero-width joiners shape letters in Persian, Kurdish and Hindi, and join emoji: they stay.
_JOINERS = frozenset("\u200c\u200d")
_UNREADABLE = "\ufffd"


def clean_text(text: str) -> str:
    """The text in NFC, with plain line ends, without NUL, control and direction-override signs.

    Direction overrides can make a text read differently from what it is (Unicode TR 36).
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(sign for sign in plain if sign == "\n" or _is_harmless(sign))
    return unicodedata.normalize("NFC", kept).strip()


def clean_line(text: str) -> str:
    """As `clean_text`, on one line."""
    return " ".join(clean_text(text).split())


def digits_in(text: str) -> str:
    """The digits of a text, of any script, as 0-9; everything else is left out."""
    return "".join(
        str(unicodedata.decimal(sign)) for sign in text if unicodedata.category(sign) == "Nd"
    )


def with_plain_digits(text: str) -> str:
    """The text with the digits of every script written as 0-9, letter for letter."""
    return "".join(
        str(unicodedata.decimal(sign)) if unicodedata.category(sign) == "Nd" else sign
        for sign in text
    )


def holds_unreadable_signs(text: str) -> bool:
    """Whether bytes arrived that were no UTF-8, so that some letters are gone."""
    return _UNREADABLE in text


def signs_in(text: str) -> int:
    """How many letters and digits of any script a text holds; emoji do not count."""
    return sum(sign.isalnum() for sign in text)


def _is_harmless(sign: str) -> bool:
    category = unicodedata.category(sign)
    return sign in _JOINERS or category not in ("Cc", "Cf", "Cs")
