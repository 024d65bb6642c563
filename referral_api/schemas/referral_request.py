"""What a referral looks like on its way in: one model for each kind and mode."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from referral_api.domain.code_lists import (
    AgeBand,
    Answer,
    Channel,
    GivenBy,
    Kind,
    Mode,
    Need,
    Police,
    Residence,
)
from referral_api.domain.consent import ConsentGiven
from referral_api.domain.htcds import Exploitation
from referral_api.domain.referral import UNKNOWN_REGION, Body, ContactChannel, Facts
from referral_api.schemas.known_names import KnownOrganisation, Region, check_recipients
from referral_api.schemas.texts import (
    LONGEST_STORY,
    READABLE,
    LanguageTag,
    Line,
    clean_line,
    clean_or_nothing,
    labels,
)
from referral_api.schemas.wire import Wire

ANONYMOUS_EXAMPLE: dict[str, Any] = {
    "kind": "own",
    "mode": "anonymous",
    "safeNow": "unsure",
    "needs": ["shelter"],
    "exploitation": ["unknown"],
    "stillInSituation": "yes",
    "ageBand": "unknown",
    "residence": "unknown",
    "region": "unknown",
    "language": "ar",
    "interpreter": True,
    "story": "Ik werk elke dag en krijg geen geld.",
    "police": "no",
}
CONSENTED_EXAMPLE: dict[str, Any] = ANONYMOUS_EXAMPLE | {
    "mode": "consented",
    "contact": [
        {
            "channel": "phone",
            "value": "06 00000000",
            "safe": True,
            "hours": "na 18 uur",
            "voicemail": False,
            "textMessage": False,
            "nameToAskFor": "Sam",
        }
    ],
    "consent": {
        "givenBy": "self",
        "textVersion": "2026-11",
        "textLanguage": "ar",
        "recipients": ["intake-desk"],
    },
}


class CodedFacts(Wire):
    """De antwoorden met een vaste lijst; alleen `needs` en `language` zijn verplicht."""

    safe_now: Annotated[
        Answer | None, Field(description=f"Ben je nu veilig? {labels(Answer)}.")
    ] = None
    needs: Annotated[
        tuple[Need, ...],
        Field(
            min_length=1,
            max_length=len(Need),
            description=f"Waar je hulp bij wilt. {labels(Need)}.",
        ),
        AfterValidator(lambda codes: tuple(dict.fromkeys(codes))),
    ]
    exploitation: Annotated[
        tuple[Exploitation, ...],
        Field(
            max_length=len(Exploitation),
            description="Vorm van uitbuiting: HTCDS TypeOfExploitation, met `ForcedCriminality` "
            f"en `unknown` erbij. {labels(Exploitation)}.",
        ),
        AfterValidator(lambda codes: tuple(dict.fromkeys(codes))),
    ] = ()
    still_in_situation: Annotated[
        Answer | None, Field(description=f"Is het nu nog zo? {labels(Answer)}.")
    ] = None
    age_band: Annotated[
        AgeBand,
        Field(
            description="Leeftijd in groepen (CTDC). `unknown` behandelen we als onder de 18. "
            f"{labels(AgeBand)}."
        ),
    ] = AgeBand.UNKNOWN
    residence: Annotated[
        Residence,
        Field(description=f"Alleen nodig om de juiste deur te vinden. {labels(Residence)}."),
    ] = Residence.UNKNOWN
    region: Region = UNKNOWN_REGION
    language: LanguageTag
    interpreter: Annotated[bool, Field(description="Is er een tolk nodig?")] = False
    police: Annotated[
        Police, Field(description=f"Nooit een voorwaarde voor hulp. {labels(Police)}.")
    ] = Police.NO

    def facts(self, kind: Kind, mode: Mode) -> Facts:
        """The coded answers as the domain knows them."""
        return Facts(
            kind=kind,
            mode=mode,
            needs=self.needs,
            language=self.language,
            safe_now=self.safe_now,
            exploitation=self.exploitation,
            still_in_situation=self.still_in_situation,
            age_band=self.age_band,
            residence=self.residence,
            region=self.region,
            interpreter=self.interpreter,
            police=self.police,
        )


class _Own(CodedFacts):
    story: Annotated[
        str | None,
        Field(
            max_length=LONGEST_STORY,
            description="In eigen woorden, ten hoogste 1000 tekens. Namen zijn niet nodig. "
            "Wordt versleuteld bewaard.",
        ),
        BeforeValidator(clean_or_nothing),
    ] = None


class OwnAnonymousReferral(_Own):
    """Hulpvraag voor jezelf, zonder naam. Er bestaat geen veld voor een naam of contact."""

    kind: Annotated[Literal["own"], Field(description="Hulpvraag voor jezelf.")]
    mode: Annotated[Literal["anonymous"], Field(description="Zonder naam.")]

    def to_body(self) -> Body:
        """What is sealed."""
        return Body(self.facts(Kind.OWN, Mode.ANONYMOUS), self.story)

    def to_consent(self) -> None:
        """An anonymous referral goes to the intake desk only and needs no consent."""


class ContactRequest(Wire):
    """Een manier om je te bereiken. Alleen wat veilig is, mag gebruikt worden."""

    channel: Annotated[Channel, Field(description=f"Soort. {labels(Channel)}.")]
    value: Annotated[
        str,
        Field(
            min_length=1,
            max_length=200,
            pattern=READABLE,
            description="Nummer, adres of gebruikersnaam.",
        ),
        BeforeValidator(clean_line),
    ]
    safe: Annotated[bool, Field(description="Is dit veilig? Bij `false` gebruiken we het nooit.")]
    hours: Annotated[Line | None, Field(description="Wanneer het kan.")] = None
    voicemail: Annotated[bool, Field(description="Mag er een voicemail?")] = False
    text_message: Annotated[bool, Field(description="Mag er een sms?")] = False
    name_to_ask_for: Annotated[Line | None, Field(description="Naar wie we vragen.")] = None

    def to_domain(self) -> ContactChannel:
        """The channel as the domain knows it."""
        return ContactChannel(
            channel=self.channel,
            value=self.value,
            safe=self.safe,
            hours=self.hours,
            voicemail=self.voicemail,
            text_message=self.text_message,
            name_to_ask_for=self.name_to_ask_for,
        )


class ConsentRequest(Wire):
    """De toestemming zoals die op de controlepagina stond."""

    given_by: Annotated[
        GivenBy, Field(description=f"Wie toestemming gaf; vanaf 16 jaar zelf. {labels(GivenBy)}.")
    ]
    text_version: Annotated[
        str,
        Field(pattern=r"^[0-9A-Za-z.-]{1,20}$", description="Versie van de getoonde tekst."),
    ]
    text_language: LanguageTag
    recipients: Annotated[
        tuple[KnownOrganisation, ...],
        Field(
            min_length=1,
            max_length=20,
            description="Wie het mag lezen. De intake (`intake-desk`) hoort er altijd bij.",
        ),
        AfterValidator(check_recipients),
    ]

    def to_domain(self) -> ConsentGiven:
        """The consent as the domain knows it."""
        return ConsentGiven(self.given_by, self.text_version, self.text_language, self.recipients)


class OwnConsentedReferral(_Own):
    """Hulpvraag voor jezelf, met een veilige manier om je te bereiken en met toestemming."""

    kind: Annotated[Literal["own"], Field(description="Hulpvraag voor jezelf.")]
    mode: Annotated[Literal["consented"], Field(description="Met naam of contact.")]
    contact: Annotated[
        tuple[ContactRequest, ...],
        Field(min_length=1, max_length=5, description="Hoe je bereikbaar bent. Versleuteld."),
    ]
    consent: ConsentRequest

    def to_body(self) -> Body:
        """What is sealed."""
        contact = tuple(channel.to_domain() for channel in self.contact)
        return Body(self.facts(Kind.OWN, Mode.CONSENTED), self.story, contact)

    def to_consent(self) -> ConsentGiven:
        """Whom the person allows to read it."""
        return self.consent.to_domain()


OwnReferral = OwnAnonymousReferral | OwnConsentedReferral

# One model for each kind and mode; `signal` and `professional` get their lines here.
MODELS: dict[tuple[str, str], type[OwnReferral]] = {
    (Kind.OWN.value, Mode.ANONYMOUS.value): OwnAnonymousReferral,
    (Kind.OWN.value, Mode.CONSENTED.value): OwnConsentedReferral,
}
