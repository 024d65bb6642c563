"""Referrals as the website sends them."""

import secrets
from typing import Any

ANONYMOUS: dict[str, Any] = {
    "kind": "own",
    "mode": "anonymous",
    "safeNow": "unsure",
    "needs": ["shelter", "work"],
    "exploitation": ["ForcedLabour"],
    "stillInSituation": "yes",
    "ageBand": "24-26",
    "residence": "no_permit",
    "region": "groningen",
    "language": "ar",
    "interpreter": True,
    "story": "Zij hebben mijn paspoort.",
    "police": "no",
}


def make_referral(**changes: object) -> dict[str, Any]:
    """An anonymous request for help."""
    return ANONYMOUS | changes


def make_consented_referral(
    recipients: tuple[str, ...] = ("intake-desk",), **changes: object
) -> dict[str, Any]:
    """A request for help with a phone number, and a consent for these recipients."""
    return {
        **ANONYMOUS,
        "mode": "consented",
        "contact": [
            {"channel": "phone", "value": "06 12345678", "safe": True, "nameToAskFor": "Sam"},
            {"channel": "email", "value": "sam@example.org", "safe": False},
        ],
        "consent": {
            "givenBy": "self",
            "textVersion": "2026-11",
            "textLanguage": "ar",
            "recipients": list(recipients),
        },
        **changes,
    }


def make_key() -> str:
    """An Idempotency-Key as the website makes them."""
    return secrets.token_urlsafe(24)
