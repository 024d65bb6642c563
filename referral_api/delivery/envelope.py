"""The notice a receiver gets: a CloudEvent (NL GOV profile 1.1) that holds nothing of a person."""

from uuid import UUID

from pydantic_core import to_json

from referral_api.clock import start_of
from referral_api.persistence.delivery_repository import OFFER, ClaimedDelivery

# Reverse domain, plural, what happened: NL GOV profile for CloudEvents 1.1, attribute `type`.
OFFERED = "nl.infopunt.verwijzingen.verwijzing-aangeboden"
WITHDRAWN = "nl.infopunt.verwijzingen.verwijzing-ingetrokken"
CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"


def build_envelope(delivery: ClaimedDelivery, source: str, api_url: str) -> bytes:
    """The notice as JSON: the same bytes on every attempt.

    `source` is a URN (urn:nld:oin:<OIN>:systeem:<name>), `api_url` ends in the major version.
    There is no `data`: a receiver fetches the sealed referral at `dataref` with its own
    credential. `time` is the day, because a second could be traced to a visit.
    """
    offered = delivery.purpose == OFFER
    attributes = {
        "specversion": "1.0",
        "id": delivery.idempotency_key,
        "source": source,
        "type": OFFERED if offered else WITHDRAWN,
        "subject": str(delivery.referral_id),
        "time": start_of(delivery.created_day).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if offered:
        attributes["datacontenttype"] = "application/json"
        attributes["dataref"] = offer_url(api_url, delivery.id)
    return to_json(attributes)


def offer_url(api_url: str, delivery: UUID) -> str:
    """Where a receiver fetches what it is offered."""
    return f"{api_url}/offers/{delivery}"
