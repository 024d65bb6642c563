"""A receiver's system fetches what it is offered, with its own credential."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request
from starlette.concurrency import run_in_threadpool

from referral_api.authentication import Caller, may_fetch
from referral_api.errors import NotFound
from referral_api.intake import intake_of
from referral_api.schemas.offers import OfferAnswer
from referral_api.services.read_offer import read_offer

router = APIRouter(prefix="/offers", tags=["offers"])


@router.get("/{offer}", summary="Haal een aangeboden hulpvraag op", operation_id="fetchOffer")
async def fetch(
    request: Request,
    offer: Annotated[str, Path(description="Staat in de `dataref` van het bericht.")],
    caller: Annotated[Caller, may_fetch],
) -> OfferAnswer:
    """Geeft de verzegelde hulpvraag. Een aanbod aan een ander bestaat voor u niet (404)."""
    intake = intake_of(request)
    database, directory = intake.workplace.database, intake.content.directory
    found = await run_in_threadpool(read_offer, database, directory, caller.name, _uuid(offer))
    return OfferAnswer.of(found)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound from None
