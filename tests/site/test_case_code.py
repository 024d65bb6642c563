"""The sixteen digits of a reporter."""

import pytest

from help_site.case_code import CaseCode


@pytest.mark.parametrize(
    "typed",
    [
        "1234567890123456",
        "1234 5678 9012 3456",
        "1234-5678-9012-3456",
        "١٢٣٤ ٥٦٧٨ ٩٠١٢ ٣٤٥٦",
        "\u202e1234\x00 5678 9012 3456",
    ],
)
def test_a_code_is_read_in_any_script_and_with_any_signs_between(typed: str) -> None:
    code = CaseCode.read(typed)

    assert code is not None
    assert code.grouped == "1234 5678 9012 3456"


@pytest.mark.parametrize("typed", ["", "123", "12345678901234567", "abc"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert CaseCode.read(typed) is None


def test_the_last_four_digits_can_be_checked_in_any_script() -> None:
    code = CaseCode("1234567890123456")

    assert code.ends_with("٣٤٥٦")
    assert code.ends_with(" 3456 ")
    assert not code.ends_with("3457")
    assert not code.ends_with("")


def test_a_code_never_shows_in_a_representation() -> None:
    assert "1234" not in repr(CaseCode("1234567890123456"))
