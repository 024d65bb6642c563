"""Where each page of the site lives, without the language prefix."""

from typing import Literal

Audience = Literal["victim", "citizen", "professional", "about"]
Door = Literal["victim", "citizen", "professional"]
DOORS: tuple[Door, ...] = ("victim", "citizen", "professional")

# Pages with a task of their own; every other card is a text at /p/<card>.
TASK_PAGES: dict[str, str] = {
    "home": "/",
    "ask": "/ask",
    "chat": "/chat",
    "find": "/find",
    "my-code": "/code",
    "safety": "/safety",
    "victim": "/victim",
    "citizen": "/citizen",
    "professional": "/professional",
}


def page_path(card: str) -> str:
    """The path of a card or task page, without the language prefix: `/p/shelter`, `/find`."""
    return TASK_PAGES.get(card, f"/p/{card}")
