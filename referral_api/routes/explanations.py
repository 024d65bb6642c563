"""The decision aid: which way a referral would go, and why."""

from typing import Annotated

from fastapi import APIRouter, Request

from referral_api.authentication import Caller, may_explain
from referral_api.intake import intake_of
from referral_api.routes.request_body import read_json
from referral_api.schemas.answers import RouteAnswer
from referral_api.schemas.reading import read_request
from referral_api.schemas.requests import RouteRequest
from referral_api.services.explain_route import explain_route

router = APIRouter(prefix="/routes", tags=["routes"])


@router.post("/_explain", summary="Leg een route uit", operation_id="explainRoute")
async def explain(request: Request, _caller: Annotated[Caller, may_explain]) -> RouteAnswer:
    """Zegt wie de hulpvraag zou krijgen en waarom, zonder iets te bewaren."""
    intake = intake_of(request)
    asked = read_request(RouteRequest, await read_json(request), intake.names)
    content = intake.content
    route = explain_route(
        intake.workplace.router,
        content.directory,
        content.texts,
        asked.facts(asked.kind, asked.mode),
        asked.language,
    )
    return RouteAnswer.of(route)
