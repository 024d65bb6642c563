"""Sealing: only the right private key opens, and only in the right place."""

from uuid import uuid4

import pytest

from referral_api.domain.code import ReferralCode
from referral_api.domain.code_lists import Channel, Kind, Mode, Need
from referral_api.domain.referral import Body, ContactChannel, Facts
from referral_api.sealed_body import open_body, seal_body
from referral_api.sealing import (
    CannotOpen,
    ContentKey,
    HashingCost,
    WrongPassword,
    derive_reporter_secrets,
    keyed_hash,
    make_key_pair,
    unwrap_private_key,
    wrap_private_key,
)

CHEAP = HashingCost(8, 1)
CODE = ReferralCode("1234567890123456")


def test_a_body_comes_back_as_it_went_in() -> None:
    body = Body(
        Facts(Kind.OWN, Mode.CONSENTED, (Need.SHELTER, Need.TALK), "ti", region="groningen"),
        story="ታሪክ",
        contact=(ContactChannel(Channel.PHONE, "06", safe=True, name_to_ask_for="Sam"),),
    )
    key, referral = ContentKey.make(), uuid4()

    assert open_body(seal_body(body, key, referral), key, referral) == body


def test_a_box_opens_only_in_the_row_it_belongs_to() -> None:
    key, here = ContentKey.make(), uuid4()
    sealed = key.encrypt(b"text", here)

    assert key.decrypt(sealed, here) == b"text"
    with pytest.raises(CannotOpen):
        key.decrypt(sealed, uuid4())
    with pytest.raises(CannotOpen):
        ContentKey.make().decrypt(sealed, here)
    with pytest.raises(CannotOpen):
        key.decrypt(sealed[:-1] + bytes([sealed[-1] ^ 1]), here)


def test_a_key_opens_only_for_whom_it_was_sealed() -> None:
    mine, other = make_key_pair(), make_key_pair()
    sealed = ContentKey.make().seal_to(bytes(mine.public_key))

    ContentKey.open(sealed, mine)
    with pytest.raises(CannotOpen):
        ContentKey.open(sealed, other)


@pytest.mark.parametrize("length", [0, 1, 1000, 1023])
def test_short_and_long_texts_give_boxes_of_one_size(length: int) -> None:
    box = ContentKey.make().encrypt(b"a" * length, uuid4())

    assert len(box) == 24 + 1024 + 16


def test_a_code_gives_the_same_secrets_every_time_and_other_ones_per_pepper() -> None:
    first = derive_reporter_secrets(CODE, b"pepper", CHEAP)
    again = derive_reporter_secrets(CODE, b"pepper", CHEAP)
    elsewhere = derive_reporter_secrets(CODE, b"other", CHEAP)

    assert (first.lookup, first.public_key) == (again.lookup, again.public_key)
    assert first.lookup != elsewhere.lookup
    assert first.public_key != elsewhere.public_key
    assert first.lookup != bytes(first.private_key)


def test_a_private_key_opens_with_its_password_only() -> None:
    private_key = make_key_pair()
    wrapped = wrap_private_key(private_key, "correct horse", CHEAP)

    assert bytes(unwrap_private_key(wrapped, "correct horse")) == bytes(private_key)
    with pytest.raises(WrongPassword):
        unwrap_private_key(wrapped, "correct horsf")


def test_parts_of_a_keyed_hash_never_run_into_each_other() -> None:
    assert keyed_hash(b"k", "p", "ab", "c") != keyed_hash(b"k", "p", "a", "bc")
    assert keyed_hash(b"k", "p", "a") != keyed_hash(b"k", "q", "a")


def test_nothing_secret_shows_in_a_description() -> None:
    secrets = derive_reporter_secrets(CODE, b"pepper", CHEAP)
    body = Body(Facts(Kind.OWN, Mode.ANONYMOUS, (), "nl"), story="geheim")

    assert "private" not in repr(secrets)
    assert "geheim" not in repr(body)
    assert "1234" not in f"{CODE} {CODE!r} {[CODE]}"
