"""The words of a talk in the reader's language: the lines of the log, and the open buttons."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from help_site.bot_answers import BotAnswers
from help_site.chat_turns import (
    Answered,
    Asked,
    Chose,
    Drafted,
    OfferedLanguage,
    Picked,
    Said,
    Turn,
    since_last_visitor,
    written,
)
from help_site.form_lists import FormLists
from help_site.languages import BY_TAG, Language
from help_site.localised import LocalText
from help_site.questions import SCREENS, question_named
from help_site.rendering import page_url
from help_site.translatable import N_
from help_site.translating import Domain
from help_site.website import Website

MOST_CHOICES = 4
_FLOW_BUTTONS = {
    "done": N_("Klaar met kiezen"),
    "skip": N_("Sla over"),
    "stop": N_("Stop met de vragen"),
}
# Yes and no are topics to the bot; as a button they need words that stand on their own.
_PLAIN_TOPICS = {"affirm": N_("Ja"), "deny": N_("Nee, ik ben niet in gevaar")}
_DANGER = frozenset({"ask_danger", "danger_now", "suicidal"})
_MENUS = frozenset({"unavailable", "menu", "menu_again"})
_TASK_NAMES = {
    "my-code": N_("Ik heb een code"),
    "find": N_("Zoek hulp"),
    "ask": N_("Vraag hulp"),
    "safety": N_("Veilig op je telefoon"),
}
_PHONE = re.compile(r"(?<![\w-])(?:11[23]|(?:\+|0)\d[\d -]{6,13}\d)(?![\w-])")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the log; `carried` is its turn, as the page sends it back.

    A turn without words of its own has no paragraphs, and is only carried.
    """

    sender: Literal["you", "bot"]
    paragraphs: tuple[LocalText, ...]
    carried: str
    danger: bool = False
    card: tuple[str, LocalText] | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A button under the log: its value in the field `choice`, and its words."""

    value: str
    label: LocalText


@dataclass(frozen=True, slots=True)
class Open:
    """What can be pressed now. `menu` holds every topic, when somebody has to look around."""

    choices: tuple[Button, ...]
    menu: tuple[Button, ...]
    draft: tuple[tuple[str, str], ...]
    offered: Language | None
    offer: tuple[LocalText, ...]
    calls: tuple[str, ...]


def is_topic(intent: str, answers: BotAnswers) -> bool:
    """Whether a button may say this to the bot."""
    return intent in answers.topics or intent in _PLAIN_TOPICS


def is_option(question: str, value: str) -> bool:
    """Whether a button may answer a question with this."""
    known = question_named(question)
    return known is not None and (value in known.values or value in _FLOW_BUTTONS)


def with_phone_links(text: str) -> Markup:
    """The text as HTML, with every phone number as a link that runs from left to right."""
    parts: list[Markup] = []
    end = 0
    for match in _PHONE.finditer(text):
        dialled = "".join(sign for sign in match[0] if sign.isdigit() or sign == "+")
        link = Markup('<a href="tel:{}"><bdi dir="ltr">{}</bdi></a>')
        parts += [Markup.escape(text[end : match.start()]), link.format(dialled, match[0])]
        end = match.end()
    return Markup().join((*parts, Markup.escape(text[end:])))


class ChatWords:
    """One language's view of a talk."""

    def __init__(
        self, answers: BotAnswers, lists: FormLists, website: Website, language: Language
    ) -> None:
        self._answers = answers
        self._lists = lists
        self._website = website
        self._language = language

    def lines(self, turns: tuple[Turn, ...]) -> tuple[Line, ...]:
        """The log: one line for each turn."""
        return tuple(self._line(turn) for turn in turns)

    def open(self, talk: tuple[Turn, ...]) -> Open:
        """The buttons that go with what was said last."""
        last = since_last_visitor(talk)
        said = {turn.answer for turn in last if isinstance(turn, Answered)}
        asked = next((turn for turn in last if isinstance(turn, Asked)), None)
        drafted = next((turn for turn in last if isinstance(turn, Drafted)), None)
        tag = next((turn.tag for turn in last if isinstance(turn, OfferedLanguage)), "")
        offered = BY_TAG.get(tag) if tag != self._language.tag else None
        return Open(
            choices=tuple(self._options(asked) if asked else self._choices(last, said)),
            menu=tuple(self._every_topic()) if said & _MENUS and not asked else (),
            draft=drafted.fields if drafted and _can_be_asked(drafted) else (),
            offered=offered,
            offer=self._offer(offered) if offered else (),
            calls=_calls(said),
        )

    def _line(self, turn: Turn) -> Line:
        carried = written(turn)
        match turn:
            case Said(text):
                return Line("you", (LocalText(Markup.escape(text), None),), carried)
            case Picked(intent):
                return Line("you", (self._topic(intent),), carried)
            case Chose(question, value):
                return Line("you", (self._option(question, value),), carried)
            case Answered(answer, _):
                return self._answer_line(answer, carried)
            case Asked(question, _, _):
                asked = question_named(question)
                words = (self._words("interface", asked.text),) if asked else ()
                return Line("bot", words, carried)
            case _:
                return Line("bot", (), carried)

    def _answer_line(self, name: str, carried: str) -> Line:
        answer = self._answers.answers.get(name)
        if answer is None:
            return Line("bot", (), carried)
        return Line(
            "bot", self._paragraphs(answer.text), carried, name in _DANGER, self._card(answer.card)
        )

    def _card(self, card: str | None) -> tuple[str, LocalText] | None:
        if card is None:
            return None
        page = self._website.content.pages.get(card)
        if page is not None:
            title = self._words("content", page.about.title)
        elif card in _TASK_NAMES:
            title = self._words("interface", _TASK_NAMES[card])
        else:
            return None
        return page_url(self._language, card), title

    def _choices(self, last: tuple[Turn, ...], said: set[str]) -> Iterator[Button]:
        """At most four topics; with the question about danger, its own answers come first."""
        wanted: list[str] = ["danger_now", "deny"] if "ask_danger" in said else []
        for turn in last:
            if isinstance(turn, Answered):
                wanted += turn.choices
                answer = self._answers.answers.get(turn.answer)
                if answer and (not turn.choices or turn.answer == "did_you_mean"):
                    wanted += answer.choices
        known = (intent for intent in dict.fromkeys(wanted) if is_topic(intent, self._answers))
        for intent, _ in zip(known, range(MOST_CHOICES), strict=False):
            yield Button(f"topic:{intent}", self._topic(intent))

    def _options(self, asked: Asked) -> Iterator[Button]:
        values = [*asked.options, *(("skip",) if asked.skippable else ()), "stop"]
        for value in dict.fromkeys(values):
            if is_option(asked.question, value):
                label = self._option(asked.question, value)
                yield Button(f"answer:{asked.question}:{value}", label)

    def _every_topic(self) -> Iterator[Button]:
        for intent in self._answers.topics:
            yield Button(f"topic:{intent}", self._topic(intent))

    def _offer(self, offered: Language) -> tuple[LocalText, ...]:
        """The offer in both languages, that of the page first."""
        answer = self._answers.answers.get("language_offer")
        if answer is None:
            return ()
        other = self._website.catalogues[offered.tag].phrase("bot", answer.text)
        theirs = LocalText(Markup.escape(other.text), BY_TAG[other.language])
        return (self._words("bot", answer.text), theirs)

    def _topic(self, intent: str) -> LocalText:
        if intent in _PLAIN_TOPICS:
            return self._words("interface", _PLAIN_TOPICS[intent])
        return self._words("bot", self._answers.topics.get(intent, ""))

    def _option(self, question: str, value: str) -> LocalText:
        asked = question_named(question)
        labels = {o.value: o.label for o in self._lists.options_of(asked)} if asked else {}
        return self._words("interface", labels.get(value) or _FLOW_BUTTONS.get(value, ""))

    def _paragraphs(self, source_text: str) -> tuple[LocalText, ...]:
        phrase = self._website.catalogues[self._language.tag].phrase("bot", source_text)
        foreign = None if phrase.language == self._language.tag else BY_TAG[phrase.language]
        lines = (line.strip() for line in phrase.text.splitlines())
        return tuple(LocalText(with_phone_links(line), foreign) for line in lines if line)

    def _words(self, domain: Domain, source_text: str) -> LocalText:
        phrase = self._website.catalogues[self._language.tag].phrase(domain, source_text)
        foreign = None if phrase.language == self._language.tag else BY_TAG[phrase.language]
        return LocalText(Markup.escape(phrase.text), foreign)


def _can_be_asked(drafted: Drafted) -> bool:
    return dict(drafted.fields).get("kind", "own") in SCREENS


def _calls(said: set[str]) -> tuple[str, ...]:
    """The numbers that get a button of their own."""
    if "suicidal" in said:
        return ("113", "112")
    return ("112",) if said & _DANGER else ()
