"""Where the trained model and the weights are; used by the classifier and by the evaluation."""

from __future__ import annotations

import os
from pathlib import Path

BOT_FOLDER = Path(__file__).resolve().parent.parent
MODEL_FILE = "intents.npz"


def weights_folder() -> Path:
    """BOT_WEIGHTS, else bot/weights."""
    return BOT_FOLDER / os.environ.get("BOT_WEIGHTS", "weights")
