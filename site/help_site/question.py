"""What a question of a referral is: its form, its words, its coded answers."""

from dataclasses import dataclass
from itertools import groupby
from typing import Literal

Kind = Literal["own", "signal", "professional"]
Mode = Literal["anonymous", "consented"]
# one, many: radios, checkboxes · list: a long list · line, text: words of one's own · flag: a tick
Form = Literal["one", "many", "list", "line", "text", "flag"]
Source = Literal["", "regions", "languages"]

STORY_LENGTH = 1000
LINE_LENGTH = 100
ADDRESS_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Option:
    """One coded answer: the value on the wire and the Dutch source text of its label."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `name` is its name on the wire, `text` and `hint` are Dutch source texts.

    `source` says where the options come from when they are no fixed list. `most` is the longest
    text in characters. `only_for` names the mode in which the question exists at all.
    """

    name: str
    form: Form
    text: str
    hint: str = ""
    options: tuple[Option, ...] = ()
    source: Source = ""
    skippable: bool = True
    most: int = LINE_LENGTH
    only_for: Mode | None = None

    @property
    def values(self) -> frozenset[str]:
        """The codes of a fixed list."""
        return frozenset(option.value for option in self.options)


@dataclass(frozen=True, slots=True)
class Screen:
    """What is asked together on one page of the form."""

    name: str
    title: str
    questions: tuple[Question, ...]

    @property
    def groups(self) -> tuple[tuple[Mode | None, tuple[Question, ...]], ...]:
        """The questions in order, in runs that exist in the same mode."""
        runs = groupby(self.questions, key=_mode_of)
        return tuple((mode, tuple(run)) for mode, run in runs)


def _mode_of(question: Question) -> Mode | None:
    return question.only_for
