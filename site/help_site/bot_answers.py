"""The words of the bot: short answers and button labels, as the editors wrote them in Dutch."""

from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError


class BotAnswersError(ValueError):
    """content/answers.yaml cannot be used; the message says where."""


class Answer(BaseModel):
    """One short answer; `card` is the page it belongs to, `choices` the intents of its buttons."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    text: str = Field(min_length=1)
    card: str | None = None
    choices: tuple[str, ...] = Field(default=(), max_length=4)


class BotAnswers(BaseModel):
    """Every answer by its id, and the label of every intent that can be a button."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    topics: Mapping[str, str]
    answers: Mapping[str, Answer]


def load_bot_answers(content_dir: Path) -> BotAnswers:
    """Reads answers.yaml. Raises BotAnswersError."""
    path = content_dir / "answers.yaml"
    try:
        return BotAnswers.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, ValidationError, yaml.YAMLError) as error:
        message = f"{path} cannot be used: {error}"
        raise BotAnswersError(message) from error
