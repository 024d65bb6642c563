"""Trains the bot once for each state of its inputs; the model's name is their hash.

`bot/.venv/bin/python bot/train.py` prints what it does and the name of the model.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

BOT_FOLDER = Path(__file__).resolve().parent
MODELS = BOT_FOLDER / "models"
INPUTS = ("config.yml", "requirements.txt", "train.py", "launcher.py")
INPUT_FOLDERS = ("domain", "data", "components")
KEPT_MODELS = 2


def model_path() -> Path:
    """Where the model of the present inputs is, or will be."""
    return MODELS / f"{_fingerprint()}.tar.gz"


def _input_files() -> Iterator[Path]:
    for name in INPUTS:
        yield BOT_FOLDER / name
    for folder in INPUT_FOLDERS:
        for pattern in ("*.yml", "*.py"):
            yield from sorted((BOT_FOLDER / folder).rglob(pattern))


def _fingerprint() -> str:
    from components.classifier_files import weights_folder
    from components.embeddings import weights_fingerprint

    total = hashlib.sha256(weights_fingerprint(weights_folder()).encode())
    for path in _input_files():
        total.update(path.relative_to(BOT_FOLDER).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def train() -> Path:
    """The model of the present inputs, trained now if it was not before."""
    wanted = model_path()
    if wanted.is_file():
        print(f"The model {wanted.name} is trained already.", flush=True)
        return wanted
    print("Training the bot; this takes one to two minutes.", flush=True)
    started = time.monotonic()
    from rasa.api import train as rasa_train
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)  # else every step of every rule is printed

    result = rasa_train(
        domain="domain",
        config="config.yml",
        training_files=["data"],
        output=str(MODELS / "unfinished"),
        fixed_model_name=wanted.name,
        force_training=True,
    )
    if result.code != 0 or result.model is None:
        raise SystemExit(f"Training failed (code {result.code}).")
    Path(result.model).replace(wanted)
    (MODELS / "unfinished").rmdir()
    _drop_old(wanted)
    print(f"Trained {wanted.name} in {time.monotonic() - started:.0f} seconds.", flush=True)
    return wanted


def _drop_old(newest: Path) -> None:
    models = sorted(MODELS.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for model in models[KEPT_MODELS:]:
        if model != newest:
            model.unlink()


if __name__ == "__main__":
    import launcher

    launcher.prepare()
    os.chdir(BOT_FOLDER)
    train()
    sys.exit(0)
