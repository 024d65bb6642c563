"""Whatever a visitor fills in, what the site finds right the referral API accepts."""

from pathlib import Path
from urllib.parse import urlencode

import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import to_json

from help_site.case_code import CaseCode
from help_site.form_lists import create_form_lists
from help_site.forms import first_screen_with_problems, read_answers
from help_site.posted_form import parse_posted_form
from help_site.questions import questions_of
from help_site.referral_payload import build_payload
from referral_api.domain.code import ReferralCode
from referral_api.schemas.known_names import KnownNames
from referral_api.schemas.reading import read_referral

REGIONS = {
    region["id"]: region["name"]
    for region in yaml.safe_load(Path("content/regions.yaml").read_text(encoding="utf-8"))[
        "regions"
    ]
}
LISTS = create_form_lists(REGIONS)
NAMES = KnownNames(frozenset(REGIONS), frozenset(), "intake-desk")
TEXT = st.text(max_size=40) | st.sampled_from(["0612345678", "a@b.nl", "x" * 100, "é" * 1000])


def posted() -> st.SearchStrategy[list[tuple[str, str]]]:
    fields: list[st.SearchStrategy[list[tuple[str, str]]]] = []
    for question in questions_of("own"):
        values = [option.value for option in LISTS.options_of(question)] or ["yes"]
        value = TEXT if question.form in ("line", "text") else st.sampled_from(values)
        pair = st.tuples(st.just(question.name), value)
        fields.append(st.lists(pair, min_size=0 if question.skippable else 1, max_size=3))
    return st.tuples(*fields).map(lambda parts: [pair for part in parts for pair in part])


@given(posted(), st.sampled_from(["nl", "ar", "zh"]))
def test_every_referral_the_form_lets_through_is_accepted(
    pairs: list[tuple[str, str]], language: str
) -> None:
    answers = read_answers(
        parse_posted_form(urlencode(pairs, errors="replace").encode()), LISTS
    ).completed(language)
    if first_screen_with_problems(answers) is None:
        read_referral(to_json(build_payload(answers, "nl")), NAMES)


@given(st.integers(0, 10**16 - 1))
def test_a_code_shown_by_the_site_is_read_by_the_api(number: int) -> None:
    code = CaseCode(f"{number:016d}")

    assert ReferralCode.parse(code.grouped) == ReferralCode.parse(code.digits)
