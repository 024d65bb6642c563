"""Makes key pairs for organisations and gives staff their own locked copy of them."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from nacl.public import PrivateKey

from referral_api.domain.staff import StaffMember
from referral_api.persistence.organisation_repository import OrganisationKey
from referral_api.persistence.staff_repository import StoredKey
from referral_api.sealing import (
    KEY_BYTES,
    SALT_BYTES,
    HashingCost,
    WrappedKey,
    WrongPassword,
    make_key_pair,
    unwrap_private_key,
    wrap_private_key,
)
from referral_api.services.workplace import Store, Workplace

SHORTEST_PASSWORD = 12
# Nonce, authentication tag and key: the length of every real box.
BOX_BYTES = 24 + 16 + 32


class UnknownOrganisation(Exception):
    """The directory does not hold this organisation."""


class NotAPublicKey(Exception):
    """These are not the 32 bytes of an X25519 public key, or somebody uses them already."""


class NotTheKeyPair(Exception):
    """The private key does not belong to this organisation's public key."""


class PasswordTooShort(Exception):
    """A password guards every referral of an organisation; a short one guards nothing."""


@dataclass(frozen=True, slots=True)
class Unlocked:
    """A member of staff with the private keys their password opened, by organisation key."""

    member: StaffMember
    private_keys: Mapping[UUID, PrivateKey]

    def private_key_for(self, organisation_key_id: UUID | None) -> PrivateKey | None:
        """The private half of an organisation key, if this member unlocked it."""
        return self.private_keys.get(organisation_key_id) if organisation_key_id else None


def create_organisation_key(
    workplace: Workplace, organisation_id: str
) -> tuple[OrganisationKey, PrivateKey]:
    """A new key pair; the public half is stored, the private half only returned.

    Raises UnknownOrganisation.
    """
    private_key = make_key_pair()
    key = register_public_key(workplace, organisation_id, bytes(private_key.public_key))
    return key, private_key


def register_public_key(
    workplace: Workplace, organisation_id: str, public_key: bytes
) -> OrganisationKey:
    """Record a key pair that an organisation made itself; its private half never comes here.

    Raises UnknownOrganisation, NotAPublicKey.
    """
    if len(public_key) != KEY_BYTES:
        raise NotAPublicKey
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        if store.organisations.needs_consent(organisation_id) is None:
            raise UnknownOrganisation
        if store.organisations.find_key(public_key) is not None:
            raise NotAPublicKey
        return store.organisations.add_key(organisation_id, public_key, workplace.today())


def give_key(
    workplace: Workplace,
    username: str,
    organisation_id: str,
    role: str,
    private_key: PrivateKey,
    password: str,
    cost: HashingCost,
) -> StaffMember:
    """Add a member of staff, or give one a new password; the key is stored locked with it.

    Raises PasswordTooShort, NotTheKeyPair.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort
    wrapped = wrap_private_key(private_key, password, cost)
    with workplace.database.transaction() as session:
        store = Store(session, workplace.intake_organisation)
        mine = store.organisations.find_key(bytes(private_key.public_key))
        if mine is None or mine.organisation_id != organisation_id:
            raise NotTheKeyPair
        member = store.staff.find(username)
        if member is None:
            member = store.staff.add(username, organisation_id, role, workplace.today())
        elif member.organisation_id != organisation_id:
            raise NotTheKeyPair
        store.staff.replace_key(member.id, _stored(mine.id, wrapped))
    return member


def unlock(workplace: Workplace, username: str, password: str, cost: HashingCost) -> Unlocked:
    """Sign in: the password opens the private keys, which is the proof that it is right.

    A name that does not exist costs the same time. Raises WrongPassword.
    """
    with workplace.database.reading() as session:
        store = Store(session, workplace.intake_organisation)
        member = store.staff.find(username)
        stored = store.staff.keys(member.id) if member else []
    if member is None or not stored:
        decoy = WrappedKey(secrets.token_bytes(SALT_BYTES), cost, secrets.token_bytes(BOX_BYTES))
        unwrap_private_key(decoy, password)
        raise WrongPassword
    opened = {
        key.organisation_key_id: unwrap_private_key(
            WrappedKey(key.salt, HashingCost(key.memory_kib, key.time_cost), key.box), password
        )
        for key in stored
    }
    return Unlocked(member, opened)


def _stored(organisation_key_id: UUID, wrapped: WrappedKey) -> StoredKey:
    return StoredKey(
        organisation_key_id,
        wrapped.salt,
        wrapped.cost.memory_kib,
        wrapped.cost.time_cost,
        wrapped.box,
    )
