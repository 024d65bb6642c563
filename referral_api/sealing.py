"""Keys and sealed boxes: what the intake writes, only the holder of a private key reads."""

import hmac
import secrets
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead, SecretBox

from referral_api.domain.code import ReferralCode

KEY_BYTES: Final = 32
SALT_BYTES: Final = 16
# Lengths are rounded up to this, so that a sealed text does not tell how much somebody wrote.
PADDING_BYTES: Final = 1024


class CannotOpen(Exception):
    """The box was sealed for somebody else, belongs to another referral, or was changed."""


class WrongPassword(Exception):
    """The password does not unwrap this private key."""


@dataclass(frozen=True, slots=True)
class HashingCost:
    """What one Argon2id derivation costs: memory in KiB, and passes over it."""

    memory_kib: int
    time_cost: int


@dataclass(frozen=True, slots=True)
class ReporterSecrets:
    """What a code gives: the value to find the referral by, and the reporter's key pair."""

    lookup: bytes
    private_key: PrivateKey = field(repr=False)

    @property
    def public_key(self) -> bytes:
        """The half that is stored; the other is derived again from the code each time."""
        return bytes(self.private_key.public_key)

    def private_key_for(self, organisation_key_id: UUID | None) -> PrivateKey | None:
        """The reporter's key opens only what was sealed to the reporter (no organisation)."""
        return self.private_key if organisation_key_id is None else None


@dataclass(frozen=True, slots=True)
class WrappedKey:
    """A private key that only a password opens, with the cost it was wrapped at."""

    salt: bytes
    cost: HashingCost
    box: bytes


class ContentKey:
    """The random key of one body or one message; it exists in memory for one request."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def make(cls) -> "ContentKey":
        """A new random key."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @classmethod
    def open(cls, sealed: bytes, private_key: PrivateKey) -> "ContentKey":
        """The key from a box sealed to the owner of a private key. Raises CannotOpen."""
        try:
            return cls(SealedBox(private_key).decrypt(sealed))
        except CryptoError:
            raise CannotOpen from None

    def seal_to(self, public_key: bytes) -> bytes:
        """This key in a box that only the owner of the public key can open."""
        return SealedBox(PublicKey(public_key)).encrypt(self._key)

    def encrypt(self, content: bytes, belongs_to: UUID) -> bytes:
        """The content, padded and bound to the row it belongs to."""
        padded = sodium_pad(content, PADDING_BYTES)
        return Aead(self._key).encrypt(padded, belongs_to.bytes)

    def decrypt(self, sealed: bytes, belongs_to: UUID) -> bytes:
        """The content. Raises CannotOpen, also when the box was moved to another row."""
        try:
            padded = Aead(self._key).decrypt(sealed, belongs_to.bytes)
        except CryptoError:
            raise CannotOpen from None
        return sodium_unpad(padded, PADDING_BYTES)


def derive_reporter_secrets(
    code: ReferralCode, pepper: bytes, cost: HashingCost
) -> ReporterSecrets:
    """What a code gives; slow on purpose (0.2 s at the production cost)."""
    salt = keyed_hash(pepper, "receipt")[:SALT_BYTES]
    key = _slow_hash(code.reveal().encode(), salt, cost)
    return ReporterSecrets(
        lookup=_expand(key, "lookup"), private_key=PrivateKey(_expand(key, "key pair"))
    )


def make_key_pair() -> PrivateKey:
    """A new X25519 key pair for an organisation."""
    return PrivateKey.generate()


def wrap_private_key(private_key: PrivateKey, password: str, cost: HashingCost) -> WrappedKey:
    """The private key, locked with a password; the password itself is stored nowhere."""
    salt = secrets.token_bytes(SALT_BYTES)
    box = SecretBox(_slow_hash(password.encode(), salt, cost)).encrypt(bytes(private_key))
    return WrappedKey(salt, cost, bytes(box))


def unwrap_private_key(wrapped: WrappedKey, password: str) -> PrivateKey:
    """The private key again. Raises WrongPassword."""
    box = SecretBox(_slow_hash(password.encode(), wrapped.salt, wrapped.cost))
    try:
        return PrivateKey(box.decrypt(wrapped.box))
    except CryptoError:
        raise WrongPassword from None


def keyed_hash(pepper: bytes, purpose: str, *parts: str | bytes) -> bytes:
    """HMAC-SHA-256 of the parts; without the pepper nobody can guess what went in.

    Every part is preceded by its length, so that no two lists of parts give the same input.
    """
    message = bytearray()
    for part in (purpose, *parts):
        raw = part.encode() if isinstance(part, str) else part
        message += len(raw).to_bytes(8) + raw
    return hmac.digest(pepper, bytes(message), "sha256")


def _slow_hash(secret: bytes, salt: bytes, cost: HashingCost) -> bytes:
    return hash_secret_raw(
        secret,
        salt,
        time_cost=cost.time_cost,
        memory_cost=cost.memory_kib,
        parallelism=1,
        hash_len=KEY_BYTES,
        type=Type.ID,
    )


def _expand(key: bytes, purpose: str) -> bytes:
    return HKDFExpand(SHA256(), KEY_BYTES, purpose.encode()).derive(key)
