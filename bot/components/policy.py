"""The dialogue as a Rasa policy: speaks where a rule would not do, else leaves it to the rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from components.dialogue import ANSWER_OF, Dialogue
from components.phrases import Phrases
from components.turns import Heard, Memory, Thresholds, Turn
from components.vocabulary import TOPICS

BOT_FOLDER = Path(__file__).resolve().parent.parent
MEMORY_SLOT = "memory"  # what outlives the message
TURN_SLOT = "turn"  # what is being said now
ASK, HAND_OVER = "utter_question", "utter_draft"
ABOVE_RULES = 7


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class DialoguePolicy(Policy):
    """Danger, questions, doubts and menus. A plain topic is left to its rule in data/rules."""

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, **kwargs)
        thresholds = yaml.safe_load((BOT_FOLDER / "thresholds.yml").read_text(encoding="utf-8"))
        phrases = Phrases.load(BOT_FOLDER / "phrases")
        self._dialogue = Dialogue(Thresholds(**thresholds), phrases, TOPICS)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        return {"priority": ABOVE_RULES}

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Nothing to learn: thresholds and phrases are data."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        events = []
        if tracker.latest_action_name == ACTION_LISTEN_NAME:
            turn = self._dialogue.turn(
                heard_in(tracker), Memory.read(tracker.get_slot(MEMORY_SLOT))
            )
            said = _spoken(turn, _latest_intent(tracker))
            events = [SlotSet(MEMORY_SLOT, turn.memory.plain()), SlotSet(TURN_SLOT, said)]
            actions, done = said["actions"], 0
        else:
            said = tracker.get_slot(TURN_SLOT) or {}
            actions, done = said.get("actions", []), _actions_since_message(tracker)
        probabilities = self._default_predictions(domain)
        if actions:
            name = actions[done] if done < len(actions) else ACTION_LISTEN_NAME
            probabilities[domain.index_for_action(name)] = 1.0
        return self._prediction(probabilities, events=events)


def heard_in(tracker: DialogueStateTracker) -> Heard:
    """The latest message; its button, if it was one, travels in the metadata, never in the text."""
    message = tracker.latest_message
    if message is None:
        return Heard()
    metadata = message.metadata or {}
    option = metadata.get("option")
    ranking = message.parse_data.get("intent_ranking", [])
    return Heard(
        text=message.text or "",
        language=str(metadata.get("language", "nl")),
        ranking=tuple((entry["name"], float(entry["confidence"])) for entry in ranking),
        topic=metadata.get("topic"),
        option=(option[0], option[1]) if option else None,
    )


def _spoken(turn: Turn, intent: str | None) -> dict[str, Any]:
    """The turn as action names; none when the rule for the intent says exactly the same."""
    plain = turn.answers == (ANSWER_OF.get(intent or "", intent),)
    if plain and not turn.question and turn.draft is None:
        return {"actions": []}
    actions = [f"utter_{answer}" for answer in turn.answers]
    if turn.question:
        actions.append(ASK)
    if turn.draft is not None:
        actions.append(HAND_OVER)
    return {"actions": actions, "draft": dict(turn.draft) if turn.draft is not None else None}


def _latest_intent(tracker: DialogueStateTracker) -> str | None:
    message = tracker.latest_message
    return message.intent.get("name") if message is not None else None


def _actions_since_message(tracker: DialogueStateTracker) -> int:
    count = 0
    for event in reversed(tracker.events):
        if isinstance(event, ActionExecuted):
            if event.action_name == ACTION_LISTEN_NAME:
                break
            count += 1
    return count
