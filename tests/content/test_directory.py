"""The directory and the regions, as the editors wrote them."""

import re
from collections import Counter
from pathlib import Path

import pytest

from help_site.directory import Channel, Directory, Organisation, load_directory
from referral_api.directory_files import read_routing_content

CONTENT = Path(__file__).parents[2] / "content"
REGION_COUNT = 35  # central municipalities for women's shelter, regioatlas.nl
NEEDS = {
    *("shelter", "safety", "medical", "mental", "legal", "residence", "money"),
    *("work", "documents", "children", "return", "talk", "other"),
}
FORMS = {"sexual", "labour", "criminal", "begging", "marriage", "domestic", "organ", "other"}
# Those who pass on what they hear, by design (services that investigate, and tip lines).
ALWAYS_TO_POLICE = {
    *("112", "politie", "avim", "kmar", "emm", "arbeidsinspectie"),
    *("meld-misdaad-anoniem", "meldpunt-uitbuiting-minderjarigen", "dontlookaway"),
}
LONGEST_SENTENCE = 15


@pytest.fixture(scope="module")
def directory() -> Directory:
    return load_directory(CONTENT, require_rechecked=False)


@pytest.fixture(scope="module")
def organisations(directory: Directory) -> list[Organisation]:
    return list(directory.organisations.values())


def all_channels(directory: Directory) -> list[tuple[str, Channel]]:
    coordinators = {
        region.id: region.coordinator for region in directory.regions.values() if region.coordinator
    }
    return [
        (name, channel)
        for name, entry in (directory.organisations | coordinators).items()
        for channel in entry.channels
    ]


def test_every_id_is_there_once() -> None:
    for file in ("organisations.yaml", "regions.yaml"):
        text = (CONTENT / file).read_text(encoding="utf-8")
        ids = Counter(re.findall(r'^  - id: "?([^"\n]+)"?$', text, flags=re.MULTILINE))

        assert ids
        assert not [name for name, times in ids.items() if times > 1]
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) for name in ids)


def test_the_directory_and_the_regions_are_complete(directory: Directory) -> None:
    assert len(directory.organisations) == 64
    assert len(directory.regions) == REGION_COUNT
    assert len({region.name for region in directory.regions.values()}) == REGION_COUNT


def test_every_organisation_uses_the_known_codes(organisations: list[Organisation]) -> None:
    for entry in organisations:
        assert entry.needs, entry.id
        assert entry.audience, entry.id
        assert set(entry.needs) <= NEEDS, entry.id
        assert set(entry.forms) <= FORMS, entry.id
        assert entry.minors or entry.adults, entry.id


def test_hours_come_with_their_confidence(organisations: list[Organisation]) -> None:
    assert not [o.id for o in organisations if (o.hours is None) != (o.hours_confidence is None)]


def test_whoever_investigates_always_reaches_the_police(directory: Directory) -> None:
    coordinators = [
        region.coordinator for region in directory.regions.values() if region.coordinator
    ]
    for entry in directory.organisations.values():
        assert not entry.investigates or entry.may_reach_police == "always", entry.id
    for person in coordinators:
        assert not person.investigates or person.may_reach_police == "always", person.name


def test_the_doors_to_the_police_are_known_as_such(organisations: list[Organisation]) -> None:
    always = {entry.id for entry in organisations if entry.may_reach_police == "always"}

    assert always == ALWAYS_TO_POLICE


@pytest.mark.parametrize("name", ["zorg-en-veiligheidshuizen", "riec-liec"])
def test_who_shares_a_table_with_the_police_may_reach_them(directory: Directory, name: str) -> None:
    assert directory.organisations[name].may_reach_police == "possibly"


def test_a_coordinator_in_a_safety_house_shares_a_table_with_the_police(
    directory: Directory,
) -> None:
    for region in directory.regions.values():
        coordinator = region.coordinator
        if coordinator and "Veiligheidshuis" in coordinator.name:
            assert coordinator.may_reach_police == "possibly", region.id


def test_a_known_coordinator_is_as_close_to_the_police_as_its_organisation(
    directory: Directory,
) -> None:
    by_name = {entry.name: entry for entry in directory.organisations.values()}
    known = [
        (region.coordinator, by_name[region.coordinator.name])
        for region in directory.regions.values()
        if region.coordinator and region.coordinator.name in by_name
    ]

    assert known
    for coordinator, organisation in known:
        assert coordinator.may_reach_police == organisation.may_reach_police, organisation.id


def test_who_is_there_for_professionals_only_is_not_shown_to_victims(
    organisations: list[Organisation],
) -> None:
    assert not [o.id for o in organisations if o.show_to_victims and "victim" not in o.audience]


def test_phone_numbers_and_addresses_have_the_shape_of_their_kind(directory: Directory) -> None:
    shapes = {
        "phone": r"\+?[\d -]+\d",
        "chat": r"https://\S+",
        "email": r"[^@\s]+@[^@\s]+\.[a-z]+",
        "whatsapp": r"\+?[\d -]+\d",
    }
    for name, channel in all_channels(directory):
        assert re.fullmatch(shapes[channel.kind], channel.value), (name, channel.value)


def test_everything_that_is_not_from_a_source_waits_for_a_person(
    organisations: list[Organisation],
) -> None:
    for entry in organisations:
        from_memory = [c for c in entry.channels if c.confidence == "memory"]
        assert entry.verify or not from_memory, entry.id
        assert entry.sources or not [c for c in entry.channels if c.confidence == "stored"]


def test_summaries_are_short_and_promise_nothing(organisations: list[Organisation]) -> None:
    for entry in organisations:
        for sentence in re.split(r"(?<=[.?!])\s+", entry.summary):
            assert len(sentence.split()) <= LONGEST_SENTENCE, (entry.id, sentence)
        assert not re.search(r"\b(altijd een plek|beloven|gegarandeerd|zeker)\b", entry.summary)
        assert not re.search(r"\bu\b|\buw\b", entry.summary, flags=re.IGNORECASE), entry.id


def test_nothing_that_a_visitor_may_see_is_older_than_its_source_says(
    directory: Directory,
) -> None:
    strict = load_directory(CONTENT, require_rechecked=True)
    for entry in directory.organisations.values():
        assert all(c.confidence == "stored" for c in directory.published(entry))
        if not entry.emergency:
            assert all(c.rechecked_on for c in strict.published(entry)), entry.id


def test_the_routing_of_referrals_accepts_the_directory() -> None:
    routing = read_routing_content(CONTENT)

    assert len(routing.regions) == REGION_COUNT
