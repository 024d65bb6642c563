"""The check page as data: every answer in words, where to change it, and what to think of."""

from collections.abc import Iterator
from dataclasses import dataclass

from help_site.form_lists import FormLists
from help_site.forms import Answers
from help_site.questions import SCREENS, Question
from help_site.story_warnings import Found, identifying_in
from help_site.translatable import N_

_YES, _NO = N_("Ja"), N_("Nee")


@dataclass(frozen=True, slots=True)
class Words:
    """An answer in words. `translated` says whether `text` is a Dutch source text to translate.

    `own` marks the visitor's own words, that may run in any direction.
    """

    text: str
    translated: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One question with its answer; no words when it was skipped."""

    question: Question
    words: tuple[Words, ...]
    change: str


def check_rows(answers: Answers, lists: FormLists) -> tuple[Row, ...]:
    """Every question that exists in this mode, in the order in which it was asked."""
    return tuple(_rows(answers, lists))


def _rows(answers: Answers, lists: FormLists) -> Iterator[Row]:
    for screen in SCREENS[answers.kind]:
        for question in screen.questions:
            if question.only_for in (None, answers.mode):
                change = f"change:{screen.name}:{question.name}"
                yield Row(question, tuple(_words(question, answers, lists)), change)


def _words(question: Question, answers: Answers, lists: FormLists) -> Iterator[Words]:
    given = answers.many(question.name)
    if question.form in ("line", "text"):
        yield from (Words(text, own=True) for text in given)
    elif question.form == "flag":
        yield Words(_YES if given else _NO, translated=True)
    else:
        fixed = question.values
        for option in lists.options_of(question):
            if option.value in given:
                yield Words(option.label, translated=option.value in fixed)


def story_remarks(answers: Answers) -> tuple[Found, ...]:
    """What the story seems to give away; the writer decides."""
    return identifying_in(answers.one("story"))
