"""The description of the API follows the Dutch API Design Rules and is readable as a page."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest

from referral_api.errors import PROBLEMS
from tests.factories.api import Api


@pytest.fixture
def document(api: Api) -> dict[str, Any]:
    answer = api.client.get("/v1/openapi.json")
    assert answer.headers["access-control-allow-origin"] == "*"
    found: dict[str, Any] = answer.json()
    return found


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (path, operation) for path, item in document["paths"].items() for operation in item.values()
    ]


def test_the_version_stands_in_the_server_and_not_in_the_paths(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1")
    assert re.fullmatch(r"\d+\.\d+\.\d+", document["info"]["version"])
    assert all(server["url"].endswith("/v1") for server in document["servers"])
    assert not [path for path in document["paths"] if "/v1" in path or path.endswith("/")]


def test_there_is_somebody_to_ask(document: dict[str, Any]) -> None:
    contact = document["info"]["contact"]

    assert contact.keys() == {"name", "email", "url"}
    assert not contact["email"].startswith("info@")


def test_every_operation_is_described_with_all_its_problems(document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"], path
        assert operation["security"] == [{"token": []}], path
        assert "422" not in operation["responses"] or "parameters" in operation, path
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"], path
            if status.startswith(("4", "5")):
                assert list(response["content"]) == ["application/problem+json"], path


def test_names_follow_the_rules(document: dict[str, Any]) -> None:
    for name, schema in document["components"]["schemas"].items():
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", name)
        for field in schema.get("properties", {}):
            assert re.fullmatch(r"[a-z][A-Za-z0-9]*", field), f"{name}.{field}"


def test_the_examples_of_the_description_work(api: Api, document: dict[str, Any]) -> None:
    for path, operation in operations(document):
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        for example in body.get("examples", {}).values():
            key = "k" * 20 + f"{abs(hash(str(example))):024d}"[:24]
            answer = api.post(f"/v1{path}", example["value"], key)
            assert str(answer.status_code) in operation["responses"], answer.text
            assert answer.status_code in {200, 201, 404}, answer.text


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]


def test_the_page_shows_every_operation_and_needs_nobody_else(api: Api) -> None:
    answer = api.client.get("/v1/reference")
    page = _Links()
    page.feed(answer.text)

    assert answer.status_code == 200
    assert "script" not in page.tags
    assert page.tags.count("h1") == 1
    for path in api.client.get("/v1/openapi.json").json()["paths"]:
        assert f"POST {path}" in answer.text or f"GET {path}" in answer.text
    for link in page.links:
        assert not link.startswith(("http", "//")), link


@pytest.mark.parametrize("slug", [problem.slug for problem in PROBLEMS])
def test_the_address_of_a_problem_explains_it(api: Api, slug: str) -> None:
    answer = api.client.get(f"/v1/problems/{slug}")

    assert answer.status_code == 200
    assert slug in answer.text


def test_a_route_is_explained_in_the_readers_language(api: Api) -> None:
    body = {"needs": ["work"], "language": "en"}

    answer = api.post("/v1/routes/_explain", body)

    assert answer.status_code == 200
    route = answer.json()
    assert route["lead"] == {"id": "comensha", "name": "CoMensha"}
    assert route["others"] == [{"id": "fairwork", "name": "FairWork"}]
    assert [door["id"] for door in route["shown"]] == ["politie"]
    assert route["explanation"][0]["text"] == "CoMensha reads first."
    assert api.client.post("/v1/routes/_explain", json=body).status_code == 401
