"""What a reporter can do with a code: the states of the page, and the kind words for a status."""

from collections.abc import Mapping
from types import MappingProxyType

from help_site.case_code import CODE_LENGTH, CaseCode
from help_site.forms import TOO_LONG, UNREADABLE, Problem
from help_site.translatable import N_
from help_site.visitor_text import digits_in, holds_unreadable_signs

REPLY_LENGTH = 2000

# A refusal by an organisation is never passed on as one: the desk simply goes on looking.
_LOOKING_ON = N_("Wij zoeken een andere plek die je kan helpen. Je hoeft niets te doen.")
STATUS_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "received": N_("Je vraag is aangekomen. Iemand van de intake leest hem."),
        "offered": N_("Wij hebben een organisatie gevraagd om je te helpen. Zij denkt er nu over."),
        "accepted": N_("Een organisatie wil je helpen."),
        "declined": _LOOKING_ON,
        "expired": _LOOKING_ON,
        "failed": N_("Er ging bij ons iets mis. De mensen van de intake kijken ernaar."),
        "helped": N_("Er is hulp geregeld."),
        "closed": N_("Je vraag is afgesloten. Heb je weer hulp nodig? Stuur een nieuwe vraag."),
        "withdrawn": N_("Je hebt je vraag teruggetrokken. Niemand werkt er nog aan."),
    }
)
UNKNOWN_STATUS = N_("Je vraag is bij ons bekend.")

_NOTHING_TYPED = Problem("code", N_("Vul je code in. Dat zijn 16 cijfers."))
_NO_SUCH_CODE = Problem(
    "code", N_("Deze code kennen wij niet. Kijk de cijfers nog een keer na, één voor één.")
)
_WRONG_LENGTH = N_("Een code heeft %(length)s cijfers. Jij hebt er %(count)s ingevuld.")
_NO_REPLY = Problem("text", N_("Schrijf eerst iets in het vak."))


def unknown_code() -> Problem:
    """The code is well formed, and no referral has it."""
    return _NO_SUCH_CODE


def status_words(status: str) -> str:
    """The Dutch source text for a status; one we do not know is still a kind sentence."""
    return STATUS_WORDS.get(status, UNKNOWN_STATUS)


def problem_with_code(typed: str) -> Problem | None:
    """What is wrong with a code as it was typed; None when it can be looked up."""
    count = len(digits_in(typed))
    if not count:
        return _NOTHING_TYPED
    if CaseCode.read(typed) is None:
        return Problem("code", _WRONG_LENGTH, {"length": CODE_LENGTH, "count": count})
    return None


def problem_with_reply(text: str) -> Problem | None:
    """What is wrong with a message; None when it can be sent."""
    if not text:
        return _NO_REPLY
    if len(text) > REPLY_LENGTH:
        return Problem("text", TOO_LONG, {"count": len(text), "most": REPLY_LENGTH})
    return Problem("text", UNREADABLE) if holds_unreadable_signs(text) else None
