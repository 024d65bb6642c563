"""The client of the referral API, against a real server on this machine."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import httpx2
import pytest
from pydantic import SecretStr

from help_site import referral_client
from help_site.case_code import CaseCode
from help_site.referral_client import (
    Conversation,
    HttpReferralClient,
    InMemoryReferralClient,
    Receipt,
    ReferralRefused,
    ReferralUnavailable,
    UnknownCode,
)
from tests.site.small_server import Ready, SmallServer, small_server

RECEIPT = {
    "code": "1234567890123456",
    "status": "received",
    "receivedOn": "2026-11-22",
    "lead": "comensha",
    "urgency": "normal",
}
CONVERSATION = {
    "status": "received",
    "statusSince": "2026-11-22",
    "language": "ar",
    "messages": [{"from": "desk", "text": "Hallo", "day": "2026-11-22"}],
    "mayWithdraw": True,
}
CODE = CaseCode("1234567890123456")
PAYLOAD: dict[str, object] = {"kind": "own", "needs": ["talk"], "story": "é ❤"}
UNKNOWN = {"type": "https://example.org/problems/unknown-code", "title": "x", "status": 404}
Ask = Callable[[HttpReferralClient], Awaitable[object]]


async def submitting(client: HttpReferralClient) -> Receipt:
    return await client.submit(PAYLOAD, "k" * 32)


async def opening(client: HttpReferralClient) -> Conversation:
    return await client.open_conversation(CODE)


async def replying(client: HttpReferralClient) -> Conversation:
    return await client.reply(CODE, "dank je", "k" * 32)


async def withdrawing(client: HttpReferralClient) -> None:
    await client.withdraw(CODE)


@pytest.fixture
def server() -> Iterator[SmallServer]:
    with small_server() as running:
        yield running


def asking(url: str, ask: Ask) -> object:
    async def run() -> object:
        client = HttpReferralClient(url, SecretStr("a secret token"))
        try:
            return await ask(client)
        finally:
            await client.close()

    return asyncio.run(run())


@pytest.mark.parametrize("status", [201, 200])
def test_a_referral_goes_out_with_its_key_and_comes_back_as_a_receipt(
    server: SmallServer, status: int
) -> None:
    server.ready = Ready(status, RECEIPT)

    receipt = asking(server.url, submitting)

    assert receipt == Receipt(code="1234567890123456", lead="comensha")
    (asked,) = server.asked
    assert asked.path == "/v1/referrals"
    assert asked.headers["authorization"] == "Bearer a secret token"
    assert asked.headers["idempotency-key"] == "k" * 32
    assert asked.body == PAYLOAD


def test_a_conversation_is_opened_with_the_code_in_the_body_only(server: SmallServer) -> None:
    server.ready = Ready(200, CONVERSATION)

    conversation = asking(server.url, opening)

    assert isinstance(conversation, Conversation)
    assert conversation.may_withdraw
    assert [(m.sender, m.text) for m in conversation.messages] == [("desk", "Hallo")]
    (asked,) = server.asked
    assert asked.path == "/v1/conversations/_open"
    assert asked.body == {"code": CODE.digits}
    assert CODE.digits not in str(asked.headers)


def test_a_reply_has_a_key_and_gives_the_conversation_back(server: SmallServer) -> None:
    server.ready = Ready(201, CONVERSATION)

    assert isinstance(asking(server.url, replying), Conversation)
    assert server.asked[0].body == {"code": CODE.digits, "text": "dank je"}
    assert server.asked[0].headers["idempotency-key"] == "k" * 32


def test_withdrawing_is_one_request(server: SmallServer) -> None:
    server.ready = Ready(200, {"status": "withdrawn"})

    assert asking(server.url, withdrawing) is None
    assert server.asked[0].path == "/v1/conversations/_withdraw"


@pytest.mark.parametrize("ask", [opening, replying, withdrawing])
def test_an_unknown_code_is_a_fact_of_its_own(server: SmallServer, ask: Ask) -> None:
    server.ready = Ready(404, UNKNOWN)

    with pytest.raises(UnknownCode):
        asking(server.url, ask)


def test_a_refusal_names_every_error(server: SmallServer) -> None:
    errors = [
        {"pointer": "/needs", "code": "missing", "detail": "…"},
        {"pointer": "/story", "code": "too_long", "detail": "…"},
    ]
    server.ready = Ready(400, {"type": "x", "status": 400, "errors": errors})

    with pytest.raises(ReferralRefused) as refusal:
        asking(server.url, submitting)

    assert [error.pointer for error in refusal.value.errors] == ["/needs", "/story"]


@pytest.mark.parametrize("ask", [submitting, opening, replying, withdrawing])
@pytest.mark.parametrize(
    "ready",
    [
        Ready(500, {}),
        Ready(503, {"type": "x"}),
        Ready(401, {"type": "x"}),
        Ready(404, {"type": "about:blank"}),
        Ready(302, {}, {"location": "http://127.0.0.1:1/"}),
        Ready(500, raw=b"\xff<html>"),
    ],
    ids=lambda ready: str(ready.status),
)
def test_anything_else_is_unavailable(server: SmallServer, ask: Ask, ready: Ready) -> None:
    server.ready = ready

    with pytest.raises(ReferralUnavailable):
        asking(server.url, ask)
    assert len(server.asked) == 1


@pytest.mark.parametrize("ask", [submitting, opening, replying])
@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"not json", b'{"code": "12"}'])
def test_an_answer_that_makes_no_sense_is_unavailable(
    server: SmallServer, ask: Ask, raw: bytes
) -> None:
    server.ready = Ready(200, raw=raw)

    with pytest.raises(ReferralUnavailable):
        asking(server.url, ask)


def test_nobody_at_the_other_end_is_unavailable_and_says_nothing_of_the_code() -> None:
    with pytest.raises(ReferralUnavailable) as failure:
        asking("http://127.0.0.1:1", opening)

    assert failure.value.__cause__ is None
    assert failure.value.__suppress_context__


def test_a_slow_api_is_given_up(server: SmallServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(referral_client, "API_TIMEOUT", httpx2.Timeout(0.05))
    server.ready = Ready(200, RECEIPT, delay=0.3)

    with pytest.raises(ReferralUnavailable):
        asking(server.url, submitting)


def test_the_one_in_memory_keeps_the_same_promises() -> None:
    async def run() -> None:
        client = InMemoryReferralClient()
        first = await client.submit(PAYLOAD, "key")
        assert await client.submit(PAYLOAD, "key") == first
        with pytest.raises(ReferralRefused):
            await client.submit({"kind": "own"}, "key")
        with pytest.raises(UnknownCode):
            await client.open_conversation(CODE)
        client.available = False
        with pytest.raises(ReferralUnavailable):
            await client.submit(PAYLOAD, "key")

    asyncio.run(run())


def test_no_representation_shows_a_code_or_a_message() -> None:
    conversation = Conversation.model_validate(CONVERSATION)

    assert "1234567890123456" not in repr(Receipt.model_validate(RECEIPT))
    assert "Hallo" not in repr(conversation.messages)
