"""Handing in a referral."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from referral_api.authentication import Caller, may_submit
from referral_api.domain.code import ReferralCode
from referral_api.domain.referral import StoredReferral
from referral_api.intake import Intake, intake_of
from referral_api.routes.request_body import read_idempotency_key, read_json
from referral_api.schemas.answers import ReferralReceipt
from referral_api.schemas.reading import read_referral
from referral_api.services.submit_referral import Submission, find_earlier, submit_referral

router = APIRouter(tags=["referrals"])


@router.post(
    "/referrals",
    status_code=201,
    summary="Geef een hulpvraag door",
    operation_id="submitReferral",
)
async def submit(
    request: Request, response: Response, caller: Annotated[Caller, may_submit]
) -> ReferralReceipt:
    """Bewaart een hulpvraag, versleuteld, en geeft de code waarmee de persoon terug kan komen.

    Hetzelfde verzoek met dezelfde `Idempotency-Key` geeft dezelfde code (200 in plaats van 201),
    zo lang de hulpvraag bestaat. Een kopie die tegelijk binnenkomt, wacht op de eerste.
    """
    intake = intake_of(request)
    key, key_errors = read_idempotency_key(request)
    raw = await read_json(request)
    referral = read_referral(raw, intake.names, key_errors)
    submission = Submission(
        caller=caller.name,
        idempotency_key=key,
        canonical=referral.model_dump_json(by_alias=True).encode(),
        body=referral.to_body(),
        consent=referral.to_consent(),
    )
    code = intake.code_for(caller, key)
    stored, is_new = await _store(intake, submission, code)
    response.status_code = 201 if is_new else 200
    return ReferralReceipt.of(code.reveal(), stored)


async def _store(
    intake: Intake, submission: Submission, code: ReferralCode
) -> tuple[StoredReferral, bool]:
    """Store the referral, unless an earlier copy did; then nothing slow happens.

    Looked up again when its turn in the lane comes: of fifty copies that wait together, the
    first pays for the derivation and the others find what it stored.
    """

    def look_up() -> StoredReferral | None:
        return find_earlier(intake.workplace, submission)

    def store() -> tuple[StoredReferral, bool]:
        earlier = look_up()
        if earlier is not None:
            return earlier, False
        return submit_referral(intake.workplace, submission, intake.derive(code))

    earlier = await run_in_threadpool(look_up)
    if earlier is not None:
        return earlier, False
    return await intake.submissions.run(store)
