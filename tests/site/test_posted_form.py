"""Whatever bytes a browser sends, a form comes out, or a kind refusal."""

import pytest

from help_site.posted_form import MOST_FIELDS, FormTooLarge, parse_posted_form


def test_every_value_of_a_name_is_kept_in_order() -> None:
    form = parse_posted_form(b"needs=shelter&needs=money&story=")

    assert form.many("needs") == ("shelter", "money")
    assert form.one("story") == ""
    assert form.many("absent") == ()


def test_values_are_cleaned() -> None:
    assert parse_posted_form(b"story=a%00b%E2%80%AEc%0D%0Ad").one("story") == "abc\nd"


@pytest.mark.parametrize("body", [b"story=caf%E9", b"story=caf\xe9", b"story=caf%ED%A0%80"])
def test_bytes_that_are_no_utf8_become_a_visible_sign(body: bytes) -> None:
    assert parse_posted_form(body).one("story").startswith("caf\ufffd")


def test_utf8_that_was_not_escaped_is_read_as_well() -> None:
    assert parse_posted_form("story=café".encode()).one("story") == "café"


def test_far_too_many_fields_are_refused() -> None:
    with pytest.raises(FormTooLarge):
        parse_posted_form(b"&".join([b"a=1"] * (MOST_FIELDS + 1)))
