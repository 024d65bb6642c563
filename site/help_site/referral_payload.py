"""Builds what is sent to the referral API, from a list of what may be sent and nothing else."""

import hashlib
import json
import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping
from types import MappingProxyType

from help_site.consent_text import CONSENT_RECIPIENTS, CONSENT_VERSION
from help_site.forms import Answers
from help_site.questions import Kind, Mode

Payload = dict[str, object]

_NONCE = re.compile(r"[A-Za-z0-9_-]{22,64}")


_Value = Callable[[Answers, str], object]


def _one(name: str) -> _Value:
    return lambda answers, consent_language: answers.one(name) or None


def _many(name: str) -> _Value:
    return lambda answers, consent_language: list(answers.many(name)) or None


def _interpreter(answers: Answers, consent_language: str) -> object:
    return {"yes": True, "no": False}.get(answers.one("interpreter"))


def _contact(answers: Answers, consent_language: str) -> object:
    return [
        {
            "channel": answers.one("contactChannel"),
            "value": answers.one("contactValue"),
            "safe": answers.one("contactSafe") == "yes",
            **{
                key: answers.one(name)
                for key, name in (("hours", "contactHours"), ("nameToAskFor", "nameToAskFor"))
                if answers.one(name)
            },
            "voicemail": answers.one("voicemail") == "yes",
            "textMessage": answers.one("textMessage") == "yes",
        }
    ]


def _consent(answers: Answers, consent_language: str) -> object:
    return {
        "givenBy": answers.one("givenBy"),
        "textVersion": CONSENT_VERSION,
        "textLanguage": consent_language,
        "recipients": list(CONSENT_RECIPIENTS),
    }


_OWN_ANONYMOUS: Mapping[str, _Value] = MappingProxyType(
    {
        "kind": lambda answers, consent_language: answers.kind,
        "mode": lambda answers, consent_language: answers.mode,
        "safeNow": _one("safeNow"),
        "needs": _many("needs"),
        "exploitation": _many("exploitation"),
        "stillInSituation": _one("stillInSituation"),
        "ageBand": _one("ageBand"),
        "residence": _one("residence"),
        "region": _one("region"),
        "language": _one("language"),
        "interpreter": _interpreter,
        "story": _one("story"),
        "police": _one("police"),
    }
)

# Per kind and mode, every key that may leave the site. No key for contact or consent exists
# without consent, so whatever is posted, an anonymous referral cannot carry one.
ALLOWED: Mapping[tuple[Kind, Mode], Mapping[str, _Value]] = MappingProxyType(
    {
        ("own", "anonymous"): _OWN_ANONYMOUS,
        ("own", "consented"): MappingProxyType(
            {**_OWN_ANONYMOUS, "contact": _contact, "consent": _consent}
        ),
    }
)


def build_payload(answers: Answers, consent_language: str) -> Payload:
    """The body of the request; a skipped question has no key."""
    allowed = ALLOWED[answers.kind, answers.mode]
    built = {key: value(answers, consent_language) for key, value in allowed.items()}
    return {key: value for key, value in built.items() if value is not None}


def new_nonce() -> str:
    """A random text for one form, made when its first screen is shown (192 bits)."""
    return secrets.token_urlsafe(24)


def nonce_or_new(posted: str) -> str:
    """The nonce of a form, or a new one when it has none that could have come from us."""
    return posted if _NONCE.fullmatch(posted) else new_nonce()


def idempotency_key(nonce: str, payload: Mapping[str, object]) -> str:
    """The same for the same form and answers, another after an edit; 32 url-safe characters."""
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(f"{nonce}\n{canonical}".encode()).digest()
    return urlsafe_b64encode(digest).decode()[:32]
