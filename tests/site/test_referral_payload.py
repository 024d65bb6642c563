"""What leaves the site: only what is allowed for this kind and mode, whatever is posted."""

import json
import re
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from help_site.form_lists import create_form_lists
from help_site.forms import Answers, read_answers
from help_site.posted_form import parse_posted_form
from help_site.questions import questions_of
from help_site.referral_payload import (
    ALLOWED,
    build_payload,
    idempotency_key,
    new_nonce,
    nonce_or_new,
)

LISTS = create_form_lists({"utrecht": "Utrecht"})
NAMES = [question.name for question in questions_of("own")]
IDENTIFYING = {"contact", "consent", "name", "address", "email", "phone", "contactValue", "givenBy"}
CODES = sorted({o.value for q in questions_of("own") for o in LISTS.options_of(q)})
FIELDS = st.lists(
    st.tuples(
        st.sampled_from([*NAMES, *sorted(IDENTIFYING), "kind", "evil"]) | st.text(max_size=10),
        st.sampled_from(CODES) | st.text(max_size=40),
    ),
    max_size=30,
)


def answers_of(pairs: list[tuple[str, str]]) -> Answers:
    body = urlencode(pairs, encoding="utf-8", errors="replace").encode()
    return read_answers(parse_posted_form(body), LISTS)


@given(FIELDS)
def test_an_anonymous_payload_never_has_a_key_for_contact_or_consent(
    pairs: list[tuple[str, str]],
) -> None:
    answers = answers_of([(name, value) for name, value in pairs if name != "mode"])

    payload = build_payload(answers, "nl")

    assert payload["mode"] == "anonymous"
    assert not IDENTIFYING & set(payload)
    assert set(payload) <= set(ALLOWED["own", "anonymous"])


@given(FIELDS)
def test_nothing_outside_the_list_ever_leaves_in_any_mode(pairs: list[tuple[str, str]]) -> None:
    answers = answers_of(pairs)

    payload = build_payload(answers, "nl")

    assert set(payload) <= set(ALLOWED[answers.kind, answers.mode])
    json.dumps(payload)


def test_the_smallest_referral_is_one_need_and_a_language() -> None:
    payload = build_payload(answers_of([("needs", "shelter")]).completed("ar"), "ar")

    assert payload == {"kind": "own", "mode": "anonymous", "needs": ["shelter"], "language": "ar"}


def test_a_consented_referral_says_how_who_and_which_words() -> None:
    answers = answers_of(
        [
            ("needs", "talk"),
            ("mode", "consented"),
            ("contactChannel", "phone"),
            ("contactValue", "٠٦١٢٣٤٥٦٧٨"),
            ("contactSafe", "yes"),
            ("contactHours", "na 18.00"),
            ("textMessage", "yes"),
            ("givenBy", "self"),
            ("interpreter", "no"),
        ]
    )

    payload = build_payload(answers, "nl")

    assert payload["contact"] == [
        {
            "channel": "phone",
            "value": "0612345678",
            "safe": True,
            "hours": "na 18.00",
            "voicemail": False,
            "textMessage": True,
        }
    ]
    assert payload["consent"] == {
        "givenBy": "self",
        "textVersion": "2026-11",
        "textLanguage": "nl",
        "recipients": ["intake-desk"],
    }
    assert payload["interpreter"] is False


def test_the_same_form_has_the_same_key_and_an_edited_one_another() -> None:
    nonce, payload = new_nonce(), {"needs": ["talk"], "story": "é"}

    key = idempotency_key(nonce, payload)

    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", key)
    assert idempotency_key(nonce, {"story": "é", "needs": ["talk"]}) == key
    assert idempotency_key(nonce, {**payload, "story": "e"}) != key
    assert idempotency_key(new_nonce(), payload) != key


@pytest.mark.parametrize("posted", ["", "short", "x" * 65, "with space and more than 22", "ü" * 30])
def test_a_nonce_that_cannot_be_ours_is_replaced(posted: str) -> None:
    assert nonce_or_new(posted) != posted


def test_our_own_nonce_is_kept() -> None:
    nonce = new_nonce()

    assert nonce_or_new(nonce) == nonce
