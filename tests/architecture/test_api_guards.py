"""Every route of the intake names its caller; a new one without a guard fails here."""

import re
from pathlib import Path

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from referral_api.authentication import GUARDS, Scope, anybody
from referral_api.main import create_app
from tests.factories.api import make_settings
from tests.factories.small_directory import write_small_directory

OPEN_TO_ANYBODY = {
    "/v1/openapi.json",
    "/v1/reference",
    "/v1/reference.css",
    "/v1/problems/{slug}",
    "/health/live",
    "/health/ready",
}


@pytest.fixture
def routes(tmp_path: Path) -> list[RouteContext]:
    directory = write_small_directory(tmp_path / "content")
    app = create_app(make_settings(tmp_path, directory))
    app.state.intake.close()
    # What is included is laid out only here; app.routes would show six routers and no route.
    found = list(iter_route_contexts(app.routes))
    assert len(found) > len(OPEN_TO_ANYBODY)
    return found


def dependant_of(route: RouteContext) -> Dependant:
    dependant: Dependant = route.dependant
    return dependant


def guards_of(route: RouteContext) -> list[object]:
    return [part.call for part in dependant_of(route).dependencies if part.call in GUARDS]


def test_every_route_has_exactly_one_guard(routes: list[RouteContext]) -> None:
    unguarded = [route.path for route in routes if len(guards_of(route)) != 1]

    assert unguarded == []


def test_only_the_description_and_the_health_are_open(routes: list[RouteContext]) -> None:
    open_routes = {route.path for route in routes if guards_of(route) == [anybody.dependency]}

    assert open_routes == OPEN_TO_ANYBODY


def test_no_address_holds_a_code_a_name_or_a_token(routes: list[RouteContext]) -> None:
    parameters = {name for route in routes for name in re.findall(r"{(.*?)}", route.path or "")}
    queries = [field.name for route in routes for field in dependant_of(route).query_params]

    assert parameters <= {"slug", "offer"}
    assert queries == []


def test_every_scope_is_used(routes: list[RouteContext]) -> None:
    used = {getattr(guard, "__name__", "") for route in routes for guard in guards_of(route)}

    assert {f"may_{scope.value}" for scope in Scope} <= used
