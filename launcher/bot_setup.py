"""Sets up and trains the bot, and carries on without it when that cannot be done."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from launcher.processes import BOT_PYTHON


def bot_is_ready(say: Callable[[str], None]) -> bool:
    """True when the bot's environment and a trained model stand ready.

    False, after a sentence, when one of them failed: the site then shows its topic menu.
    """
    if not _runs((sys.executable, "bot/set_up.py")):
        say("The bot's environment could not be made; the chat will show the topic menu.")
        return False
    if not _runs((str(BOT_PYTHON), "bot/train.py")):
        say("The bot could not be trained; the chat will show the topic menu.")
        return False
    return True


def bot_was_set_up() -> bool:
    """Whether an earlier run made the bot's environment."""
    return Path(BOT_PYTHON).exists()


def _runs(command: tuple[str, ...]) -> bool:
    return subprocess.run(command, check=False).returncode == 0
