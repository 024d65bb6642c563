"""Says answers by name: the site has the words of every language, the bot has none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from components.policy import ASK, HAND_OVER, MEMORY_SLOT, TURN_SLOT
from components.turns import Memory, asked_question
from components.vocabulary import INTENTS

BOT_FOLDER = Path(__file__).resolve().parent.parent
UTTER = "utter_"
SOMETHING_ELSE = "out_of_scope"


class AnswerNames(NaturalLanguageGenerator):
    """One name per action, with its buttons; deterministic, in process, nothing drawn at random."""

    def __init__(self, endpoint_config: EndpointConfig, domain: Domain) -> None:
        content = BOT_FOLDER / str(endpoint_config.kwargs.get("content", "../content"))
        self._choices = _choices_in(content / "answers.yaml")

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> dict[str, Any]:
        return {"custom": self._said(utter_action, tracker)}

    def _said(self, action: str, tracker: DialogueStateTracker) -> dict[str, Any]:
        memory = Memory.read(tracker.get_slot(MEMORY_SLOT))
        if action == HAND_OVER:
            return {"draft": (tracker.get_slot(TURN_SLOT) or {}).get("draft")}
        if action == ASK:
            asked = asked_question(memory)
            if asked is None:
                return {"question": None}
            question, options = asked
            return {"question": {"name": question.name, "options": options, "skippable": True}}
        answer = action.removeprefix(UTTER)
        choices = self._choices.get(answer, [])
        if answer == "did_you_mean":
            choices = [*memory.offered, SOMETHING_ELSE]
        return {"answer": answer, "choices": choices}


def _choices_in(path: Path) -> dict[str, list[str]]:
    """The buttons that the editors gave each answer; without the file the site adds its own."""
    if not path.is_file():
        return {}
    answers = yaml.safe_load(path.read_text(encoding="utf-8"))["answers"]
    return {
        name: [choice for choice in answer.get("choices", []) if choice in INTENTS]
        for name, answer in answers.items()
    }
