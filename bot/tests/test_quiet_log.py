"""Once sealed, a log keeps level, logger and kind of error, whoever writes to it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import logging, sys
import structlog
from components.quiet_log import OWN_LOGGER, seal_log

structlog.configure(logger_factory=structlog.stdlib.LoggerFactory())
logging.basicConfig(level=logging.DEBUG)
seal_log()
secret = "kanarievogel"
logging.getLogger("rasa.core").debug("text %s", secret)
logging.getLogger("rasa.core").warning(f"text {secret}")
structlog.get_logger("rasa").error("said", text=secret)
try:
    raise ValueError(secret)
except ValueError:
    logging.getLogger("rasa.core.processor").exception("failed with %s", secret)
logging.getLogger(OWN_LOGGER).error("message failed: %s", "KeyError")
"""


def test_no_record_carries_words_after_sealing() -> None:
    bot_folder = Path(__file__).resolve().parent.parent

    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=bot_folder, capture_output=True, text=True, check=True
    )
    log = done.stdout + done.stderr

    assert "kanarievogel" not in log
    assert "rasa.core: event" in log
    assert "rasa.core.processor: ValueError" in log
    assert "message failed: KeyError" in log
    assert "Traceback" not in log
