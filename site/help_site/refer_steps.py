"""Which page of the referral form comes next, as a pure function of what was pressed."""

from dataclasses import dataclass

from help_site.forms import Answers, Problem, first_screen_with_problems, problems_on
from help_site.posted_form import PostedForm
from help_site.questions import SCREENS, Screen
from help_site.translatable import N_

START, DANGER, CHECK, SEND = "start", "danger", "check", "send"
CONSENT_MISSING = Problem(
    "consent",
    N_("Zet een vinkje als je toestemming geeft. Of kies ‘Zonder naam, met een code’."),
)


@dataclass(frozen=True, slots=True)
class Pressed:
    """What came with the answers: the page that was shown and the button.

    `checked` is whether the person has seen the check page before, `consent` whether the box
    under the consent text was ticked.
    """

    screen: str
    go: str
    checked: bool = False
    consent: bool = False

    @classmethod
    def read(cls, posted: PostedForm) -> "Pressed":
        """The steering fields of a posted form."""
        return cls(
            screen=posted.one("screen"),
            go=posted.one("go"),
            checked=posted.one("checked") == "yes",
            consent=posted.one("consent") == "yes",
        )


@dataclass(frozen=True, slots=True)
class Shown:
    """The page to show now: `screen` is a screen's name, or start, danger, check or send.

    `focus` is the question the person asked to change.
    """

    screen: str
    problems: tuple[Problem, ...] = ()
    focus: str = ""


def next_page(answers: Answers, pressed: Pressed) -> Shown:
    """Decides; whatever was pressed, there is always a page."""
    screens = {screen.name: screen for screen in SCREENS[answers.kind]}
    action, _, target = pressed.go.partition(":")
    if action == "change":
        name, _, question = target.partition(":")
        return Shown(name if name in screens else CHECK, focus=question)
    if action == "send":
        return _sending(answers, pressed)
    if action == "check" and pressed.screen not in screens:
        return _from_chat(answers)
    if pressed.screen == START and pressed.go == "stay":
        return Shown(START)
    if pressed.screen == DANGER:
        return _beside_danger(answers, pressed)
    if pressed.screen == CHECK:
        return _from_check(answers, action)
    if pressed.screen not in screens:
        return Shown(next(iter(screens)))
    return _from_screen(answers, pressed, screens)


def _from_screen(answers: Answers, pressed: Pressed, screens: dict[str, Screen]) -> Shown:
    names = list(screens)
    place = names.index(pressed.screen)
    if pressed.go == "back":
        return Shown(names[place - 1] if place else START)
    if pressed.go not in ("next", "check"):
        return Shown(pressed.screen)
    problems = problems_on(screens[pressed.screen], answers)
    if problems:
        return Shown(pressed.screen, problems)
    if place == 0 and answers.one("safeNow") == "no":
        return Shown(DANGER)
    if pressed.go == "check" or pressed.checked or place + 1 == len(names):
        return _checking(answers)
    return Shown(names[place + 1])


def _beside_danger(answers: Answers, pressed: Pressed) -> Shown:
    first, second, *_ = (screen.name for screen in SCREENS[answers.kind])
    if pressed.go == "back":
        return Shown(first)
    if pressed.go != "next":
        return Shown(DANGER)
    return _checking(answers) if pressed.checked else Shown(second)


def _from_check(answers: Answers, action: str) -> Shown:
    if action == "back":
        return Shown(SCREENS[answers.kind][-1].name)
    return _checking(answers)


def _checking(answers: Answers) -> Shown:
    """The check page, or the first screen on which something must be mended before it."""
    faulty = first_screen_with_problems(answers)
    return Shown(CHECK) if faulty is None else Shown(faulty.name, problems_on(faulty, answers))


def _from_chat(answers: Answers) -> Shown:
    """A draft goes to the check page; what it lacks is asked, and is nobody's mistake yet."""
    return Shown(_checking(answers).screen)


def _sending(answers: Answers, pressed: Pressed) -> Shown:
    checked = _checking(answers)
    if checked.screen != CHECK:
        return checked
    if answers.mode == "consented" and not pressed.consent:
        return Shown(CHECK, (CONSENT_MISSING,))
    return Shown(SEND)
