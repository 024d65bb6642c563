"""Puts a plan's reasons into words, in the reader's language."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from referral_api.domain.routing import ENGINE_REASONS, Plan, Reason

SOURCE_LANGUAGE = "nl"
FALLBACK_LANGUAGE = "en"

# Gives the words in another language for a Dutch source text, or None when it has none.
Translate = Callable[[str], str | None]


class RouteTextError(ValueError):
    """content/routes.yaml misses a text that an explanation can need."""


@dataclass(frozen=True, slots=True)
class ExplainedRule:
    """One line of an explanation."""

    rule: str
    matched: bool
    text: str


@dataclass(frozen=True, slots=True)
class RouteTexts:
    """Every text by its reason key; each holds at least Dutch and English."""

    texts: Mapping[str, Mapping[str, str]]

    def __post_init__(self) -> None:
        """Refuse to start without the texts the engine itself uses."""
        for key in ENGINE_REASONS:
            if key not in self.texts:
                message = f"the text '{key}' is missing"
                raise RouteTextError(message)

    def write(self, reason: Reason, language: str, translate: Translate | None = None) -> str:
        """The reason in a language: its own text, else the catalogue's, else English."""
        versions = self.texts[reason.key]
        text = versions.get(language)
        if text is None and translate is not None:
            text = translate(versions[SOURCE_LANGUAGE])
        if text is None:
            text = versions[FALLBACK_LANGUAGE]
        return text % reason.parameters

    def explain(
        self, plan: Plan, language: str, translate: Translate | None = None
    ) -> tuple[ExplainedRule, ...]:
        """Why the plan is as it is: every rule, in the order in which it was tried."""
        return tuple(
            ExplainedRule(
                outcome.rule, outcome.matched, self.write(outcome.reason, language, translate)
            )
            for outcome in plan.explanation
        )
