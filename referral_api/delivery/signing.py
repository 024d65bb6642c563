"""Signs a notice as Standard Webhooks, so that a receiver knows who knocks and what was said."""

from datetime import datetime

from pydantic import SecretStr
from standardwebhooks import Webhook


def sign(body: bytes, secret: SecretStr, message_id: str, now: datetime) -> dict[str, str]:
    """The three headers of Standard Webhooks.

    `message_id` is the same on every attempt: receivers deduplicate on `webhook-id`. `now` is a
    moment in UTC and part of the signature, so an old notice cannot be played back.
    """
    signature = Webhook(secret.get_secret_value()).sign(message_id, now, body.decode())
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": signature,
    }
