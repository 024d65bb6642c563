"""The questions the bot asks before the check page: coded answers only, every one may be skipped.

Names, options and order are those of the wire between site and bot. Story, contact and consent are
never asked here: they belong on the page where the person sees them before they are sent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SKIP, STOP, DONE = "skip", "stop", "done"
YES_NO_UNSURE = ("yes", "no", "unsure")
YOUNGEST_ADULT, OLDEST = 18, 120


@dataclass(frozen=True)
class Question:
    """`many`: answered one option at a time until the person is done."""

    name: str
    options: tuple[str, ...]
    many: bool = False


QUESTIONS = (
    Question("safeNow", YES_NO_UNSURE),
    Question(
        "needs",
        (
            "shelter",
            "safety",
            "medical",
            "mental",
            "legal",
            "residence",
            "money",
            "work",
            "documents",
            "children",
            "return",
            "talk",
            "other",
        ),
        many=True,
    ),
    Question("stillInSituation", YES_NO_UNSURE),
    Question(
        "ageBand",
        ("0-8", "9-17", "18-20", "21-23", "24-26", "27-29", "30-38", "39-47", "48+", "unknown"),
    ),
)
BY_NAME: Mapping[str, Question] = MappingProxyType(
    {question.name: question for question in QUESTIONS}
)

# The first age of each band: the bands of HTCDS, as the referral has them.
_BANDS = (
    (48, "48+"),
    (39, "39-47"),
    (30, "30-38"),
    (27, "27-29"),
    (24, "24-26"),
    (21, "21-23"),
    (18, "18-20"),
    (9, "9-17"),
    (0, "0-8"),
)
UNDER_18 = frozenset({"0-8", "9-17"})

# Somebody asked "what help do you want?" who says "a doctor" answers; it is no change of subject.
NEED_OF_INTENT: Mapping[str, str] = MappingProxyType(
    {
        "shelter": "shelter",
        "escape_plan": "safety",
        "medical_help": "medical",
        "legal_help": "legal",
        "residence_permit": "residence",
        "money_help": "money",
        "labour_exploitation": "work",
        "documents_taken": "documents",
        "children": "children",
        "return_home": "return",
        "talk_to_person": "talk",
    }
)

Answers = dict[str, list[str]]


def next_question(answers: Answers) -> Question | None:
    """The first question without an answer; a skipped one has an empty answer."""
    return next((question for question in QUESTIONS if question.name not in answers), None)


def open_options(question: Question, answers: Answers, collecting: bool) -> list[str]:
    """The buttons of a question; one with many answers leaves out what was chosen already."""
    if not question.many or not collecting:
        return list(question.options)
    chosen = answers.get(question.name, [])
    return [option for option in question.options if option not in chosen] + [DONE]


def draft_of(answers: Answers) -> dict[str, object]:
    """Coded fields for the check page; what was skipped is left out."""
    draft: dict[str, object] = {"kind": "own"}
    for question in QUESTIONS:
        values = answers.get(question.name, [])
        if values:
            draft[question.name] = list(values) if question.many else values[0]
    return draft


def age_band(text: str) -> str | None:
    """The band of the only number in a text, in digits of any script; None without one."""
    numbers = re.findall(r"\d+", text)
    if len(numbers) != 1 or len(numbers[0]) > len(str(OLDEST)) or int(numbers[0]) > OLDEST:
        return None
    age = int(numbers[0])
    return next(band for first, band in _BANDS if age >= first)
