"""Takes everything but the kind of event out of every log line, whoever writes it, at any level."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

OWN_LOGGER = "infopunt.bot"
_plain_record = logging.LogRecord
_sealed = False


def seal_log() -> None:
    """From now on a record keeps its level, its logger and the class of its exception.

    Rasa writes texts at DEBUG and, on an error, every local variable of every frame. A filter could
    be passed by (structlog, coloredlogs and Sanic bring handlers of their own); the factory of the
    records cannot. Lines of our own logger pass: they are fixed words.
    """
    global _sealed
    if not _sealed:
        _sealed = True
        logging.setLogRecordFactory(_sealed_record)


def _sealed_record(
    name: str,
    level: int,
    path: str,
    line: int,
    message: object,
    arguments: tuple[object, ...] | Mapping[str, object],
    exception: Any,
    function: str | None = None,
    stack: str | None = None,
    **more: Any,
) -> logging.LogRecord:
    if name != OWN_LOGGER:
        kind = _kind_of(exception)
        message, arguments = (f"{name}: {kind}" if kind else f"{name}: event"), ()
    return _plain_record(name, level, path, line, message, arguments, None, function, None)


def _kind_of(exception: Any) -> str:
    if isinstance(exception, BaseException):
        return type(exception).__name__
    if isinstance(exception, tuple) and exception and exception[0] is not None:
        return str(exception[0].__name__)
    return ""
