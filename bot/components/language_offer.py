"""Notices that somebody writes in another language than the page; offers, never switches."""

from __future__ import annotations

from components.folding import letter_count

LEAST_LETTERS = 10  # one short word ("da", "salut", "ok") belongs to many languages
# Ours, and neighbours that would otherwise be taken for one of ours (Russian for Ukrainian, ...).
LANGUAGES = "nl,en,pl,ro,es,ar,uk,bg,hu,tr,vi,fr,pt,zh,sq,ru,de,it,fa,el,cs,sr,lt,lv,sk,hr,ur,hi"


class LanguageOffer:
    """Without its detector (a native module) it offers nothing; everything else still works."""

    def __init__(self) -> None:
        try:
            import eldc
        except ImportError:
            self._detector = None
            return
        eldc.init()
        known = set(eldc.LANGUAGES)
        eldc.set_languages([name for name in LANGUAGES.split(",") if name in known])
        self._detector = eldc

    def other_language(self, text: str, language: str) -> str | None:
        """The tag of the language that the text is surely in, when it is not the page's."""
        if self._detector is None or letter_count(text) < LEAST_LETTERS:
            return None
        found = self._detector.detect_details(text)
        return found.language if found.reliable and found.language != language else None
