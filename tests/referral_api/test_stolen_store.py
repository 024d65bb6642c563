"""What a thief of the database finds: nothing to read, nothing to guess codes against."""

from pathlib import Path

import pytest
from sqlalchemy import select

from referral_api.domain.code import ReferralCode
from referral_api.persistence.tables import ReferralRow
from referral_api.sealing import HashingCost, derive_reporter_secrets
from referral_api.services.answer_reporter import answer_reporter
from referral_api.services.read_referrals import list_referrals
from tests.factories.api import PASSWORD, Api
from tests.factories.referrals import make_consented_referral, make_key

MARKER = "ZWAANMARKERING"


def found_in(folder: Path, text: str) -> list[str]:
    wanted = [text.encode(), text.encode("utf-16-le"), text.encode().hex().encode()]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path.name for path in files if any(part in path.read_bytes() for part in wanted)]


def test_nothing_that_somebody_wrote_can_be_read(api: Api, tmp_path: Path) -> None:
    key = make_key()
    body = make_consented_referral(
        story=f"story {MARKER}",
        contact=[{"channel": "phone", "value": f"06 {MARKER}", "safe": True}],
    )
    code = api.submit(body, key)["code"]
    api.post("/v1/conversations/_reply", {"code": code, "text": f"reply {MARKER}"}, make_key())
    referral = list_referrals(api.workplace, api.desk)[0].id
    answer_reporter(api.workplace, api.desk.member, referral, f"answer {MARKER}", make_key())

    for secret in (MARKER, code, key, PASSWORD, "no_permit", "24-26", "06 "):
        assert found_in(tmp_path, secret) == []


def test_nothing_is_left_beside_the_store_either(api: Api, tmp_path: Path) -> None:
    api.submit()

    names = {path.name for path in tmp_path.rglob("*") if path.is_file()}

    assert names <= {"store.sqlite", "store.sqlite-wal", "store.sqlite-shm"}


def test_nobody_else_on_the_machine_can_read_the_store(api: Api, tmp_path: Path) -> None:
    api.submit()

    rights = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("store.sqlite*")}

    assert len(rights) == 3
    assert set(rights.values()) == {0o600}


def test_the_right_code_without_the_pepper_matches_nothing(api: Api) -> None:
    code = ReferralCode.parse(api.submit()["code"])
    with api.workplace.database.reading() as session:
        lookup = session.scalars(select(ReferralRow.lookup)).one()

    def guess(pepper: bytes) -> bytes:
        return derive_reporter_secrets(code, pepper, HashingCost(8, 1)).lookup

    assert guess(api.workplace.pepper_bytes) == lookup
    assert guess(b"another pepper") != lookup


def test_two_texts_of_different_length_look_the_same(api: Api) -> None:
    for story in ("kort", "lang " * 50):
        api.submit(make_consented_referral(story=story))

    with api.workplace.database.reading() as session:
        sizes = {len(body) for body in session.scalars(select(ReferralRow.sealed_body))}
    assert len(sizes) == 1


def test_no_moment_of_a_visit_is_stored_to_the_minute(api: Api) -> None:
    api.clock.forward(minutes=17, seconds=23)
    code = api.submit(make_consented_referral(("intake-desk", "fairwork")))["code"]
    api.post("/v1/conversations/_reply", {"code": code, "text": "hallo"}, make_key())

    with api.workplace.database.reading() as session:
        for table in ReferralRow.metadata.sorted_tables:
            for row in session.execute(table.select()).mappings():
                for value in row.values():
                    minute = getattr(value, "minute", 0)
                    assert minute == 0, table.name


def test_nothing_of_a_visitor_reaches_the_log(
    api: Api, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    headers = {"User-Agent": MARKER, "X-Forwarded-For": MARKER, "Referer": MARKER}
    api.post("/v1/referrals", make_consented_referral(story=MARKER), make_key(), **headers)
    api.post(f"/v1/{MARKER}", {MARKER: MARKER}, **headers)
    api.post("/v1/referrals", {MARKER: MARKER}, make_key(), **headers)

    captured = capfd.readouterr()

    assert MARKER not in captured.out + captured.err
    assert found_in(tmp_path, MARKER) == []
