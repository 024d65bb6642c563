"""Which numbers may be shown, and to whom."""

from pathlib import Path

import pytest

from help_site.content import Content, ContentError
from help_site.directory import Directory, load_directory
from help_site.localised import Localiser
from help_site.settings import Settings
from help_site.translating import load_catalogues
from tests.site.small_content import channel, organisation, write_directory


def directory_of(
    folder: Path, *organisations: dict[str, object], production: bool = False
) -> Directory:
    write_directory(folder, *organisations)
    return load_directory(folder, require_rechecked=production)


def numbers(directory: Directory, name: str) -> list[str]:
    return [c.value for c in directory.published(directory.organisations[name])]


@pytest.mark.parametrize("confidence", ["memory", "stored_old"])
def test_a_number_that_no_recent_source_names_is_never_shown(
    tmp_path: Path, confidence: str
) -> None:
    unsure = organisation("fier", channels=[channel(confidence=confidence)])

    assert numbers(directory_of(tmp_path, unsure), "fier") == []


def test_in_production_a_number_shows_only_when_a_person_checked_it_again(tmp_path: Path) -> None:
    old = organisation("old")
    checked = organisation("checked", channels=[channel(rechecked_on="2026-12-01")])

    directory = directory_of(tmp_path, old, checked, production=True)

    assert numbers(directory, "old") == []
    assert numbers(directory, "checked") == ["0800-1234"]


def test_the_numbers_for_danger_are_shown_in_production_too(tmp_path: Path) -> None:
    danger = organisation("112", emergency=True, channels=[channel(value="112")])

    assert numbers(directory_of(tmp_path, danger, production=True), "112") == ["112"]


def test_opening_hours_and_languages_need_a_source_as_well(tmp_path: Path) -> None:
    unsure = organisation(
        "fier",
        hours="24/7",
        hours_confidence="memory",
        languages=[{"code": "nl", "confidence": "stored"}, {"code": "ar", "confidence": "memory"}],
    )

    entry = directory_of(tmp_path, unsure).organisations["fier"]

    assert entry.published_hours is None
    assert entry.published_languages == ("nl",)


def test_what_is_hidden_from_victims_shows_to_professionals_only(tmp_path: Path) -> None:
    directory = directory_of(tmp_path, organisation("avim", show_to_victims=False))

    assert directory.ids_shown_to("victim") == set()
    assert directory.ids_shown_to("about") == set()
    assert directory.ids_shown_to("professional") == {"avim"}


def test_a_wrong_entry_stops_the_start_and_is_named(tmp_path: Path) -> None:
    write_directory(tmp_path, organisation("fier", hours="soms"))

    with pytest.raises(ContentError, match=r"organisations.yaml, fier: hours: .*'soms'"):
        load_directory(tmp_path, require_rechecked=False)


def test_a_phone_link_holds_digits_only(tmp_path: Path) -> None:
    abroad = organisation("abroad", channels=[channel(value="+31 (0)33 448 11 86")])

    directory = directory_of(tmp_path, abroad)

    phone = directory.first_phone(directory.organisations["abroad"])
    assert phone is not None
    assert phone.phone_link == "tel:+310334481186"


def test_the_editors_own_directory_can_be_used(settings: Settings) -> None:
    directory = load_directory(settings.content_dir, require_rechecked=True)

    assert {"112", "113", "comensha"} <= directory.ids_shown_to("victim")
    assert len(directory.regions) == 35


def test_the_languages_an_organisation_speaks_are_named_in_the_readers_own(tmp_path: Path) -> None:
    spoken = [{"code": code, "confidence": "stored"} for code in ("nl", "en")]
    directory = directory_of(tmp_path, organisation("fier", languages=spoken))
    dutch = load_catalogues(tmp_path)["nl"]

    card = Localiser(dutch, Content({}), directory).organisation(directory.organisations["fier"])

    assert card.languages == "Nederlands en Engels"
