"""What a visitor may answer in a referral, screen by screen, and what is wrong with an answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from help_site.form_lists import FormLists
from help_site.posted_form import PostedForm
from help_site.questions import SCREENS, Kind, Mode, Question, Screen, questions_of
from help_site.translatable import N_
from help_site.visitor_text import clean_line, digits_in, holds_unreadable_signs, with_plain_digits

FEWEST_PHONE_DIGITS = 6
_NO_VALUES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: the name of the question, and a Dutch source text with named values."""

    question: str
    message: str
    values: Mapping[str, object] = field(default_factory=lambda: _NO_VALUES)


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers so far, by question; only questions that exist, only codes that exist."""

    kind: Kind
    given: Mapping[str, tuple[str, ...]]

    def one(self, name: str) -> str:
        """The answer to a question with one answer, or an empty text."""
        return self.given.get(name, ("",))[0]

    def many(self, name: str) -> tuple[str, ...]:
        """All answers to a question."""
        return self.given.get(name, ())

    @property
    def mode(self) -> Mode:
        """Without a name, unless the person chose otherwise."""
        return "consented" if self.one("mode") == "consented" else "anonymous"

    def completed(self, language: str) -> "Answers":
        """These answers with what holds when nothing was chosen: that language, and no name."""
        chosen = {"language": (language,), "mode": ("anonymous",)}
        return Answers(self.kind, {**chosen, **self.given})

    def hidden_besides(self, screen: str) -> Iterator[tuple[str, str]]:
        """Name and value of every answer that the given screen does not show itself."""
        shown = {q.name for s in SCREENS[self.kind] if s.name == screen for q in s.questions}
        for name, several in self.given.items():
            if name not in shown:
                yield from ((name, value) for value in several)


def read_answers(posted: PostedForm, lists: FormLists, kind: Kind = "own") -> Answers:
    """The answers in a posted form. Unknown names and codes are left out, nothing else is."""
    read = {q.name: _read(q, posted.many(q.name), lists) for q in questions_of(kind)}
    return Answers(kind, {name: several for name, several in read.items() if several})


def _read(question: Question, posted: tuple[str, ...], lists: FormLists) -> tuple[str, ...]:
    if question.form == "text":
        return tuple(text for text in posted[-1:] if text)
    if question.form == "line":
        lines = tuple(line for line in map(clean_line, posted[-1:]) if line)
        # What is shown on the check page is what is sent, and a number is dialled as 0-9.
        return tuple(map(with_plain_digits, lines)) if question.name == "contactValue" else lines
    if question.form == "flag":
        return ("yes",) if "yes" in posted else ()
    known = tuple(option.value for option in lists.options_of(question))
    chosen = tuple(value for value in known if value in posted)
    if question.form == "many":
        # "I don't know" next to something known says nothing more.
        return tuple(v for v in chosen if v != "unknown") or chosen
    return tuple(value for value in posted[-1:] if value in known)


def problems_on(screen: Screen, answers: Answers) -> tuple[Problem, ...]:
    """Everything to mend on one screen, in the order of its questions."""
    asked = (q for q in screen.questions if q.only_for in (None, answers.mode))
    return tuple(problem for q in asked if (problem := _problem_with(q, answers)) is not None)


def first_screen_with_problems(answers: Answers) -> Screen | None:
    """The first screen on which something must be mended before anything can be sent."""
    return next((s for s in SCREENS[answers.kind] if problems_on(s, answers)), None)


_MISSING: Mapping[str, str] = MappingProxyType(
    {
        "needs": N_("Kies minstens één soort hulp. Weet je het niet? Kies ‘Iets anders’."),
        "contactChannel": N_("Kies hoe wij je mogen bereiken."),
        "contactValue": N_("Vul het nummer of het e-mailadres in."),
        "contactSafe": N_("Kies of dit veilig is voor jou."),
        "givenBy": N_("Kies wie toestemming geeft."),
    }
)
NOT_SAFE = N_(
    "Dit is misschien niet veilig. Dan gebruiken wij het niet. "
    "Vul iets anders in, of kies ‘Zonder naam, met een code’."
)
TOO_LONG = N_(
    "Je tekst is te lang: %(count)s tekens. Er passen er %(most)s in. "
    "Maak je tekst korter. Alles staat er nog."
)
NOTHING_ARRIVED = N_("Er ging iets mis. Wij hebben niets ontvangen. Begin hier opnieuw.")
UNREADABLE = N_("Sommige letters konden wij niet lezen. Kijk je tekst na.")
NO_PHONE_NUMBER = N_("Dit lijkt geen telefoonnummer. Kijk de cijfers na.")
NO_EMAIL_ADDRESS = N_("Dit lijkt geen e-mailadres. Er moet een @ in staan.")


def _problem_with(question: Question, answers: Answers) -> Problem | None:
    text = answers.one(question.name)
    if not text:
        missing = _MISSING.get(question.name)
        return Problem(question.name, missing) if missing else None
    if question.form in ("line", "text"):
        return _problem_with_text(question, text, answers.one("contactChannel"))
    if question.name == "contactSafe" and text == "no":
        return Problem(question.name, NOT_SAFE)
    return None


def _problem_with_text(question: Question, text: str, channel: str) -> Problem | None:
    if len(text) > question.most:
        return Problem(question.name, TOO_LONG, {"count": len(text), "most": question.most})
    if holds_unreadable_signs(text):
        return Problem(question.name, UNREADABLE)
    if question.name != "contactValue":
        return None
    if channel in ("phone", "whatsapp") and len(digits_in(text)) < FEWEST_PHONE_DIGITS:
        return Problem(question.name, NO_PHONE_NUMBER)
    if channel == "email" and "@" not in text:
        return Problem(question.name, NO_EMAIL_ADDRESS)
    return None
