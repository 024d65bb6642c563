"""The sixteen digits with which a reporter comes back; a type of its own, never shown in a log."""

from dataclasses import dataclass, field
from typing import Self

from help_site.visitor_text import digits_in

CODE_LENGTH = 16


@dataclass(frozen=True, slots=True)
class CaseCode:
    """Sixteen digits 0-9; hidden from every representation that could reach a log."""

    digits: str = field(repr=False)

    @classmethod
    def read(cls, typed: str) -> Self | None:
        """The code in what somebody typed: any script's digits, any signs between, or None."""
        digits = digits_in(typed)
        return cls(digits) if len(digits) == CODE_LENGTH else None

    @property
    def grouped(self) -> str:
        """The code as it is shown: 4-4-4-4, with spaces."""
        return " ".join(self.digits[start : start + 4] for start in range(0, CODE_LENGTH, 4))

    def ends_with(self, typed: str) -> bool:
        """Whether these are the last four digits, in any script."""
        return digits_in(typed) == self.digits[-4:]
