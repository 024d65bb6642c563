"""What a receiver's system gets when it fetches what it is offered."""

from base64 import b64encode
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from referral_api.domain.code_lists import Child, Kind, Mode, Need, Urgency
from referral_api.domain.htcds import Exploitation
from referral_api.persistence.offer_repository import SealedOffer


class OfferAnswer(BaseModel):
    """Een aangeboden hulpvraag: de leesbare kop, en de rest verzegeld voor de ontvanger.

    Openen: maak `sealedKey` open met de eigen privésleutel (libsodium sealed box); die sleutel
    opent `sealedBody` (XChaCha20-Poly1305, met de 16 bytes van `referral` als extra gegevens en
    ISO 7816-4-opvulling). Er staat een JSON-document in.
    """

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, frozen=True)

    referral: Annotated[UUID, Field(description="Het nummer van de hulpvraag.")]
    kind: Kind
    mode: Mode
    needs: tuple[Need, ...]
    exploitation: tuple[Exploitation, ...]
    child: Annotated[Child, Field(description="`unknown` telt als kind.")]
    region: str
    language: str
    urgency: Urgency
    received_on: date
    sealed_body: Annotated[str, Field(description="Base64.")]
    sealed_key: Annotated[str, Field(description="Base64; verzegeld voor `publicKey`.")]
    public_key: Annotated[str, Field(description="Base64; uw eigen publieke sleutel (X25519).")]

    @classmethod
    def of(cls, offer: SealedOffer) -> "OfferAnswer":
        """The offer on the wire."""
        header = offer.stored.header
        return cls(
            referral=offer.stored.id,
            kind=header.kind,
            mode=header.mode,
            needs=header.needs,
            exploitation=header.exploitation,
            child=header.child,
            region=header.region,
            language=header.language,
            urgency=header.urgency,
            received_on=offer.stored.received_on,
            sealed_body=_base64(offer.sealed_body),
            sealed_key=_base64(offer.sealed_key),
            public_key=_base64(offer.public_key),
        )


def _base64(raw: bytes | None) -> str:
    return b64encode(raw or b"").decode()
