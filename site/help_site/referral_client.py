"""The only door to the referral API: a Protocol, the HTTP client and one in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeVar

import httpx2
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from pydantic.alias_generators import to_camel

from help_site.case_code import CaseCode

API_TIMEOUT = httpx2.Timeout(5.0)


class ReferralUnavailable(Exception):
    """The referral API gave no usable answer; whether it stored something is not known."""


class UnknownCode(Exception):
    """No referral has this code."""


class AlreadyWithdrawn(Exception):
    """The referral was taken back; nothing can be added to it."""


class _Wire(BaseModel):
    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, frozen=True)


class ApiError(_Wire):
    """One error of a refused request; `pointer` is a JSON pointer such as `/needs`."""

    pointer: str = ""
    code: str = ""


class ReferralRefused(Exception):
    """The API read the request and refused it."""

    def __init__(self, errors: tuple[ApiError, ...] = ()) -> None:
        super().__init__("the referral API refused the request")
        self.errors = errors


class Receipt(_Wire):
    """What the API says after a referral; `lead` is the id of the organisation that leads."""

    code: str = Field(repr=False)
    status: str = "received"
    lead: str = ""
    urgency: str = "normal"


class Message(_Wire):
    """One message of the conversation, dated by the day and not by the hour."""

    sender: Literal["desk", "reporter"] = Field(validation_alias="from")
    text: str = Field(repr=False)
    day: date


class Conversation(_Wire):
    """What a reporter may see of the own referral."""

    status: str
    status_since: date
    messages: tuple[Message, ...] = ()
    may_withdraw: bool = False


class _ApiProblem(_Wire):
    type: str = ""
    errors: tuple[ApiError, ...] = ()


_Model = TypeVar("_Model", bound=BaseModel)


class ReferralClient(Protocol):
    """Everything the website may ask of the referral API.

    Every method raises ReferralUnavailable; those that take a code raise UnknownCode; those
    that bring something raise ReferralRefused; `reply` raises AlreadyWithdrawn.
    """

    async def submit(self, payload: Mapping[str, object], key: str) -> Receipt:
        """Hands a referral over. The same key and payload give the same receipt again."""
        ...

    async def open_conversation(self, code: CaseCode) -> Conversation:
        """Reads the status and the messages."""
        ...

    async def reply(self, code: CaseCode, text: str, key: str) -> Conversation:
        """Adds a message of the reporter; the same key never adds it twice."""
        ...

    async def withdraw(self, code: CaseCode) -> None:
        """Takes the referral back."""
        ...

    async def close(self) -> None:
        """Lets go of what the client holds open."""
        ...


class HttpReferralClient:
    """Speaks HTTP with the referral API; follows no redirect and uses no proxy."""

    def __init__(
        self, url: str, token: SecretStr, transport: httpx2.AsyncBaseTransport | None = None
    ) -> None:
        self._http = httpx2.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token.get_secret_value()}"},
            timeout=API_TIMEOUT,
            follow_redirects=False,
            trust_env=False,
            transport=transport,
        )

    async def submit(self, payload: Mapping[str, object], key: str) -> Receipt:
        """See ReferralClient."""
        receipt = _read(Receipt, await self._post("/v1/referrals", payload, key))
        if CaseCode.read(receipt.code) is None:
            raise ReferralUnavailable
        return receipt

    async def open_conversation(self, code: CaseCode) -> Conversation:
        """See ReferralClient."""
        answer = await self._post("/v1/conversations/_open", {"code": code.digits})
        return _read(Conversation, answer)

    async def reply(self, code: CaseCode, text: str, key: str) -> Conversation:
        """See ReferralClient."""
        body = {"code": code.digits, "text": text}
        return _read(Conversation, await self._post("/v1/conversations/_reply", body, key))

    async def withdraw(self, code: CaseCode) -> None:
        """See ReferralClient."""
        await self._post("/v1/conversations/_withdraw", {"code": code.digits})

    async def close(self) -> None:
        """See ReferralClient."""
        await self._http.aclose()

    async def _post(self, path: str, body: Mapping[str, object], key: str = "") -> bytes:
        headers = {"Idempotency-Key": key} if key else {}
        try:
            answer = await self._http.post(path, json=dict(body), headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL):
            # Without the cause: it could carry the request, and so the code, into a traceback.
            raise ReferralUnavailable from None
        if answer.status_code in (200, 201):
            return answer.content
        raise _error_of(answer)


def _error_of(answer: httpx2.Response) -> Exception:
    try:
        problem = _ApiProblem.model_validate_json(answer.content)
    except ValidationError:
        return ReferralUnavailable()
    if answer.status_code == 404 and problem.type.endswith("unknown-code"):
        return UnknownCode()
    if answer.status_code == 409 and problem.type.endswith("already-withdrawn"):
        return AlreadyWithdrawn()
    if answer.status_code in (400, 409, 413, 422):
        return ReferralRefused(problem.errors)
    return ReferralUnavailable()


def _read(model: type[_Model], content: bytes) -> _Model:
    try:
        return model.model_validate_json(content)
    except ValidationError:
        raise ReferralUnavailable from None


@dataclass(slots=True)
class InMemoryReferralClient:
    """Keeps referrals in this process: for tests, and to look at the site on its own.

    Set `available` to False and it behaves as an API that is down.
    """

    today: date = date(2026, 11, 22)
    available: bool = True
    submitted: dict[str, Mapping[str, object]] = field(
        default_factory=dict[str, Mapping[str, object]]
    )
    conversations: dict[str, Conversation] = field(default_factory=dict[str, Conversation])
    replied: set[str] = field(default_factory=set[str])

    async def submit(self, payload: Mapping[str, object], key: str) -> Receipt:
        """See ReferralClient."""
        self._require_available()
        if self.submitted.setdefault(key, dict(payload)) != payload:
            raise ReferralRefused
        number = list(self.submitted).index(key) + 1
        code = f"{number:04d}567890123456"
        self.conversations.setdefault(
            code, Conversation(status="received", status_since=self.today, may_withdraw=True)
        )
        return Receipt(code=code, status=self.conversations[code].status, lead="comensha")

    async def open_conversation(self, code: CaseCode) -> Conversation:
        """See ReferralClient."""
        self._require_available()
        try:
            return self.conversations[code.digits]
        except KeyError:
            raise UnknownCode from None

    async def reply(self, code: CaseCode, text: str, key: str) -> Conversation:
        """See ReferralClient."""
        conversation = await self.open_conversation(code)
        if conversation.status == "withdrawn":
            raise AlreadyWithdrawn
        if key in self.replied:
            return conversation
        self.replied.add(key)
        message = Message.model_validate({"from": "reporter", "text": text, "day": self.today})
        self.conversations[code.digits] = conversation.model_copy(
            update={"messages": (*conversation.messages, message)}
        )
        return self.conversations[code.digits]

    async def withdraw(self, code: CaseCode) -> None:
        """See ReferralClient."""
        conversation = await self.open_conversation(code)
        self.conversations[code.digits] = conversation.model_copy(
            update={"status": "withdrawn", "may_withdraw": False}
        )

    async def close(self) -> None:
        """See ReferralClient."""

    def _require_available(self) -> None:
        if not self.available:
            raise ReferralUnavailable
