"""The description of the API: OpenAPI 3.1 as the NL GOV API Design Rules ask for it."""

from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from referral_api.domain.referral import UNKNOWN_REGION
from referral_api.errors import (
    MEDIA_TYPE,
    PROBLEMS,
    NotAllowed,
    NotAuthenticated,
    NotFound,
    NotReady,
    OfferGone,
    Problem,
    Unexpected,
)
from referral_api.response_headers import API_VERSION
from referral_api.routes.request_body import KEY_PATTERN
from referral_api.schemas.answers import ProblemDetails
from referral_api.schemas.known_names import KnownNames
from referral_api.schemas.referral_request import (
    ANONYMOUS_EXAMPLE,
    CONSENTED_EXAMPLE,
    ConsentRequest,
    OwnAnonymousReferral,
    OwnConsentedReferral,
)
from referral_api.schemas.requests import CodeRequest, ReplyRequest, RouteRequest
from referral_api.settings import Settings

PREFIX: Final = "/v1"
_REFS: Final = "#/components/schemas/{model}"
_CODE: Final = "1234 5678 9012 3456"
_ABOUT: Final = """Neemt hulpvragen van mogelijke slachtoffers van mensenhandel aan, bewaart ze
versleuteld, beslist wie ze mag krijgen en brengt het gesprek terug. Niets gaat naar de politie
zonder toestemming die de organisatie bij naam noemt.

Veldnamen zijn Engels en volgen HTCDS 2.0 (IOM); de uitleg is Nederlands. Alle fouten in een verzoek
staan in één antwoord. Codes en tokens staan nooit in een adres."""

_TAGS: Final = [
    {"name": "referrals", "description": "Een hulpvraag doorgeven."},
    {
        "name": "conversations",
        "description": "Terugkomen met de code: lezen, schrijven, intrekken.",
    },
    {"name": "offers", "description": "Ophalen wat aan uw organisatie is aangeboden."},
    {"name": "routes", "description": "Uitleg bij de route van een hulpvraag."},
]

_REQUEST_MODELS: Final = (
    OwnAnonymousReferral,
    OwnConsentedReferral,
    CodeRequest,
    ReplyRequest,
    RouteRequest,
    ProblemDetails,
)

# Operation -> models of its body and named examples.
_BODIES: Final[dict[str, tuple[tuple[str, ...], dict[str, Any]]]] = {
    "submitReferral": (
        ("OwnAnonymousReferral", "OwnConsentedReferral"),
        {"zonderNaam": ANONYMOUS_EXAMPLE, "metToestemming": CONSENTED_EXAMPLE},
    ),
    "openConversation": (("CodeRequest",), {"code": {"code": _CODE}}),
    "replyInConversation": (
        ("ReplyRequest",),
        {"bericht": {"code": _CODE, "text": "Ik kan morgen bellen."}},
    ),
    "withdrawReferral": (("CodeRequest",), {"code": {"code": _CODE}}),
    "explainRoute": (
        ("RouteRequest",),
        {"onderdak": {"needs": ["shelter"], "residence": "no_permit", "language": "nl"}},
    ),
}
_WITH_KEY: Final = frozenset({"submitReferral", "replyInConversation"})
# Operations without a body, with the problems each can answer with.
_FETCHING: Final[dict[str, tuple[type[Problem], ...]]] = {
    "fetchOffer": (NotAuthenticated, NotAllowed, NotFound, OfferGone, NotReady, Unexpected),
}
_WITH_CODE: Final = frozenset({"openConversation", "replyInConversation", "withdrawReferral"})


def build_openapi(app: FastAPI, settings: Settings, names: KnownNames) -> dict[str, Any]:
    """The whole document; paths without the version, which stands in the server's address."""
    document: dict[str, Any] = get_openapi(
        title="Infopunt: aanname van hulpvragen",
        version=API_VERSION,
        openapi_version="3.1.0",
        summary="Hulpvragen voor het nationaal verwijsmechanisme mensenhandel",
        description=_ABOUT,
        routes=app.routes,
        tags=_TAGS,
        servers=[{"url": settings.api_url, "description": "Deze dienst"}],
        license_info={"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
    )
    document["info"]["contact"] = {
        "name": settings.contact_name,
        "email": settings.contact_email,
        "url": settings.contact_url,
    }
    document["paths"] = {
        path.removeprefix(PREFIX): item for path, item in document["paths"].items()
    }
    components = document.setdefault("components", {})
    components.setdefault("schemas", {}).update(_request_schemas())
    _list_known_names(components["schemas"], names)
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "Het token van een aangesloten systeem.",
        }
    }
    for item in document["paths"].values():
        for operation in item.values():
            _complete(operation)
    _drop_titles(components["schemas"])
    return document


