"""What callers get back."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from referral_api.domain.code_lists import Urgency
from referral_api.domain.lifecycle import Status
from referral_api.domain.referral import StoredReferral
from referral_api.schemas.texts import labels
from referral_api.services.conversation import Conversation, Message
from referral_api.services.explain_route import Door, ExplainedRoute

_STATUS = Field(description=f"Waar de hulpvraag staat. {labels(Status)}.")


class _Answer(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, frozen=True)


class ReferralReceipt(_Answer):
    """Bewijs dat de hulpvraag is bewaard. Dezelfde sleutel geeft altijd dezelfde code."""

    code: Annotated[
        str,
        Field(
            repr=False,
            pattern="^[0-9]{16}$",
            description="Nergens bewaard en niet terug te halen: laat de persoon hem opschrijven.",
            examples=["1234567890123456"],
        ),
    ]
    status: Annotated[Status, _STATUS]
    received_on: Annotated[date, Field(description="De dag; een tijd bewaren we niet.")]
    lead: Annotated[str, Field(description="Id van de organisatie die het voortouw neemt.")]
    urgency: Annotated[Urgency, Field(description=f"Hoe snel iemand kijkt. {labels(Urgency)}.")]

    @classmethod
    def of(cls, code: str, stored: StoredReferral) -> "ReferralReceipt":
        """The receipt of a stored referral."""
        return cls(
            code=code,
            status=stored.status,
            received_on=stored.received_on,
            lead=stored.lead,
            urgency=stored.header.urgency,
        )


class MessageAnswer(_Answer):
    """Eén bericht."""

    sender: Annotated[
        Literal["desk", "reporter"],
        Field(alias="from", description="De intake (`desk`) of wie de code heeft (`reporter`)."),
    ]
    text: Annotated[str, Field(repr=False)]
    day: date

    @classmethod
    def of(cls, message: Message) -> "MessageAnswer":
        """The message on the wire."""
        sender: Literal["desk", "reporter"] = "desk" if message.sender == "desk" else "reporter"
        return cls(sender=sender, text=message.text, day=message.day)


class ConversationAnswer(_Answer):
    """Wat je met een code ziet."""

    status: Annotated[Status, _STATUS]
    status_since: date
    language: str
    messages: tuple[MessageAnswer, ...]
    may_withdraw: Annotated[bool, Field(description="Of intrekken nog kan.")]

    @classmethod
    def of(cls, conversation: Conversation) -> "ConversationAnswer":
        """The conversation on the wire."""
        return cls(
            status=conversation.status,
            status_since=conversation.status_since,
            language=conversation.language,
            messages=tuple(MessageAnswer.of(message) for message in conversation.messages),
            may_withdraw=conversation.may_withdraw,
        )


class WithdrawnAnswer(_Answer):
    """De sleutels zijn vernietigd; wie de hulpvraag had, krijgt bericht om hem te wissen."""

    status: Literal["withdrawn"] = "withdrawn"


class OrganisationAnswer(_Answer):
    """Een organisatie."""

    id: str
    name: str


class DoorAnswer(OrganisationAnswer):
    """Een deur die de persoon zelf kan kiezen; er gaat niets naartoe."""

    note: str


class RuleAnswer(_Answer):
    """Eén regel: of hij paste, en waarom."""

    rule: str
    matched: bool
    text: str


class RouteAnswer(_Answer):
    """Wie de hulpvraag zou krijgen, welke deuren alleen getoond worden, en waarom."""

    lead: OrganisationAnswer
    others: tuple[OrganisationAnswer, ...]
    shown: tuple[DoorAnswer, ...]
    explanation: tuple[RuleAnswer, ...]

    @classmethod
    def of(cls, route: ExplainedRoute) -> "RouteAnswer":
        """The route on the wire."""
        return cls(
            lead=_organisation(route.lead),
            others=tuple(_organisation(door) for door in route.others),
            shown=tuple(
                DoorAnswer(id=door.id, name=door.name, note=door.note or "") for door in route.shown
            ),
            explanation=tuple(
                RuleAnswer(rule=line.rule, matched=line.matched, text=line.text)
                for line in route.explanation
            ),
        )


def _organisation(door: Door) -> OrganisationAnswer:
    return OrganisationAnswer(id=door.id, name=door.name)


class FieldErrorAnswer(_Answer):
    """Wat er aan één veld niet klopt."""

    pointer: Annotated[str, Field(description="JSON-pointer naar het veld.", examples=["/needs"])]
    code: Literal["missing", "unknown_key", "invalid", "too_long"]
    detail: str


class ProblemDetails(_Answer):
    """Een fout volgens RFC 9457. Alle fouten in het verzoek staan er in één keer."""

    type: Annotated[str, Field(description="Adres van de uitleg bij dit soort fout.")]
    title: str
    status: int
    detail: str
    errors: tuple[FieldErrorAnswer, ...]
