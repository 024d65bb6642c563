"""Facts: who counts as a child, how urgent it is, what stays readable; and how long it is kept."""

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from referral_api.domain.code_lists import (
    AgeBand,
    Answer,
    Child,
    Coded,
    GivenBy,
    Kind,
    Mode,
    Need,
    Urgency,
)
from referral_api.domain.consent import must_be_checked_first
from referral_api.domain.htcds import Control, Exploitation, Gender, Sector
from referral_api.domain.referral import Facts, Header
from referral_api.domain.retention import closed_is_over, due_at, open_needs_a_warning


def _read_needs(needs: tuple[str, ...]) -> tuple[Need, ...]:
    return tuple(Need.of(need) for need in needs)


def make_facts(**changes: Any) -> Facts:
    values: dict[str, Any] = {
        "kind": Kind.OWN,
        "mode": Mode.ANONYMOUS,
        "needs": (Need.TALK,),
        "language": "nl",
        "age_band": AgeBand.FROM_24,
    }
    readers: dict[str, Any] = {
        "age_band": AgeBand.of,
        "safe_now": Answer.of,
        "still_in_situation": Answer.of,
        "needs": _read_needs,
    }
    return Facts(**(values | {name: readers[name](value) for name, value in changes.items()}))


@pytest.mark.parametrize("band", AgeBand)
def test_under_18_and_unknown_are_treated_as_a_child(band: AgeBand) -> None:
    child = make_facts(age_band=band).child

    expected = {"0-8": Child.YES, "9-17": Child.YES, "unknown": Child.UNKNOWN}
    assert child is expected.get(band.value, Child.NO)
    assert child.is_treated_as_child == (band.value in expected)


@pytest.mark.parametrize(
    ("changes", "urgency"),
    [
        ({}, Urgency.NORMAL),
        ({"safe_now": "no"}, Urgency.ACUTE),
        ({"safe_now": "unsure"}, Urgency.URGENT),
        ({"safe_now": "yes"}, Urgency.NORMAL),
        ({"needs": ("shelter",)}, Urgency.URGENT),
        ({"needs": ("safety",)}, Urgency.URGENT),
        ({"needs": ("money", "work")}, Urgency.NORMAL),
        ({"age_band": "9-17"}, Urgency.URGENT),
        ({"age_band": "unknown"}, Urgency.NORMAL),
        ({"age_band": "unknown", "still_in_situation": "yes"}, Urgency.URGENT),
        ({"still_in_situation": "yes"}, Urgency.NORMAL),
        ({"needs": ("shelter",), "safe_now": "no", "age_band": "0-8"}, Urgency.ACUTE),
    ],
)
def test_urgency_follows_danger_then_child_then_need(
    changes: dict[str, Any], urgency: Urgency
) -> None:
    assert make_facts(**changes).urgency is urgency


def test_only_what_the_desk_sorts_and_counts_by_stays_readable() -> None:
    assert {field.name for field in fields(Header)} == {
        "kind",
        "mode",
        "needs",
        "exploitation",
        "child",
        "region",
        "language",
        "urgency",
    }


def test_forced_criminality_leaves_as_other_so_that_exports_stay_htcds() -> None:
    exported = {form.exported_as for form in Exploitation}

    assert Exploitation.FORCED_CRIMINALITY.exported_as == "Other"
    assert exported == {
        None,
        "ForcedLabour",
        "SexualExploitation",
        "ChildLabour",
        "ForcedMarriage",
        "Servitude",
        "ForcedMilitaryByNonStateActors",
        "OrganRemoval",
        "ForcedBegging",
        "ForcedAdoption",
        "Surrogacy",
        "Other",
    }


@pytest.mark.parametrize(
    ("codes", "count"), [(Control, 16), (Sector, 21), (Gender, 6), (Exploitation, 13), (Need, 13)]
)
def test_a_list_has_all_its_codes_and_each_has_two_labels(codes: type[Coded], count: int) -> None:
    assert len(codes) == count
    for code in codes:
        assert code.nl
        assert code.en
        assert codes.of(code.value) is code


def test_a_child_and_somebody_of_unknown_age_get_a_check_and_never_a_refusal() -> None:
    assert must_be_checked_first(GivenBy.SELF, Child.YES)
    assert must_be_checked_first(GivenBy.SELF, Child.UNKNOWN)
    assert not must_be_checked_first(GivenBy.SELF, Child.NO)
    assert not must_be_checked_first(GivenBy.PARENT_OR_GUARDIAN, Child.YES)


@pytest.mark.parametrize(
    ("urgency", "started", "due"),
    [
        (Urgency.ACUTE, "2026-11-23T12:00", "2026-11-23T14:00"),
        (Urgency.ACUTE, "2026-11-23T12:01", "2026-11-23T15:00"),
        (Urgency.URGENT, "2026-11-27T23:30", "2026-11-29T00:00"),
        (Urgency.NORMAL, "2026-11-23T09:30", "2026-11-26T10:00"),
        (Urgency.NORMAL, "2026-11-26T09:00", "2026-12-01T09:00"),
    ],
)
def test_the_clock_tells_the_hour_only_and_skips_the_weekend(
    urgency: Urgency, started: str, due: str
) -> None:
    begin = datetime.fromisoformat(started).replace(tzinfo=UTC)

    assert due_at(urgency, begin) == datetime.fromisoformat(due).replace(tzinfo=UTC)


@pytest.mark.parametrize(("days", "over"), [(89, False), (90, True), (91, True)])
def test_a_closed_referral_goes_after_ninety_days(days: int, over: bool) -> None:
    closed = date(2026, 1, 1)

    assert closed_is_over(closed, closed + timedelta(days=days)) is over


@pytest.mark.parametrize(("days", "warned"), [(59, False), (60, True), (61, True)])
def test_sixty_days_without_movement_is_a_warning(days: int, warned: bool) -> None:
    moved = date(2026, 1, 1)

    assert open_needs_a_warning(moved, moved + timedelta(days=days)) is warned
