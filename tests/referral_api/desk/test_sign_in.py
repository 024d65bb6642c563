"""Signing in: one answer for every mistake, slow for who guesses, short for who works."""

from typing import Any, cast

import pytest
from fastapi import FastAPI
from pydantic import ValidationError
from sqlalchemy import select
from starlette.testclient import TestClient

from referral_api.desk.desk import Desk
from referral_api.desk.main import create_app
from referral_api.desk.settings import DeskSettings
from referral_api.persistence.tables import StaffLogRow
from tests.factories.api import PASSWORD, Api
from tests.referral_api.desk.conftest import Coordinator, text_of


def desk_of(coordinator: Coordinator) -> Desk:
    """The inside of the desk a browser talks to."""
    app = cast("FastAPI", coordinator.client.app)
    desk: Desk = app.state.desk
    return desk


def test_the_right_password_opens_the_list(coordinator: Coordinator) -> None:
    response = coordinator.signs_in()

    assert response.headers["location"] == "/"
    assert "Hulpvragen" in text_of(coordinator.get("/"))


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(coordinator: Coordinator) -> None:
    password = coordinator.signs_in(password="wrong password")
    name = coordinator.signs_in(username="intake-desk-2")

    assert password.status_code == name.status_code == 401
    assert text_of(password) == text_of(name)
    assert "klopt niet" in text_of(password)


def test_the_name_that_was_typed_stays_and_the_password_does_not(coordinator: Coordinator) -> None:
    response = coordinator.signs_in(password="something secret")

    assert 'value="intake-desk-1"' in response.text
    assert "something secret" not in response.text


def test_a_name_in_capitals_or_with_spaces_is_the_same_name(coordinator: Coordinator) -> None:
    assert coordinator.signs_in(username=" Intake-Desk-1 ").status_code == 303


def test_whoever_guesses_must_wait_seconds_and_the_owner_never_longer(
    api: Api, coordinator: Coordinator
) -> None:
    for _ in range(30):
        coordinator.signs_in(password="a guess")

    waiting = coordinator.signs_in()
    assert waiting.status_code == 429
    assert "Wacht" in text_of(waiting)

    api.clock.forward(seconds=8)
    assert coordinator.signs_in().status_code == 303


def test_guessing_at_one_account_leaves_the_others_alone(
    api: Api, coordinator: Coordinator
) -> None:
    api.staff_of("fairwork")
    for _ in range(10):
        coordinator.signs_in(password="a guess")

    assert coordinator.signs_in("fairwork-1").status_code == 303


def test_the_cookie_is_for_this_host_and_for_no_script(coordinator: Coordinator) -> None:
    cookie = coordinator.signs_in().headers["set-cookie"]

    assert cookie.startswith("desk=")
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Domain" not in cookie


def test_with_https_the_browser_itself_guards_the_cookie(
    api: Api, desk_settings: DeskSettings
) -> None:
    settings = desk_settings.model_copy(update={"desk_url": "https://desk.test"})
    app = create_app(settings, api.clock)
    with TestClient(app, base_url="https://desk.test", follow_redirects=False) as client:
        response = client.post(
            "/sign-in",
            data={"username": "intake-desk-1", "password": PASSWORD},
            headers={"origin": "https://desk.test"},
        )

    cookie = response.headers["set-cookie"]
    assert cookie.startswith("__Host-desk=")
    assert "Secure" in cookie
    assert "Path=/" in cookie


def test_half_an_hour_without_a_click_ends_the_session_and_lets_go_of_the_key(
    api: Api, signed_in: Coordinator
) -> None:
    api.clock.forward(minutes=29)
    assert signed_in.get("/").status_code == 200
    api.clock.forward(minutes=30)

    desk_of(signed_in).sessions.sweep()

    assert len(desk_of(signed_in).sessions) == 0
    assert signed_in.get("/").status_code == 303


def test_a_session_ends_after_a_working_day_in_any_case(api: Api, signed_in: Coordinator) -> None:
    for _ in range(25):
        api.clock.forward(minutes=25)
        response = signed_in.get("/")

    assert response.status_code == 303  # pyright: ignore[reportPossiblyUnboundVariable]


def test_signing_out_destroys_the_key_and_the_old_cookie_is_worthless(
    signed_in: Coordinator,
) -> None:
    old = signed_in.client.cookies["desk"]

    response = signed_in.sends("/sign-out")
    signed_in.client.cookies.set("desk", old)

    assert response.headers["location"] == "/sign-in"
    assert response.headers["clear-site-data"] == '"cache", "storage"'
    assert len(desk_of(signed_in).sessions) == 0
    assert signed_in.get("/").status_code == 303


def test_signing_in_and_out_stand_in_the_log(api: Api, signed_in: Coordinator) -> None:
    signed_in.sends("/sign-out")

    with api.workplace.database.reading() as session:
        actions = session.scalars(select(StaffLogRow.action).order_by(StaffLogRow.sequence)).all()
    assert list(actions) == ["signed_in", "signed_out"]


@pytest.mark.parametrize("then", ["https://evil.example/", "//evil.example", "/sign-out", "x"])
def test_signing_in_leads_to_no_page_but_ours(coordinator: Coordinator, then: str) -> None:
    assert coordinator.signs_in(then=then).headers["location"] == "/"


def test_after_signing_in_one_is_back_where_one_was(coordinator: Coordinator) -> None:
    then = "/referrals/00000000-0000-4000-8000-000000000001"
    asked = coordinator.get(coordinator.get(then).headers["location"])

    assert f'name="then" value="{then}"' in asked.text
    assert coordinator.signs_in(then=then).headers["location"] == then


def test_production_wants_https(desk_settings: DeskSettings) -> None:
    values: dict[str, Any] = desk_settings.model_dump() | {"environment": "production"}

    with pytest.raises(ValidationError, match="REFERRAL_API_DESK_URL"):
        DeskSettings(**values)
