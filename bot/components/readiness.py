"""Before the bot counts as ready, it must understand a dozen real messages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import yaml
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

CHECKS = Path(__file__).resolve().parent.parent / "readiness.yml"
LEAST_BY_NGRAMS = 0.75  # worse, and the health says so; still better than no bot


async def understanding_of(agent: Agent) -> str | None:
    """ "embeddings" or "ngrams" when the model understands the messages, else None."""
    if not agent.is_ready() or agent.processor is None:
        return None
    checks: Mapping[str, str] = yaml.safe_load(CHECKS.read_text(encoding="utf-8"))
    understanding, right = "", 0
    for text, intent in checks.items():
        parsed = await agent.processor.parse_message(UserMessage(text))
        understanding = str(parsed.get("understanding", ""))
        right += parsed["intent"]["name"] == intent
    least = LEAST_BY_NGRAMS if understanding == "ngrams" else 1.0
    return understanding if understanding and right >= least * len(checks) else None
