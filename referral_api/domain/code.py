"""The code: 16 digits that let a reporter come back, and the only thing that does."""

import hashlib
import hmac
import unicodedata
from typing import Final, final

DIGITS: Final = 16
_CODES: Final = 10**DIGITS
_CHUNK_BYTES: Final = 8
# The largest multiple of the number of codes below 2**64. A draw above it is thrown away:
# taking the remainder of every draw would make low codes more likely than high ones.
_UNBIASED_BELOW: Final = 2**64 - 2**64 % _CODES
# Spaces, hyphens, dots and the invisible marks that copying from a right-to-left page adds.
_PUNCTUATION_CATEGORIES: Final = frozenset({"Zs", "Zl", "Zp", "Pd", "Cf", "Cc"})
# Longer than any way to write 16 digits; keeps a megabyte of spaces from being read.
MOST_CHARACTERS: Final = 100


class NotACode(ValueError):
    """What was typed does not hold exactly 16 digits."""


@final
class ReferralCode:
    """A code; never a `str`, so that it cannot slip into a log, a URL or a message."""

    __slots__ = ("_digits",)

    def __init__(self, digits: str) -> None:
        if len(digits) != DIGITS or not (digits.isascii() and digits.isdecimal()):
            raise NotACode
        self._digits = digits

    @classmethod
    def parse(cls, typed: str) -> "ReferralCode":
        """Read a code in the digits of any script, with spaces, hyphens or dots between.

        Raises NotACode.
        """
        if len(typed) > MOST_CHARACTERS:
            raise NotACode
        digits: list[str] = []
        for character in typed:
            value = unicodedata.decimal(character, None)
            if value is not None:
                digits.append(str(value))
            elif character != "." and unicodedata.category(character) not in (
                _PUNCTUATION_CATEGORIES
            ):
                raise NotACode
        return cls("".join(digits))

    @classmethod
    def derive(cls, pepper: bytes, caller: str, nonce: str) -> "ReferralCode":
        """The code that belongs to one form: the same on every resend, stored nowhere.

        `caller` keeps two systems that choose the same nonce apart.
        """
        name = f"code\0{caller}\0{nonce}".encode()
        for counter in range(256):
            block = hmac.digest(pepper, name + bytes([counter]), hashlib.sha512)
            for start in range(0, len(block), _CHUNK_BYTES):
                draw = int.from_bytes(block[start : start + _CHUNK_BYTES])
                if draw < _UNBIASED_BELOW:
                    return cls(f"{draw % _CODES:0{DIGITS}d}")
        raise AssertionError("2048 draws in a row outside the range: not in this universe")

    def reveal(self) -> str:
        """The 16 ASCII digits, to show to the reporter or to derive keys from."""
        return self._digits

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ReferralCode) and hmac.compare_digest(self._digits, other._digits)

    def __hash__(self) -> int:
        return hash(self._digits)

    def __repr__(self) -> str:
        return "ReferralCode(…)"

    __str__ = __repr__

    def __format__(self, specification: str) -> str:
        return repr(self)
