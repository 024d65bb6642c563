"""A wrong content file stops the start, with a sentence that says where and why."""

import shutil
from pathlib import Path

import pytest

from referral_api.directory_files import ContentError, read_routing_content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the three files that may be spoilt."""
    for name in ("organisations.yaml", "regions.yaml", "routes.yaml"):
        shutil.copy(Path("content") / name, tmp_path / name)
    return tmp_path


def spoil(content: Path, file: str, old: str, new: str) -> None:
    """Change one piece of text that must be there."""
    text = (content / file).read_text()
    assert old in text
    (content / file).write_text(text.replace(old, new, 1))


def test_the_files_as_they_stand_can_be_read(content: Path) -> None:
    read = read_routing_content(content)

    assert len(read.regions) == 35
    assert read.directory.organisations["politie"].needs_police_consent
    assert not read.directory.organisations["comensha"].needs_police_consent


def test_a_plain_no_in_a_rule_is_the_answer_no(content: Path) -> None:
    rules = {rule.id: rule for rule in read_routing_content(content).rules}

    assert rules["danger-to-life"].when == {"safeNow": frozenset({"no"})}


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("routes.yaml", "others: [fairwork]", "others: [fairwrok]", "names 'fairwrok', which"),
        ("routes.yaml", "safeNow: [no]", "safeNow: [never]", "'never' is not a code of 'safeNow'"),
        ("routes.yaml", "safeNow: [no]", "isSafe: [no]", "'isSafe' is not a fact"),
        ("routes.yaml", "when: {safeNow", "wen: {safeNow", "rules > 0 > wen"),
        ("routes.yaml", "id: labour-with-papers", "id: labour", "'labour' stands there twice"),
        ("routes.yaml", "  last-resort:", "  last-resert:", "'last-resort' is missing"),
        ("routes.yaml", "rules:", "rules: [", "not valid YAML"),
        ("organisations.yaml", 'id: "comensha"', 'id: "komensha"', "'comensha' is missing"),
        ("organisations.yaml", "may_reach_police: always", "may_reach_police: maybe", "may_reach"),
        ("organisations.yaml", "    investigates: true\n", "", "investigates: Field required"),
        ("regions.yaml", "id: drenthe", "id: twente", "'twente' stands there twice"),
    ],
)
def test_a_mistake_is_named_with_its_file(
    content: Path, file: str, old: str, new: str, sentence: str
) -> None:
    spoil(content, file, old, new)

    with pytest.raises(ContentError) as refusal:
        read_routing_content(content)

    assert sentence in str(refusal.value)
    assert str(refusal.value).startswith("content/")


def test_a_national_lead_that_may_reach_the_police_stops_the_start(content: Path) -> None:
    text = (content / "organisations.yaml").read_text()
    before, after = text.split('id: "comensha"', 1)
    after = after.replace("may_reach_police: only_with_consent", "may_reach_police: possibly", 1)
    (content / "organisations.yaml").write_text(before + 'id: "comensha"' + after)

    with pytest.raises(ContentError, match="'comensha' may reach the police"):
        read_routing_content(content)


def test_a_text_without_english_stops_the_start(content: Path) -> None:
    spoil(content, "routes.yaml", '\n    en: "We do not know of a care coordinator', '\n    fr: "?')

    with pytest.raises(ContentError, match="'no-coordinator' needs Dutch and English"):
        read_routing_content(content)


def test_a_missing_file_is_named(content: Path) -> None:
    (content / "regions.yaml").unlink()

    with pytest.raises(ContentError, match=r"content/regions\.yaml: it cannot be read"):
        read_routing_content(content)


def test_a_coordinator_without_a_police_link_of_its_own_is_kept_at_a_distance(
    content: Path,
) -> None:
    spoil(
        content,
        "regions.yaml",
        'name: "GGD Drenthe"\n      investigates: false\n      may_reach_police: only_with_consent',
        'name: "GGD Drenthe"',
    )

    directory = read_routing_content(content).directory

    assert directory.organisations["coordinator-drenthe"].needs_police_consent
