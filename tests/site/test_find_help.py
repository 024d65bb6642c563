"""Find help: what fits, in which order, and nothing of it in an address."""

from pathlib import Path

import pytest

from help_site.directory import Directory, load_directory
from help_site.pages.find_help import Wish, fitting
from help_site.settings import Settings
from tests.site.conftest import Visitor
from tests.site.page_checks import attributes
from tests.site.small_content import channel, organisation, write_directory

EVERYTHING = {"need": "", "audience": "", "age": "", "region": ""}


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    write_directory(
        tmp_path,
        organisation("police", investigates=True, may_reach_police="always", needs=["safety"]),
        organisation(
            "112", emergency=True, investigates=True, may_reach_police="always", needs=["safety"]
        ),
        organisation("sometimes", may_reach_police="possibly", needs=["safety", "shelter"]),
        organisation("unreachable", channels=[channel(confidence="memory")], needs=["shelter"]),
        organisation("near", region="utrecht", needs=["shelter"]),
        organisation("young", adults=False, needs=["shelter"]),
        organisation("hidden", show_to_victims=False, needs=["shelter"]),
        organisation("experts", audience=["professional"]),
    )
    return load_directory(tmp_path, require_rechecked=False)


def names(directory: Directory, **chosen: str) -> list[str]:
    return [found.id for found in fitting(directory, Wish(**chosen))]


def test_the_ones_farthest_from_the_police_come_first(directory: Directory) -> None:
    found = names(directory)

    assert found[-3:] == ["sometimes", "police", "112"]


def test_in_danger_the_number_for_danger_comes_first(directory: Directory) -> None:
    assert names(directory, need="safety") == ["112", "sometimes", "police"]


def test_a_need_an_age_and_an_audience_narrow_the_list(directory: Directory) -> None:
    assert names(directory, need="shelter", age="adult") == ["near", "unreachable", "sometimes"]
    assert "young" in names(directory, need="shelter", age="minor")
    assert names(directory, audience="professional") == ["experts"]


def test_what_is_nearest_comes_first_and_another_region_is_left_out(directory: Directory) -> None:
    assert names(directory, need="shelter", region="utrecht")[0] == "near"


def test_what_is_hidden_from_victims_is_never_found(directory: Directory) -> None:
    assert "hidden" not in names(directory)


def test_without_script_the_whole_page_comes_back_with_the_choice_kept(visitor: Visitor) -> None:
    page = visitor.sends("/nl/find", EVERYTHING | {"need": "shelter", "region": "utrecht"})

    chosen = [attributes(option)["value"] for option in page.tree.query("option[selected]")]
    assert chosen == ["shelter", "utrecht"]
    assert page.tree.query("#results li.card")
    assert page.response.url.query == b""


def test_with_script_only_the_list_is_swapped(visitor: Visitor) -> None:
    part = visitor.swaps("/ar/find", EVERYTHING | {"need": "shelter"})

    assert part.tree.query("#results li.card")
    assert not part.tree.query("select")


def test_a_region_leads_to_its_coordinator_or_to_comensha(
    visitor: Visitor, settings: Settings
) -> None:
    regions = load_directory(settings.content_dir, require_rechecked=False).regions

    for region in regions.values():
        page = visitor.sends("/nl/find", EVERYTHING | {"region": region.id})

        box = page.tree.query("#results .care")[0]
        assert region.name in box.to_text()
        assert box.query("a[href^='tel:']")


@pytest.mark.parametrize("nonsense", ["x' OR 1=1", "<script>", "\x00", "🙂" * 1000])
def test_a_choice_that_does_not_exist_finds_nothing_and_breaks_nothing(
    visitor: Visitor, nonsense: str
) -> None:
    page = visitor.sends("/nl/find", {"need": nonsense, "region": nonsense})

    assert not page.tree.query("#results li.card")


def test_nothing_chosen_is_kept_for_the_next_visitor(visitor: Visitor) -> None:
    before = visitor.opens("/nl/find").response.content

    visitor.sends("/nl/find", EVERYTHING | {"need": "shelter"})

    assert visitor.opens("/nl/find").response.content == before