def _request_schemas() -> dict[str, Any]:
    _, schema = models_json_schema(
        [(model, "validation") for model in _REQUEST_MODELS], ref_template=_REFS
    )
    return cast("dict[str, Any]", schema["$defs"])


def _list_known_names(schemas: dict[str, Any], names: KnownNames) -> None:
    """List the regions and organisations of the directory where a request may name one."""
    regions = [UNKNOWN_REGION, *sorted(names.regions)]
    for model in (OwnAnonymousReferral, OwnConsentedReferral, RouteRequest):
        schemas[model.__name__]["properties"]["region"]["enum"] = regions
    recipients = schemas[ConsentRequest.__name__]["properties"]["recipients"]
    intake = names.intake_organisation
    recipients["items"]["enum"] = [intake, *sorted(names.organisations - {intake})]
    recipients["contains"] = {"const": intake}


def _complete(operation: dict[str, Any]) -> None:
    name: str = operation["operationId"]
    operation["security"] = [{"token": []}]
    # FastAPI's own answer to a wrong parameter; we answer 400 or 404.
    operation["responses"].pop("422", None)
    if name in _BODIES:
        operation["requestBody"] = _request_body(name)
    if name in _WITH_KEY:
        operation["parameters"] = [_key_parameter()]
        created = operation["responses"]["201"]
        operation["responses"]["200"] = {**created, "description": "Er was al een kopie."}
    for status, problems in _problems_of(name).items():
        operation["responses"][str(status)] = _problem_response(problems)
    for response in operation["responses"].values():
        response["headers"] = {"API-Version": _version_header()}


def _request_body(name: str) -> dict[str, Any]:
    models, examples = _BODIES[name]
    references = [{"$ref": _REFS.format(model=model)} for model in models]
    schema = (
        references[0]
        if len(references) == 1
        else {
            "oneOf": references,
            "discriminator": {
                "propertyName": "mode",
                "mapping": {
                    "anonymous": _REFS.format(model="OwnAnonymousReferral"),
                    "consented": _REFS.format(model="OwnConsentedReferral"),
                },
            },
        }
    )
    named = {key: {"value": example} for key, example in examples.items()}
    return {
        "required": True,
        "content": {"application/json": {"schema": schema, "examples": named}},
    }


def _key_parameter() -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": True,
        "description": "Eén sleutel voor elk formulier. Wie hem opnieuw stuurt met dezelfde "
        "inhoud, krijgt hetzelfde antwoord; met andere inhoud 422. Vervalt nooit zolang de "
        "hulpvraag bestaat.",
        "schema": {"type": "string", "pattern": KEY_PATTERN},
        "example": "7b1c0e9a5d3f42f8a6c1e0b9",
    }


def _version_header() -> dict[str, Any]:
    return {
        "description": "Volledige versie van de API.",
        "schema": {"type": "string", "examples": [API_VERSION]},
    }


def _problems_of(name: str) -> dict[int, list[type[Problem]]]:
    """The problems an operation can answer with, by status."""
    if name in _FETCHING:
        return {problem.status: [problem] for problem in _FETCHING[name]}
    never = {405, 410, *(() if name in _WITH_CODE else (404,))}
    if name not in _WITH_KEY:
        never |= {409, 422}
    elif name == "submitReferral":
        never |= {409}
    found: dict[int, list[type[Problem]]] = {}
    for problem in PROBLEMS:
        if problem.status not in never and problem.slug != "not-found":
            found.setdefault(problem.status, []).append(problem)
    return found


def _problem_response(problems: list[type[Problem]]) -> dict[str, Any]:
    return {
        "description": " / ".join(problem.title for problem in problems) + ".",
        "content": {MEDIA_TYPE: {"schema": {"$ref": _REFS.format(model=ProblemDetails.__name__)}}},
    }


def _drop_titles(node: Any) -> None:
    """Take out the titles that pydantic makes up from field names."""
    if isinstance(node, dict):
        tree = cast("dict[str, Any]", node)
        if isinstance(tree.get("title"), str):
            del tree["title"]
        for inner in tree.values():
            _drop_titles(inner)
    elif isinstance(node, list):
        for inner in node:  # pyright: ignore[reportUnknownVariableType] - any JSON
            _drop_titles(inner)
