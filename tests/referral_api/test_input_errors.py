"""Whatever comes in, the answer is a problem document with all errors, and never a 500."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.api import SITE_TOKEN, Api
from tests.factories.referrals import make_consented_referral, make_key, make_referral

POSTS = (
    "/v1/referrals",
    "/v1/conversations/_open",
    "/v1/conversations/_reply",
    "/v1/conversations/_withdraw",
    "/v1/routes/_explain",
)


def send(api: Api, path: str, body: bytes, content_type: str = "application/json") -> Any:
    return api.client.post(
        path,
        content=body,
        headers={
            "Authorization": f"Bearer {SITE_TOKEN}",
            "Idempotency-Key": make_key(),
            "Content-Type": content_type,
        },
    )


def errors_of(answer: Any) -> dict[str, str]:
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}


def test_all_errors_are_told_at_once(api: Api) -> None:
    body = make_referral(
        needs=["shelter", "castle"],
        region="atlantis",
        interpreter="yes",
        story="a" * 1001,
        name="Sam",
        ageBand=17,
    )
    del body["language"]

    answer = api.post("/v1/referrals", body)

    assert errors_of(answer) == {
        "/Idempotency-Key": "missing",
        "/needs/1": "invalid",
        "/region": "invalid",
        "/interpreter": "invalid",
        "/story": "too_long",
        "/name": "unknown_key",
        "/ageBand": "invalid",
        "/language": "missing",
    }


@pytest.mark.parametrize("key", ["contact", "consent", "name", "address", "email"])
def test_an_anonymous_referral_has_no_place_for_a_name_or_contact(api: Api, key: str) -> None:
    answer = api.post("/v1/referrals", make_referral(**{key: "Sam"}), make_key())

    assert errors_of(answer) == {f"/{key}": "unknown_key"}


def test_a_channel_without_a_word_about_safety_is_refused(api: Api) -> None:
    body = make_consented_referral(contact=[{"channel": "phone", "value": "06"}])

    assert errors_of(api.post("/v1/referrals", body, make_key())) == {"/contact/0/safe": "missing"}


def test_a_consent_must_name_the_intake_and_only_known_organisations(api: Api) -> None:
    without_intake = make_consented_referral(("fairwork",))
    unknown = make_consented_referral(("intake-desk", "nobody"))

    assert errors_of(api.post("/v1/referrals", without_intake, make_key())) == {
        "/consent/recipients": "invalid"
    }
    assert errors_of(api.post("/v1/referrals", unknown, make_key())) == {
        "/consent/recipients/1": "invalid"
    }


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"kind": "stranger"}, {"/kind"}),
        ({"mode": "secret"}, {"/mode"}),
        ({"kind": None, "mode": None}, {"/kind", "/mode"}),
        ({"kind": ["own"], "needs": []}, {"/kind", "/needs"}),
    ],
)
def test_a_wrong_kind_or_mode_is_told_with_the_rest(
    api: Api, changes: dict[str, object], wrong: set[str]
) -> None:
    answer = api.post("/v1/referrals", make_referral(**changes), make_key())

    assert errors_of(answer).keys() == wrong


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"{'a': 1}",
        b'{"kind": "own", "kind": NaN}',
        b'{"code": "\\ud800"}',
        b'{"code": "\xff\xfe"}',
        b"\xef\xbb\xbf{}",
        b"[" * 10_000,
        b'{"a":' * 5_000,
        b'{"\\u0000": "\\u0000", "needs": "\\u0000"}',
    ],
)
def test_broken_json_is_a_400(api: Api, path: str, body: bytes) -> None:
    answer = send(api, path, body)

    assert answer.status_code == 400
    assert answer.json()["errors"]


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/xml", "application/json; charset=latin-1", "multipart/x", ";"],
)
def test_another_media_type_or_charset_is_a_415(api: Api, path: str, content_type: str) -> None:
    assert send(api, path, b"{}", content_type).status_code == 415


@pytest.mark.parametrize("content_type", ["application/json; charset=UTF-8", "Application/JSON"])
def test_json_in_utf8_may_be_named_in_every_way(api: Api, content_type: str) -> None:
    answer = send(api, "/v1/referrals", json.dumps(make_referral()).encode(), content_type)

    assert answer.status_code == 201


@pytest.mark.parametrize("path", POSTS)
def test_a_megabyte_is_a_413(api: Api, path: str) -> None:
    body = json.dumps({"story": "a" * 1_000_000}).encode()

    assert send(api, path, body).status_code == 413


def test_a_megabyte_without_a_length_is_a_413(api: Api) -> None:
    answer = api.client.post(
        "/v1/referrals",
        content=(b"a" * 1000 for _ in range(1000)),
        headers={"Authorization": f"Bearer {SITE_TOKEN}", "Content-Type": "application/json"},
    )

    assert answer.status_code == 413


@pytest.mark.parametrize(
    "story",
    [
        "\x00 nul",
        "right \u202e to \u2066 left",
        "\u0627\u0644\u0633\u0644\u0627\u0645 \u200f",
        "\U0001f600" * 500,
        "tab\t and\r\nlines\n",
        "\ufeff\ufffe\uffff",
        "a\u0301" * 500,
    ],
)
def test_every_text_a_person_can_write_is_taken(api: Api, story: str) -> None:
    answer = api.post("/v1/referrals", make_referral(story=story), make_key())

    assert answer.status_code == 201
    assert api.open(answer.json()["code"]).status_code == 200


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/", "/v1/nothing", "/v1/referrals/", "/docs"])
def test_an_unknown_address_is_a_problem_too(api: Api, path: str) -> None:
    answer = api.client.get(path)

    assert answer.status_code == 404
    assert answer.json()["type"].endswith("/problems/not-found")


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_another_method_is_a_405(api: Api, path: str, method: str) -> None:
    answer = api.client.request(method, path)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "POST"
    assert answer.headers["content-type"] == "application/problem+json"


def test_every_answer_carries_the_same_headers(api: Api) -> None:
    answers = [
        api.client.get("/health/live"),
        api.client.get("/v1/openapi.json"),
        api.client.get("/nothing"),
        api.client.delete("/v1/referrals"),
        api.client.post("/v1/referrals"),
        api.post("/v1/referrals", {}),
        api.post("/v1/referrals", make_referral(), make_key()),
    ]

    for answer in answers:
        headers = answer.headers
        assert headers["api-version"] == "1.0.0"
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["strict-transport-security"].startswith("max-age=")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers
        assert ("access-control-allow-origin" in headers) == answer.url.path.endswith("json")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    path=st.sampled_from(POSTS),
    changes=st.dictionaries(
        st.sampled_from([*make_consented_referral(), "code", "text", "other"]),
        JSON_VALUES,
        max_size=5,
    ),
    consented=st.booleans(),
)
def test_no_json_gives_a_500(
    api: Api, path: str, changes: dict[str, object], consented: bool
) -> None:
    base = make_consented_referral() if consented else make_referral()

    answer = send(api, path, json.dumps(base | changes).encode("utf-8", "surrogatepass"))

    assert answer.status_code in {200, 201, 400, 404}
