"""The words a person agrees to on the check page, with the version that a consent names."""

from help_site.translatable import N_
from help_site.translating import Catalogue

# Raise it when the meaning of the text changes, not for a comma. Old versions stay in the history.
CONSENT_VERSION = "2026-11"
CONSENT_RECIPIENTS = ("intake-desk",)
CONSENT_TEXT = (
    N_("De mensen van de intake lezen mijn antwoorden en de manier om mij te bereiken."),
    N_("Zij bellen of schrijven mij over mijn vraag, op de manier die ik heb gekozen."),
    N_("Willen zij mijn gegevens aan een ander geven? Dan vragen zij het eerst aan mij."),
    N_("Ik kan dit altijd stoppen, met mijn code. Ik hoef niet te zeggen waarom."),
)


def consent_language(catalogue: Catalogue) -> str:
    """The tag of the language in which the text was really shown.

    One sentence that falls back makes the whole text count as that language: nobody agreed to
    words in a language other than the one recorded.
    """
    shown = [catalogue.phrase("interface", sentence).language for sentence in CONSENT_TEXT]
    return next((tag for tag in shown if tag != catalogue.language.tag), catalogue.language.tag)
