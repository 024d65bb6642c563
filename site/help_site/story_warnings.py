"""Finds what could identify somebody in a free text, only to tell the writer, never to block."""

import re
from typing import Literal

from help_site.visitor_text import with_plain_digits

Found = Literal["bsn", "email", "phone"]

_EMAIL = re.compile(r"[^\s@]+@[^\s@.]+\.[^\s@]+")
# A run of digits as people write numbers: with spaces, points, hyphens or brackets between.
_NUMBER = re.compile(r"(?<![\w+])[+(]?\d(?:[ .()/-]{0,2}\d)+(?!\w)")
_BSN_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def identifying_in(text: str) -> tuple[Found, ...]:
    """What the text seems to hold, each once, in a fixed order; in digits of any script."""
    plain = with_plain_digits(text)
    found: set[Found] = {"email"} if _EMAIL.search(plain) else set()
    for match in _NUMBER.finditer(plain):
        # Two numbers with only a space between look like one, so the parts count too.
        for written in (match[0], *match[0].split()):
            digits = re.sub(r"\D", "", written)
            if is_bsn(digits):
                found.add("bsn")
            elif _is_phone_number(written, digits):
                found.add("phone")
    order: tuple[Found, ...] = ("bsn", "email", "phone")
    return tuple(kind for kind in order if kind in found)


def is_bsn(digits: str) -> bool:
    """Whether nine digits (or eight, without the leading zero) pass the 11-test of a BSN."""
    if len(digits) not in (8, 9) or not int(digits):
        return False
    weighed = zip(_BSN_WEIGHTS, digits.zfill(9), strict=True)
    return sum(weight * int(digit) for weight, digit in weighed) % 11 == 0


def _is_phone_number(written: str, digits: str) -> bool:
    international = written.lstrip("(").startswith("+") or digits.startswith("00")
    return (international and 9 <= len(digits) <= 15) or (
        digits.startswith("0") and 9 <= len(digits) <= 11
    )
