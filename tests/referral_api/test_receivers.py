"""The operator's file with receivers: clear when it is wrong, silent about its secrets."""

from pathlib import Path

import pytest

from referral_api.receivers import ReceiversError, read_receivers
from tests.fakes.demo_receiver import SECRET, TOKEN

GOOD = f"""
receivers:
  - organisation: fairwork
    url: https://fairwork.example/notices
    webhook_secret: {SECRET}
    token: {TOKEN}
"""


def written(folder: Path, text: str) -> Path:
    """A receivers file with this text."""
    path = folder / "receivers.yaml"
    path.write_text(text)
    return path


def test_no_file_means_that_everybody_reads_at_the_desk() -> None:
    assert list(read_receivers(None)) == []


def test_a_receiver_is_known_by_its_name_and_by_its_token(tmp_path: Path) -> None:
    receivers = read_receivers(written(tmp_path, GOOD))

    assert receivers.find("fairwork") is not None
    assert receivers.find("fier") is None
    assert receivers.organisation_of(TOKEN) == "fairwork"
    assert receivers.organisation_of(TOKEN + "x") is None
    assert receivers.organisation_of("") is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("https://", "http://"),
        ("https://", "ftp://"),
        (SECRET, "whsec_short"),
        (SECRET, SECRET + "!"),
        (TOKEN, "too-short"),
        ("    token:", "    tokens:"),
        ("receivers:", "receivers: ["),
        ("receivers:", "senders:"),
    ],
)
def test_a_wrong_file_is_refused_without_showing_a_secret(
    tmp_path: Path, old: str, new: str
) -> None:
    with pytest.raises(ReceiversError) as refusal:
        read_receivers(written(tmp_path, GOOD.replace(old, new, 1)))

    assert SECRET not in str(refusal.value)
    assert TOKEN not in str(refusal.value)
    assert "receivers.yaml" in str(refusal.value)


def test_one_token_for_two_organisations_is_refused(tmp_path: Path) -> None:
    second = GOOD.split("receivers:")[1].replace("fairwork", "fier")

    with pytest.raises(ReceiversError, match="share"):
        read_receivers(written(tmp_path, GOOD + second))


def test_development_may_use_plain_http(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("https://", "http://"))

    assert read_receivers(path, insecure_http=True).find("fairwork") is not None
