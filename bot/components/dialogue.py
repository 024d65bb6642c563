"""Decides what the bot says: life first, then open questions, then topics; no Rasa in here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from components.folding import letter_count
from components.phrases import Phrases
from components.referral_flow import (
    BY_NAME,
    DONE,
    NEED_OF_INTENT,
    SKIP,
    STOP,
    UNDER_18,
    YES_NO_UNSURE,
    age_band,
    draft_of,
)
from components.turns import Heard, Memory, Thresholds, Turn, asked_question

ANSWER_OF: Mapping[str, str] = MappingProxyType(
    {"greet": "greeting", "affirm": "affirm_alone", "deny": "deny_alone", "stop": "stopped"}
)
SMALL_TALK = frozenset(
    {"greet", "goodbye", "thanks", "affirm", "deny", "stop", "bot_challenge", "insult"}
)
SOMETHING_ELSE = "out_of_scope"
FLOW = "start_referral"
LEAST_LETTERS = 2
MOST_SUGGESTIONS = 3


class Dialogue:
    """The same message and memory always give the same turn."""

    def __init__(self, thresholds: Thresholds, phrases: Phrases, topics: frozenset[str]) -> None:
        self._thresholds = thresholds
        self._phrases = phrases
        self._topics = topics

    def turn(self, heard: Heard, memory: Memory) -> Turn:
        """Never without an answer."""
        if heard.option:
            return self._option(heard.option, _settled(memory))
        if heard.topic:
            return self._topic(heard.topic, memory)
        meaning = self._phrases.meaning(heard.text, heard.language)
        if memory.danger_asked and (turn := self._after_danger(heard, meaning, memory)):
            return turn
        if memory.in_flow and (turn := self._flow_words(heard, meaning, memory)):
            return turn
        if letter_count(heard.text) < LEAST_LETTERS:
            return self._back("too_short", memory)
        if turn := self._danger(heard, memory):
            return turn
        memory = replace(memory, danger_asked=False, postponed="")
        if memory.in_flow and (turn := self._flow_meaning(heard, memory)):
            return turn
        return self._open_talk(heard, memory)

    # --- life first

    def _danger(self, heard: Heard, memory: Memory) -> Turn | None:
        suicidal = heard.probability("suicidal") >= self._thresholds.danger
        danger = heard.probability("danger_now") >= self._thresholds.danger
        if not suicidal and not danger:
            return None
        first = "danger_now" if memory.danger_asked else "ask_danger"
        answers = [first] if danger else []
        if suicidal:
            answers.insert(0 if heard.probability("suicidal") > 0.5 else len(answers), "suicidal")
        other = heard.ranking[0][0] if heard.ranking[0][1] >= self._thresholds.direct else ""
        postponed = other if other in self._topics else ""
        if postponed and not memory.in_flow and postponed not in ("danger_now", "suicidal", FLOW):
            answers.append(postponed)
        kept = replace(memory, danger_asked=True, postponed=postponed, misses=0, offered=())
        return Turn(tuple(answers), kept)

    def _after_danger(self, heard: Heard, meaning: str | None, memory: Memory) -> Turn | None:
        said = meaning or self._yes_or_no(heard)
        if said == "yes":
            if memory.in_flow:
                memory = self._recorded(_settled(memory), "safeNow", ["no"])
            return self._back("danger_now", _settled(memory))
        if said == "no":
            if memory.postponed == FLOW:
                return self._start_flow(_settled(memory))
            if memory.in_flow:
                return Turn(("flow_interrupted",), _settled(memory), question=True)
            return Turn(("deny_alone",), _settled(memory))
        return None

    # --- the questions of a referral

    def _start_flow(self, memory: Memory) -> Turn:
        if memory.in_flow:
            return Turn(("flow_interrupted",), _settled(memory), question=True)
        return Turn(("flow_intro",), Memory(in_flow=True), question=True)

    def _option(self, option: tuple[str, str], memory: Memory) -> Turn:
        name, value = option
        if value == STOP:
            return Turn(("flow_stopped" if memory.in_flow else "stopped",), Memory())
        begun = replace(memory, in_flow=True, offered=(), misses=0)
        if value == SKIP:
            return self._go_on(self._recorded(begun, name, begun.answers.get(name, [])))
        return self._answered(begun, name, value)

    def _answered(self, memory: Memory, name: str, value: str) -> Turn:
        question = BY_NAME[name]
        if question.many and value != DONE:
            chosen = list(dict.fromkeys([*memory.answers.get(name, []), value]))
            memory = replace(memory, answers={**memory.answers, name: chosen}, collecting=True)
            if len(chosen) < len(question.options):
                return Turn(("flow_next",), memory, question=True)
        values = memory.answers.get(name, []) if question.many else [value]
        memory = self._recorded(memory, name, values)
        if (name, value) == ("safeNow", "no"):
            return self._go_on(memory, "danger_now")
        return self._go_on(memory, "minor" if value in UNDER_18 else "flow_next")

    def _recorded(self, memory: Memory, name: str, values: list[str]) -> Memory:
        collecting = memory.collecting and not BY_NAME[name].many
        return replace(memory, answers={**memory.answers, name: values}, collecting=collecting)

    def _go_on(self, memory: Memory, answer: str = "flow_next") -> Turn:
        if asked_question(memory):
            return Turn((answer,), memory, question=True)
        answers = ("flow_done",) if answer == "flow_next" else (answer, "flow_done")
        return Turn(answers, Memory(), draft=draft_of(memory.answers))

    def _flow_words(self, heard: Heard, meaning: str | None, memory: Memory) -> Turn | None:
        asked = asked_question(memory)
        if asked is None:
            return None
        name = asked[0].name
        memory = _settled(memory)
        if meaning in (STOP, SKIP):
            return self._option((name, meaning), memory)
        if name == "ageBand" and (band := age_band(heard.text)):
            return self._answered(memory, name, band)
        if meaning in asked[0].options and meaning in YES_NO_UNSURE:
            return self._answered(memory, name, meaning)
        if meaning in (DONE, "no", "unsure"):
            return self._option((name, SKIP), memory)
        return None

    def _flow_meaning(self, heard: Heard, memory: Memory) -> Turn | None:
        """An answer in one's own words to the question that was asked."""
        asked = asked_question(memory)
        if asked is None or not heard.ranking:
            return None
        name = asked[0].name
        intent, share = heard.ranking[0]
        if share < self._thresholds.flow_answer:
            return None
        if intent == "stop":
            return self._option((name, STOP), memory)
        if name == "needs" and intent in NEED_OF_INTENT:
            return self._answered(memory, name, NEED_OF_INTENT[intent])
        said = self._yes_or_no(heard)
        if said and said in asked[0].options:
            return self._answered(memory, name, said)
        return self._option((name, SKIP), memory) if said == "no" and name == "needs" else None

    # --- topics

    def _topic(self, intent: str, memory: Memory) -> Turn:
        if intent in ("affirm", "deny"):
            said = "yes" if intent == "affirm" else "no"
            heard = Heard(ranking=((intent, 1.0),))
            if memory.danger_asked and (turn := self._after_danger(heard, said, memory)):
                return turn
        memory = replace(_settled(memory), misses=0, offered=())
        if intent == FLOW:
            return self._start_flow(memory)
        if intent == SOMETHING_ELSE:
            return self._back("menu", memory)
        if intent == "stop" and memory.in_flow:
            return Turn(("flow_stopped",), Memory())
        return self._back(ANSWER_OF.get(intent, intent), memory)

    def _open_talk(self, heard: Heard, memory: Memory) -> Turn:
        if not heard.ranking:
            return self._missed("menu", memory)
        intent, share = heard.ranking[0]
        if memory.offered and (said := self._yes_or_no(heard)):
            return self._after_offer(said, memory)
        if intent == SOMETHING_ELSE and share >= self._thresholds.out_of_scope:
            return self._missed("out_of_scope", memory)
        least = self._thresholds.small_talk if intent in SMALL_TALK else self._thresholds.direct
        if intent != SOMETHING_ELSE and share >= least:
            return self._topic(intent, memory)
        offered = self._suggestions(heard)
        if share >= self._thresholds.suggest and offered:
            return self._missed("did_you_mean", memory, offered)
        return self._missed("menu", memory)

    def _suggestions(self, heard: Heard) -> tuple[str, ...]:
        likely = (
            name
            for name, share in heard.ranking
            if name in self._topics and share >= self._thresholds.suggested
        )
        return tuple(likely)[:MOST_SUGGESTIONS]

    def _after_offer(self, said: str, memory: Memory) -> Turn:
        if said == "no":
            return self._back("menu", replace(memory, offered=(), misses=0))
        if len(memory.offered) == 1:
            return self._topic(memory.offered[0], memory)
        return Turn(("did_you_mean",), memory, question=memory.in_flow)

    def _missed(self, answer: str, memory: Memory, offered: tuple[str, ...] = ()) -> Turn:
        """The second time in a row that nothing was understood: the menu, a number, a person."""
        misses = memory.misses + 1
        if misses >= 2:
            return self._back("menu_again", replace(memory, misses=0, offered=()))
        return self._back(answer, replace(memory, misses=misses, offered=offered))

    def _back(self, answer: str, memory: Memory) -> Turn:
        """An answer, and then back to the question that was open."""
        if not asked_question(memory):
            return Turn((answer,), memory)
        return Turn((answer, "flow_interrupted"), memory, question=True)

    def _yes_or_no(self, heard: Heard) -> str | None:
        if not heard.ranking or heard.ranking[0][1] < self._thresholds.small_talk:
            return None
        return {"affirm": "yes", "deny": "no"}.get(heard.ranking[0][0])


def _settled(memory: Memory) -> Memory:
    return replace(memory, danger_asked=False, postponed="")
