"""A folder of content and catalogues, small enough to read in a test."""

from pathlib import Path

import yaml

PAGE = """---
card: {card}
audience: victim
order: 10
title: "Een titel"
tab: "Informatie"
lead: "Een eerste zin."
actions: []
organisations: []
checked_on: 2026-11-22
sources: []
---

{body}
"""


def write_page(folder: Path, body: str, card: str = "shelter", **changes: str) -> Path:
    """A page with that body; `changes` replace lines of the front matter."""
    text = PAGE.format(card=card, body=body)
    for name, value in changes.items():
        text = "\n".join(
            f"{name}: {value}" if line.startswith(f"{name}:") else line
            for line in text.splitlines()
        )
    path = folder / "pages" / f"{card}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def organisation(name: str, **changes: object) -> dict[str, object]:
    """An organisation with one number, free, in a source and not yet checked again."""
    return {
        "id": name,
        "name": f"Stichting {name}",
        "kind": "help",
        "summary": "Wij denken met je mee.",
        "audience": ["victim"],
        "forms": [],
        "needs": ["talk"],
        "minors": True,
        "adults": True,
        "investigates": False,
        "may_reach_police": "only_with_consent",
        "anonymous": True,
        "channels": [channel()],
        "website": "https://www.example.org",
        "hours": None,
        "hours_confidence": None,
        "languages": [],
        "region": "national",
        "emergency": False,
        "show_to_victims": True,
        "checked_on": "2026-11-22",
        "sources": [],
        "verify": [],
    } | changes


def channel(**changes: object) -> dict[str, object]:
    """A phone number that a source names."""
    return {
        "kind": "phone",
        "value": "0800-1234",
        "cost": "free",
        "confidence": "stored",
        "rechecked_on": None,
    } | changes


def write_directory(folder: Path, *organisations: dict[str, object]) -> None:
    """The directory with these organisations and one region without a coordinator."""
    folder.mkdir(parents=True, exist_ok=True)
    regions = [{"id": "utrecht", "name": "Utrecht", "coordinator": None}]
    for name, listed in (("organisations", list(organisations)), ("regions", regions)):
        text = yaml.safe_dump({name: listed}, allow_unicode=True)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")


def write_catalogue(folder: Path, tag: str, domain: str, words: dict[str, str]) -> None:
    """A catalogue with these words; the key is Dutch."""
    path = folder / tag / "LC_MESSAGES" / f"{domain}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n'
    entries = [f'\nmsgid "{source}"\nmsgstr "{word}"\n' for source, word in words.items()]
    path.write_text(head + "".join(entries), encoding="utf-8")
