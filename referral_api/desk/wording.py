"""Turns codes, days and clocks into words in the language of whoever is looking."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast

from babel.dates import format_date, format_timedelta

from referral_api.desk.translating import Words
from referral_api.directory_files import RoutingContent
from referral_api.domain.code_lists import Coded


@dataclass(frozen=True, slots=True)
class Wording:
    """What templates use to write; one for each language."""

    words: Words
    content: RoutingContent

    def label(self, code: Coded) -> str:
        """The label of one code."""
        return code.nl if self.words.tag == "nl" else code.en

    def labels(self, codes: Iterable[Coded]) -> str:
        """Labels in one line."""
        return ", ".join(self.label(code) for code in codes)

    def title(self, text: str) -> str:
        """The same text with a capital at the front."""
        return text[:1].upper() + text[1:]

    def language(self, tag: str) -> str:
        """What a language is called."""
        names = cast("Mapping[str, str]", self.words.locale.languages)
        return names.get(tag.split("-")[0], tag)

    def region(self, region: str) -> str:
        """What a region is called."""
        known = self.content.regions.get(region)
        return known.name if known else self.words.gettext("onbekend")

    def organisation(self, organisation: str) -> str:
        """What an organisation is called; the intake desk stands in no directory."""
        known = self.content.directory.find(organisation)
        return known.name if known else self.words.gettext("de intake")

    def day(self, day: date) -> str:
        """A day in words."""
        return format_date(day, format="d MMMM y", locale=self.words.locale)

    def days_ago(self, day: date, today: date) -> str:
        """How long ago a day was: today, yesterday, 5 days ago."""
        days = (today - day).days
        if days <= 0:
            return self.words.gettext("vandaag")
        if days == 1:
            return self.words.gettext("gisteren")
        return self.words.ngettext("%(count)s dag geleden", "%(count)s dagen geleden", days) % {
            "count": days
        }

    def clock(self, due_at: datetime, now: datetime) -> str:
        """How much time is left, or how long it is over; rounded, since minutes only hurry."""
        distance = format_timedelta(abs(due_at - now), threshold=1.1, locale=self.words.locale)
        if due_at >= now:
            return self.words.gettext("reageer binnen %(time)s") % {"time": distance}
        return self.words.gettext("%(time)s te laat") % {"time": distance}
