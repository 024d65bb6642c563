"""Figures of the bot's understanding: what it would have done with each message of a set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from components.dialogue import ANSWER_OF, Dialogue
from components.intent_model import IntentModel
from components.turns import Heard, Memory
from components.vocabulary import SAFETY, TOPICS

OUT_OF_SCOPE = "out_of_scope"
BINS = 10
DANGER_ANSWERS = frozenset({"ask_danger", *SAFETY})
INTENT_OF = {answer: intent for intent, answer in ANSWER_OF.items()}
NO_ANSWER = frozenset({"did_you_mean", "menu", "menu_again", "too_short", OUT_OF_SCOPE})


@dataclass(frozen=True)
class Example:
    """One message of a set; `accept` holds every intent a sensible person would find right."""

    text: str
    intent: str
    accept: frozenset[str]


@dataclass(frozen=True)
class Outcome:
    """What was understood and done; `listed` says that the site's word lists saw danger."""

    example: Example
    ranking: tuple[tuple[str, float], ...]
    answers: tuple[str, ...]
    listed: bool

    @property
    def first(self) -> str:
        return self.ranking[0][0]

    @property
    def sure(self) -> float:
        return self.ranking[0][1]

    @property
    def right(self) -> bool:
        return self.first in self.example.accept

    @property
    def among_three(self) -> bool:
        return any(name in self.example.accept for name, _ in self.ranking[:3])

    @property
    def asked_danger(self) -> bool:
        return self.listed or bool(DANGER_ANSWERS & set(self.answers))

    @property
    def wrong_direct(self) -> bool:
        """An answer nobody asked for, given without asking first; danger has its own figure."""
        given = {INTENT_OF.get(answer, answer) for answer in self.answers}
        given -= NO_ANSWER | DANGER_ANSWERS
        given = {"start_referral" if name == "flow_intro" else name for name in given}
        return bool(given - self.example.accept)

    @property
    def wrong_topic(self) -> bool:
        return bool(set(self.answers) & (TOPICS | {"flow_intro"}))


def outcomes_of(
    examples: Sequence[Example],
    language: str,
    model: IntentModel,
    dialogue: Dialogue,
    listed: Callable[[str], bool],
) -> list[Outcome]:
    """Each message as the first of a new conversation."""
    return [_outcome(each, language, model, dialogue, listed) for each in examples]


def _outcome(
    example: Example,
    language: str,
    model: IntentModel,
    dialogue: Dialogue,
    listed: Callable[[str], bool],
) -> Outcome:
    shares = model.probabilities(example.text).tolist()
    pairs = sorted(zip(model.intents, shares, strict=True), key=lambda pair: -pair[1])
    heard = Heard(text=example.text, language=language, ranking=tuple(pairs))
    turn = dialogue.turn(heard, Memory())
    return Outcome(example, tuple(pairs), turn.answers, listed(example.text))


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Shares between 0 and 1, None where a set has no message of that kind."""
    safety = [each for each in outcomes if each.example.intent in SAFETY]
    calm = [each for each in outcomes if not each.example.accept & set(SAFETY)]
    outside = [each for each in outcomes if each.example.intent == OUT_OF_SCOPE]
    return {
        "messages": len(outcomes),
        "right": _share(each.right for each in outcomes),
        "among_three": _share(each.among_three for each in outcomes),
        "danger_caught": _share(each.asked_danger for each in safety),
        "danger_messages": len(safety),
        "danger_needless": _share(each.asked_danger for each in calm),
        "out_of_scope_kept": _share(not each.wrong_topic for each in outside),
        "out_of_scope_messages": len(outside),
        "wrong_direct": _share(each.wrong_direct for each in outcomes),
        "answered_directly": _share(not set(each.answers) & NO_ANSWER for each in outcomes),
        "calibration_error": calibration_error(outcomes),
    }


def calibration(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Per tenth of sureness: messages, mean sureness, share that was right."""
    bins: list[list[Outcome]] = [[] for _ in range(BINS)]
    for each in outcomes:
        bins[min(int(each.sure * BINS), BINS - 1)].append(each)
    return [
        {
            "from": place / BINS,
            "messages": len(held),
            "sure": sum(each.sure for each in held) / len(held),
            "right": _share(each.right for each in held),
        }
        for place, held in enumerate(bins)
        if held
    ]


def calibration_error(outcomes: Sequence[Outcome]) -> float:
    """Mean distance between sureness and share right, weighted by messages."""
    distances = [row["messages"] * abs(row["sure"] - row["right"]) for row in calibration(outcomes)]
    return float(sum(distances)) / max(len(outcomes), 1)


def by_intent(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """The intents, worst first, with what they were most often taken for."""
    rows = []
    for intent in sorted({each.example.intent for each in outcomes}):
        own = [each for each in outcomes if each.example.intent == intent]
        mistaken = Counter(each.first for each in own if not each.right)
        share = _share(each.right for each in own)
        taken_for = [name for name, _ in mistaken.most_common(2)]
        rows.append(
            {"intent": intent, "messages": len(own), "right": share, "taken_for": taken_for}
        )
    return sorted(rows, key=lambda row: row["right"])


def _share(values: Any) -> float | None:
    seen = [bool(value) for value in values]
    return sum(seen) / len(seen) if seen else None
