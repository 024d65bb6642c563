"""The other requests: opening, answering and withdrawing with a code, and explaining a route."""

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, Field, WithJsonSchema

from referral_api.domain.code import MOST_CHARACTERS, ReferralCode
from referral_api.domain.code_lists import Kind, Mode
from referral_api.schemas.referral_request import CodedFacts
from referral_api.schemas.texts import MessageText, labels
from referral_api.schemas.wire import Wire


def _parse(value: Any) -> Any:
    return ReferralCode.parse(value) if isinstance(value, str) else value


Code = Annotated[
    ReferralCode,
    BeforeValidator(_parse),
    WithJsonSchema(
        {
            "type": "string",
            "minLength": 16,
            "maxLength": MOST_CHARACTERS,
            "pattern": r"^[\s.-]*(\d[\s.-]*){16}$",
            "description": "De 16 cijfers, in elk schrift, met of zonder spaties en streepjes.",
            "examples": ["1234 5678 9012 3456"],
        }
    ),
]


class CodeRequest(Wire):
    """Een code, altijd in de inhoud en nooit in het adres."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    code: Code


class ReplyRequest(CodeRequest):
    """Een bericht van wie de code heeft."""

    text: MessageText


class RouteRequest(CodedFacts):
    """Gecodeerde antwoorden waarvan je wilt weten wie ze zou krijgen. Niets wordt bewaard."""

    kind: Annotated[Kind, Field(description=f"Wie het vraagt. {labels(Kind)}.")] = Kind.OWN
    mode: Annotated[Mode, Field(description=f"{labels(Mode)}.")] = Mode.ANONYMOUS
