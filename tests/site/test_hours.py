"""Opening hours, said in words and compared with the clock."""

from datetime import datetime
from pathlib import Path

import pytest

from help_site.hours import AMSTERDAM, HoursError, check_hours, hours_in_words, is_open
from help_site.translating import load_catalogues

WEEK = "Mo-Fr 09:00-17:00; Sa 10:00-12:00; PH off"


def test_hours_are_said_in_dutch(tmp_path: Path) -> None:
    dutch = load_catalogues(tmp_path)["nl"]

    assert hours_in_words("24/7", dutch) == ["Dag en nacht open"]
    assert hours_in_words("Mo-Su 11:00-21:00", dutch) == ["Elke dag van 11:00 tot 21:00"]
    assert hours_in_words(WEEK, dutch) == [
        "Van maandag tot en met vrijdag, van 09:00 tot 17:00",
        "Op zaterdag van 10:00 tot 12:00",
        "Dicht op feestdagen",
    ]


def test_days_are_named_in_the_readers_language(tmp_path: Path) -> None:
    arabic = load_catalogues(tmp_path)["ar"]

    assert "السبت" in hours_in_words("Sa 10:00-12:00", arabic)[0]


@pytest.mark.parametrize("hours", ["soms", "Mo-Fr 9-17", "Mo-Fr 09:00-17:00; week 1-10"])
def test_hours_that_we_cannot_say_are_refused(hours: str) -> None:
    with pytest.raises(HoursError, match="are not"):
        check_hours(hours)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-11-23T10:00", True),
        ("2026-11-23T17:00", False),
        ("2026-11-28T11:00", True),
        ("2026-11-29T11:00", False),
        ("2026-12-25T10:00", False),
    ],
)
def test_a_desk_is_open_in_its_hours_and_never_on_a_dutch_holiday(
    moment: str, expected: bool
) -> None:
    now = datetime.fromisoformat(moment).replace(tzinfo=AMSTERDAM)

    assert is_open(WEEK, now) is expected
