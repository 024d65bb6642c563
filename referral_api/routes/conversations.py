"""Reading, answering and withdrawing with a code; the code is always in the body."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from referral_api.authentication import Caller, may_converse
from referral_api.intake import intake_of
from referral_api.routes.request_body import read_idempotency_key, read_json
from referral_api.schemas.answers import ConversationAnswer, WithdrawnAnswer
from referral_api.schemas.reading import read_request
from referral_api.schemas.requests import CodeRequest, ReplyRequest
from referral_api.services.open_conversation import open_conversation
from referral_api.services.reply_as_reporter import Reply, reply_as_reporter
from referral_api.services.withdraw_referral import withdraw_referral

router = APIRouter(prefix="/conversations", tags=["conversations"])


@router.post("/_open", summary="Open het gesprek bij een code", operation_id="openConversation")
async def open_(request: Request, _caller: Annotated[Caller, may_converse]) -> ConversationAnswer:
    """Geeft de status en de berichten. Een onbekende code kost evenveel tijd."""
    intake = intake_of(request)
    asked = read_request(CodeRequest, await read_json(request), intake.names)
    reporter = await intake.derive_for_lookup(asked.code)
    conversation = await run_in_threadpool(open_conversation, intake.workplace, reporter)
    return ConversationAnswer.of(conversation)


@router.post(
    "/_reply",
    status_code=201,
    summary="Stuur een bericht naar de intake",
    operation_id="replyInConversation",
)
async def reply(
    request: Request, response: Response, caller: Annotated[Caller, may_converse]
) -> ConversationAnswer:
    """Voegt een bericht toe. Dezelfde `Idempotency-Key` voegt het nooit twee keer toe (200)."""
    intake = intake_of(request)
    key, key_errors = read_idempotency_key(request)
    asked = read_request(ReplyRequest, await read_json(request), intake.names, key_errors)
    reporter = await intake.derive_for_lookup(asked.code)
    conversation, is_new = await run_in_threadpool(
        reply_as_reporter, intake.workplace, Reply(caller.name, key, asked.text), reporter
    )
    response.status_code = 201 if is_new else 200
    return ConversationAnswer.of(conversation)


@router.post("/_withdraw", summary="Trek een hulpvraag in", operation_id="withdrawReferral")
async def withdraw(request: Request, _caller: Annotated[Caller, may_converse]) -> WithdrawnAnswer:
    """Stopt wat nog niet is afgeleverd, meldt het aan wie hem had en vernietigt de sleutels."""
    intake = intake_of(request)
    asked = read_request(CodeRequest, await read_json(request), intake.names)
    reporter = await intake.derive_for_lookup(asked.code)
    await run_in_threadpool(withdraw_referral, intake.workplace, reporter)
    return WithdrawnAnswer()
