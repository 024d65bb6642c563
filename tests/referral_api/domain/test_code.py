"""The code: sixteen digits, even chances, read in every script, never shown by accident."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from referral_api.domain.code import NotACode, ReferralCode

PEPPER = b"pepper"
DIGITS = st.text("0123456789", min_size=16, max_size=16)


def test_a_form_gives_the_same_code_every_time() -> None:
    codes = {ReferralCode.derive(PEPPER, "site", "nonce").reveal() for _ in range(3)}

    assert len(codes) == 1


def test_another_form_caller_or_pepper_gives_another_code() -> None:
    codes = {
        ReferralCode.derive(PEPPER, "site", "nonce").reveal(),
        ReferralCode.derive(PEPPER, "site", "nonce2").reveal(),
        ReferralCode.derive(PEPPER, "other", "nonce").reveal(),
        ReferralCode.derive(b"other", "site", "nonce").reveal(),
        ReferralCode.derive(PEPPER, "site\0nonce", "").reveal(),
    }

    assert len(codes) == 5


def test_every_digit_is_as_likely_at_every_place() -> None:
    codes = [ReferralCode.derive(PEPPER, "site", str(n)).reveal() for n in range(20_000)]

    for place in range(16):
        counts = Counter(code[place] for code in codes)
        # Chi-square with 9 degrees of freedom; 50 would come once in ten million draws.
        assert sum((counts[digit] - 2000) ** 2 / 2000 for digit in "0123456789") < 50


@given(DIGITS)
def test_what_is_shown_can_be_typed_back_in_every_script(digits: str) -> None:
    zeros = (0x0030, 0x0660, 0x06F0, 0x0966, 0x1040, 0x17E0, 0xFF10, 0x1D7CE)
    for zero in zeros:
        typed = "".join(chr(zero + int(digit)) for digit in digits)
        spaced = " ".join(typed[start : start + 4] for start in range(0, 16, 4))

        assert ReferralCode.parse(typed).reveal() == digits
        assert ReferralCode.parse(f"\u2067{spaced}\u2069\n").reveal() == digits


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "123456789012345",
        "12345678901234567",
        "123456789012345a",
        "1234567890123456 ext 1",
        "\u00bd" * 16,
        "\u2460" * 16,
        "1" + " " * 1000 + "234567890123456",
        "-1234567890123456e0",
    ],
)
def test_anything_else_is_no_code(typed: str) -> None:
    with pytest.raises(NotACode):
        ReferralCode.parse(typed)


@given(st.text())
def test_no_text_breaks_the_reading(typed: str) -> None:
    try:
        code = ReferralCode.parse(typed)
    except NotACode:
        return
    assert len(code.reveal()) == 16


def test_a_code_never_shows_itself() -> None:
    code = ReferralCode("1234567890123456")

    assert "1234" not in f"{code}{code!r}{code!s}{code:>20}" + str([code]) + str({code: code})
    assert code == ReferralCode.parse("1234 5678 9012 3456")
    assert code != "1234567890123456"
