"""Opening hours in OpenStreetMap syntax: said in words, and whether somebody answers now."""

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_time, get_day_names
from opening_hours import OpeningHours

from help_site.translating import Catalogue

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_RULE = re.compile(
    r"(?P<first>Mo|Tu|We|Th|Fr|Sa|Su)(?:-(?P<last>Mo|Tu|We|Th|Fr|Sa|Su))?"
    r" (?P<opens>\d\d:\d\d)-(?P<closes>\d\d:\d\d)"
)
_OFF = "PH off"


class HoursError(ValueError):
    """Opening hours that we cannot say in words."""


def hours_in_words(hours: str, catalogue: Catalogue) -> list[str]:
    """One sentence part for each rule: `maandag tot en met vrijdag, 09:00 tot 17:00`.

    Knows `24/7`, `Mo-Fr 09:00-17:00` and `PH off`, joined by `;`. Raises HoursError for more.
    """
    _ = catalogue.gettext
    if hours == "24/7":
        return [_("Dag en nacht open")]
    return [_rule_in_words(rule.strip(), catalogue) for rule in hours.split(";")]


def check_hours(hours: str) -> None:
    """HoursError when these hours cannot be said in words, so that it shows at start."""
    for rule in hours.split(";"):
        if hours != "24/7" and rule.strip() != _OFF and not _RULE.fullmatch(rule.strip()):
            raise HoursError(
                f"opening hours {rule.strip()!r} are not 24/7, Mo-Fr 09:00-17:00 or PH off"
            )


def is_open(hours: str, now: datetime) -> bool:
    """Whether somebody answers at that moment (aware datetime); Dutch public holidays count."""
    return OpeningHours(hours, country="NL", timezone=AMSTERDAM).is_open(now)


def _rule_in_words(rule: str, catalogue: Catalogue) -> str:
    _ = catalogue.gettext
    if rule == _OFF:
        return _("Dicht op feestdagen")
    match = _RULE.fullmatch(rule)
    if match is None:
        raise HoursError(rule)
    names = {
        "first": _day(match["first"], catalogue),
        "last": _day(match["last"] or match["first"], catalogue),
        "opens": _clock(match["opens"], catalogue),
        "closes": _clock(match["closes"], catalogue),
    }
    if (match["first"], match["last"]) == ("Mo", "Su"):
        return _("Elke dag van %(opens)s tot %(closes)s") % names
    if match["last"] is None:
        return _("Op %(first)s van %(opens)s tot %(closes)s") % names
    # Translators: opening hours; first and last are days of the week, opens and closes are times
    return _("Van %(first)s tot en met %(last)s, van %(opens)s tot %(closes)s") % names


def _day(code: str, catalogue: Catalogue) -> str:
    names = get_day_names("wide", locale=_locale(catalogue))
    return str(names[DAYS.index(code)])


def _clock(written: str, catalogue: Catalogue) -> str:
    return format_time(time.fromisoformat(written), "HH:mm", locale=_locale(catalogue))


def _locale(catalogue: Catalogue) -> str:
    return catalogue.language.tag.replace("-", "_")


def amsterdam_now() -> datetime:
    """The time now in the Netherlands."""
    return datetime.now(AMSTERDAM)
