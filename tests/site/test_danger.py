"""Words of danger are seen in every language, before the bot and without it."""

from pathlib import Path

import pytest

from help_site.danger import DangerListError, compiled_stems, folded_text, load_danger_words

WORDS = load_danger_words(Path("content/danger"))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("HIJ SLAAT ME!!!", "danger"),
        ("hij  slaat\nme nu", "danger"),
        ("يضربني", "danger"),
        ("ويضربني كل يوم", "danger"),
        ("ik wil dood", "suicidal"),
        ("i want to die", "suicidal"),
        ("he has a knife", "danger"),
        ("hoe laat is het", None),
        ("mag ik in nederland blijven", None),
        ("", None),
    ],
)
def test_a_message_is_seen_for_what_it_may_be(text: str, seen: str | None) -> None:
    assert WORDS.seen_in(text) == seen


def test_wanting_to_die_comes_before_other_danger() -> None:
    assert WORDS.seen_in("hij slaat me en ik wil dood") == "suicidal"


def test_a_stem_fits_where_a_word_begins_and_the_word_may_go_on() -> None:
    stems = compiled_stems(["vermoord"])

    assert stems.search(f" {folded_text('hij gaat me vermoorden')}")
    assert not stems.search(f" {folded_text('onvermoord')}")


def test_accents_apostrophes_and_other_signs_do_not_matter() -> None:
    assert folded_text("Can’t … GO-ON, é") == "cant go on e"


def test_languages_without_spaces_fit_anywhere() -> None:
    assert compiled_stems(["想死"]).search(f" {folded_text('我想死了')}")


def test_no_words_see_nothing() -> None:
    assert compiled_stems([]).search(" anything") is None


def test_a_list_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "xx.yaml").write_text("danger: yes", encoding="utf-8")

    with pytest.raises(DangerListError, match=r"xx\.yaml"):
        load_danger_words(tmp_path)
