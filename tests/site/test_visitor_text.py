"""What a visitor types is kept whole and harmless, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from help_site.visitor_text import (
    clean_line,
    clean_text,
    digits_in,
    holds_unreadable_signs,
    signs_in,
    with_plain_digits,
)


def test_nul_control_signs_and_direction_overrides_are_taken_out() -> None:
    assert clean_text("a\x00b\u202ec\u2066d\u200fe\x1bf\ufeffg") == "abcdefg"


def test_line_ends_of_every_kind_become_one_kind() -> None:
    assert clean_text("een\r\ntwee\rdrie\nvier") == "een\ntwee\ndrie\nvier"


def test_text_is_composed_so_that_the_same_word_is_the_same_text() -> None:
    assert clean_text("cafe\u0301") == "caf\u00e9"


def test_joiners_that_shape_persian_letters_stay() -> None:
    assert clean_text("می\u200cخواهم") == "می\u200cخواهم"


def test_a_line_has_no_line_ends() -> None:
    assert clean_line(" na\r\n18.00\t uur ") == "na 18.00 uur"


@pytest.mark.parametrize("typed", ["٠١٢٣", "०१२३", "۰۱۲۳", "0123", "0 1-2.3"])
def test_digits_of_every_script_are_read(typed: str) -> None:
    assert digits_in(typed) == "0123"


def test_only_digits_change_when_they_are_written_plainly() -> None:
    assert with_plain_digits("بعد ١٨:٣٠") == "بعد 18:30"


@pytest.mark.parametrize(("typed", "count"), [("🙂🙂", 0), ("?", 0), ("是", 1), ("17", 2), ("", 0)])
def test_emoji_are_no_signs_that_can_be_understood(typed: str, count: int) -> None:
    assert signs_in(typed) == count


def test_lost_bytes_are_noticed() -> None:
    assert holds_unreadable_signs("caf\ufffd")
    assert not holds_unreadable_signs("café")


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean_text(text)

    assert clean_text(once) == once
