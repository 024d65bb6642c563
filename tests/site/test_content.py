"""Pages of the editors: a wrong file stops the start, and says why."""

from pathlib import Path

import pytest

from help_site.addresses import Audience
from help_site.content import ContentError, load_content
from tests.site.small_content import write_page


def nobody(_: Audience) -> set[str]:
    return set()


def test_pages_stand_in_the_order_of_the_editors(tmp_path: Path) -> None:
    write_page(tmp_path, "Tekst.", card="talk", order="20")
    write_page(tmp_path, "Tekst.", card="shelter", order="10")

    menu = load_content(tmp_path, nobody).menu("victim")

    assert [page.card for page in menu] == ["shelter", "talk"]


def test_all_wrong_files_are_named_at_once(tmp_path: Path) -> None:
    write_page(tmp_path, "# Te groot", card="talk")
    write_page(tmp_path, "Tekst.", card="shelter", order="eerst")

    with pytest.raises(ContentError) as raised:
        load_content(tmp_path, nobody)

    assert "talk.md: line 1" in str(raised.value)
    assert "shelter.md: order" in str(raised.value)


@pytest.mark.parametrize(
    ("body", "changes", "sentence"),
    [
        ("[x](page:nowhere)", {}, "links to page:nowhere, which does not exist"),
        ("Tekst.", {"actions": "[nowhere]"}, "action nowhere is no page"),
        ("Tekst.", {"organisations": "[nobody]"}, "organisation nobody is not in the directory"),
        ("Tekst.", {"color": "red", "order": "1\ncolor: red"}, "color: Extra inputs"),
    ],
)
def test_a_page_that_leads_nowhere_stops_the_start(
    tmp_path: Path, body: str, changes: dict[str, str], sentence: str
) -> None:
    write_page(tmp_path, body, **changes)

    with pytest.raises(ContentError, match=sentence):
        load_content(tmp_path, nobody)


def test_a_file_is_named_after_its_card(tmp_path: Path) -> None:
    page = write_page(tmp_path, "Tekst.", card="other")
    page.rename(page.with_name("shelter.md"))

    with pytest.raises(ContentError, match="card is other, so the file must be other.md"):
        load_content(tmp_path, nobody)


def test_a_page_may_link_to_a_task_of_the_site(tmp_path: Path) -> None:
    write_page(tmp_path, "Je hebt een [code](page:my-code).")

    assert load_content(tmp_path, nobody).pages["shelter"].linked_cards() == {"my-code"}
