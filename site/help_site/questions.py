"""Every question of a referral as data: form, check page and chat ask the same words."""

from collections.abc import Mapping
from types import MappingProxyType

from help_site.own_questions import NEEDS, OWN_SCREENS
from help_site.question import Kind, Mode, Option, Question, Screen

__all__ = [
    "NEEDS",
    "SCREENS",
    "Kind",
    "Mode",
    "Option",
    "Question",
    "Screen",
    "question_named",
    "questions_of",
]

# A kind of referral that the form can ask has its screens here; the chat and the payload follow.
SCREENS: Mapping[Kind, tuple[Screen, ...]] = MappingProxyType({"own": OWN_SCREENS})


def questions_of(kind: Kind) -> tuple[Question, ...]:
    """All questions of one kind of referral, in the order in which they are asked."""
    return tuple(question for screen in SCREENS[kind] for question in screen.questions)


def question_named(name: str, kind: Kind = "own") -> Question | None:
    """The question with this name on the wire, or None."""
    return next((q for q in questions_of(kind) if q.name == name), None)
