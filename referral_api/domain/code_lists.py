"""The coded answers of a referral, each with its Dutch and English label."""

from enum import StrEnum
from typing import Self


class Coded(StrEnum):
    """One value of a code list: the text on the wire, and a label in Dutch and English."""

    _value_: str
    nl: str
    en: str

    def __new__(cls, value: str, nl: str, en: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.nl = nl
        member.en = en
        return member

    @classmethod
    def of(cls, value: str) -> Self:
        """The member with this value. Raises ValueError."""
        for member in cls:
            if member.value == value:
                return member
        raise ValueError(f"not a {cls.__name__}")


class Kind(Coded):
    """Who speaks: the person, somebody who saw something, or a professional."""

    OWN = "own", "hulpvraag voor jezelf", "request for help for yourself"
    SIGNAL = "signal", "signaal", "signal"
    PROFESSIONAL = "professional", "melding door een professional", "report by a professional"


class Mode(Coded):
    """Whether the referral can hold a name and a way to reach the person."""

    ANONYMOUS = "anonymous", "zonder naam", "without a name"
    CONSENTED = "consented", "met toestemming", "with consent"


class Answer(Coded):
    """Yes, no, or not known."""

    YES = "yes", "ja", "yes"
    NO = "no", "nee", "no"
    UNSURE = "unsure", "weet ik niet", "not sure"


class Need(Coded):
    """What the person wants help with."""

    SHELTER = "shelter", "een plek om te slapen", "a place to stay"
    SAFETY = "safety", "veiligheid", "safety"
    MEDICAL = "medical", "een dokter", "a doctor"
    MENTAL = "mental", "hulp bij stress en verdriet", "help with stress and sadness"
    LEGAL = "legal", "een advocaat of juridisch advies", "a lawyer or legal advice"
    RESIDENCE = "residence", "verblijf in Nederland", "staying in the Netherlands"
    MONEY = "money", "geld", "money"
    WORK = "work", "werk", "work"
    DOCUMENTS = "documents", "papieren", "papers"
    CHILDREN = "children", "hulp voor kinderen", "help for children"
    RETURN = "return", "terug naar je land", "going back to your country"
    TALK = "talk", "met iemand praten", "talking to somebody"
    OTHER = "other", "iets anders", "something else"


class AgeBand(Coded):
    """Age in the bands that CTDC publishes (ageBroad), or not known."""

    UNDER_9 = "0-8", "0 tot en met 8 jaar", "0 to 8 years"
    FROM_9 = "9-17", "9 tot en met 17 jaar", "9 to 17 years"
    FROM_18 = "18-20", "18 tot en met 20 jaar", "18 to 20 years"
    FROM_21 = "21-23", "21 tot en met 23 jaar", "21 to 23 years"
    FROM_24 = "24-26", "24 tot en met 26 jaar", "24 to 26 years"
    FROM_27 = "27-29", "27 tot en met 29 jaar", "27 to 29 years"
    FROM_30 = "30-38", "30 tot en met 38 jaar", "30 to 38 years"
    FROM_39 = "39-47", "39 tot en met 47 jaar", "39 to 47 years"
    FROM_48 = "48+", "48 jaar of ouder", "48 years or older"
    UNKNOWN = "unknown", "weet ik niet", "not known"


class Child(Coded):
    """Whether the person is under 18. Not known is treated as yes."""

    YES = "yes", "onder de 18", "under 18"
    NO = "no", "18 of ouder", "18 or older"
    UNKNOWN = "unknown", "niet bekend", "not known"

    @property
    def is_treated_as_child(self) -> bool:
        """Under 18 or unknown: other doors and other rules for consent."""
        return self is not Child.NO


class Residence(Coded):
    """The right to stay; asked only because some doors depend on it."""

    NL_OR_EU = "nl_or_eu", "Nederlands of EU-paspoort", "Dutch or EU passport"
    PERMIT = "permit", "verblijfsvergunning", "residence permit"
    NO_PERMIT = "no_permit", "geen verblijfsvergunning", "no residence permit"
    ASYLUM = "asylum", "bezig met asiel", "in an asylum procedure"
    UNKNOWN = "unknown", "weet ik niet", "not known"


class Police(Coded):
    """What the person wants with the police. Never a condition for help."""

    NO = "no", "geen politie", "no police"
    ASK_ME_FIRST = "ask_me_first", "vraag het mij eerst", "ask me first"
    YES = "yes", "politie mag", "police is fine"


class Urgency(Coded):
    """How fast somebody must look; set by a rule, never by the person."""

    ACUTE = "acute", "acuut", "acute"
    URGENT = "urgent", "dringend", "urgent"
    NORMAL = "normal", "gewoon", "normal"


class Channel(Coded):
    """A way to reach the person."""

    PHONE = "phone", "telefoon", "phone"
    EMAIL = "email", "e-mail", "e-mail"
    WHATSAPP = "whatsapp", "WhatsApp", "WhatsApp"
    OTHER = "other", "anders", "other"


class GivenBy(Coded):
    """Who gave a consent. From 16 a person decides; below that a parent or guardian."""

    SELF = "self", "de persoon zelf", "the person"
    PARENT_OR_GUARDIAN = "parent_or_guardian", "ouder of voogd", "parent or guardian"
    REPRESENTATIVE = "representative", "vertegenwoordiger", "representative"


class DeclineReason(Coded):
    """Why a recipient did not take a referral; the reporter never sees the code."""

    NO_ROOM = "no_room", "geen plek", "no room"
    NOT_OUR_AREA = "not_our_area", "niet onze regio", "not our area"
    NOT_OUR_GROUP = "not_our_group", "niet onze doelgroep", "not our group"
    OTHER_HELP_FITS = "other_help_fits", "andere hulp past beter", "other help fits better"
    NOT_REACHED = "not_reached", "persoon niet bereikt", "person not reached"
    OTHER = "other", "iets anders", "something else"
