"""The second wall: whatever a plan or a row says, nothing goes to the police without consent."""

from referral_api.domain.directory import Directory
from referral_api.persistence.delivery_repository import OFFER, ClaimedDelivery, ConsentState


class DeliveryRefused(Exception):
    """This delivery may not be sent; `kind` is a fixed word for the log and the desk."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def refuse_unless_allowed(
    delivery: ClaimedDelivery, directory: Directory, consent: ConsentState, *, withdrawn: bool
) -> None:
    """Raise DeliveryRefused unless this organisation may get this referral now.

    Looks at the directory as it is today and at the consent as it stands, never at the plan or
    the flag in the delivery row. A withdrawal notice holds nothing but a number, and an
    organisation that once had consent must still hear it: there a revoked consent is enough.
    """
    organisation = directory.find(delivery.organisation_id)
    if organisation is None:
        raise DeliveryRefused("not_in_directory")
    is_offer = delivery.purpose == OFFER
    if is_offer and withdrawn:
        raise DeliveryRefused("withdrawn")
    if not (organisation.needs_police_consent or delivery.needs_consent):
        return
    enough = {ConsentState.ACTIVE} if is_offer else {ConsentState.ACTIVE, ConsentState.REVOKED}
    if consent not in enough:
        raise DeliveryRefused("no_consent")
