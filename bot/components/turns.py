"""What the dialogue hears, remembers and says: plain values that go in and out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from components.referral_flow import BY_NAME, Answers, Question, next_question, open_options


@dataclass(frozen=True)
class Thresholds:
    """Probabilities, from bot/thresholds.yml; `danger` counts whatever came first."""

    danger: float
    direct: float
    small_talk: float
    out_of_scope: float
    suggest: float
    suggested: float
    flow_answer: float


@dataclass(frozen=True)
class Heard:
    """One message: words and their ranking (most probable first), or one of two kinds of button."""

    text: str = ""
    language: str = "nl"
    ranking: tuple[tuple[str, float], ...] = ()
    topic: str | None = None
    option: tuple[str, str] | None = None

    def probability(self, intent: str) -> float:
        return next((share for name, share in self.ranking if name == intent), 0.0)


@dataclass(frozen=True)
class Memory:
    """All that is kept of a conversation between two messages: coded values, never words."""

    in_flow: bool = False
    collecting: bool = False
    answers: Answers = field(default_factory=dict)
    danger_asked: bool = False
    postponed: str = ""
    misses: int = 0
    offered: tuple[str, ...] = ()

    @classmethod
    def read(cls, stored: Mapping[str, Any] | None) -> Memory:
        """From plain values; fields of an older make are dropped."""
        known = {key: value for key, value in (stored or {}).items() if key in _FIELDS}
        return cls(**{**known, "offered": tuple(known.get("offered", ()))})

    def plain(self) -> dict[str, Any]:
        return {**asdict(self), "offered": list(self.offered)}


_FIELDS = frozenset(Memory.__dataclass_fields__)


@dataclass(frozen=True)
class Turn:
    """What to say, in order, and what to remember; `question` asks the flow's current question."""

    answers: tuple[str, ...]
    memory: Memory
    question: bool = False
    draft: Mapping[str, object] | None = None


def asked_question(memory: Memory) -> tuple[Question, list[str]] | None:
    """The question the flow is at, with its buttons."""
    question = BY_NAME["needs"] if memory.collecting else next_question(memory.answers)
    if not memory.in_flow or question is None:
        return None
    return question, open_options(question, memory.answers, memory.collecting)
