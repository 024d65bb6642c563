"""A free text that seems to identify somebody gets a remark, and is never blocked."""

import pytest

from help_site.story_warnings import identifying_in, is_bsn


@pytest.mark.parametrize("text", ["bsn 111222333", "111 222 333", "nr: 123456782.", "١١١٢٢٢٣٣٣"])
def test_a_number_that_passes_the_eleven_test_is_a_bsn(text: str) -> None:
    assert identifying_in(text) == ("bsn",)


@pytest.mark.parametrize("text", ["111222334", "1112223330", "100000000", "in 2024", "1.000 euro"])
def test_other_numbers_are_not(text: str) -> None:
    assert identifying_in(text) == ()


@pytest.mark.parametrize(
    "text",
    ["bel 06-12345678", "+31 6 1234 5678", "0031612345678", "(020) 123 45 67", "٠٦١٢٣٤٥٦٧٨"],
)
def test_phone_numbers_are_found_as_people_write_them(text: str) -> None:
    assert identifying_in(text) == ("phone",)


def test_e_mail_addresses_are_found() -> None:
    assert identifying_in("schrijf naar a.b@voorbeeld.nl!") == ("email",)


def test_everything_in_a_text_is_named_once() -> None:
    assert identifying_in("111222333 x@y.nl 0612345678 0687654321") == ("bsn", "email", "phone")


def test_an_eight_digit_number_gets_its_leading_zero() -> None:
    assert is_bsn("11122232") == is_bsn("011122232")
