"""Brings the catalogues in step with the Dutch texts, and checks what translators wrote.

    python -m help_site.catalogues update             new texts in, old texts out
    python -m help_site.catalogues check              in step? placeholders and links the same?
    python -m help_site.catalogues check --complete   and nothing missing

Run it in the folder that holds babel.cfg. Running `update` twice changes nothing the second time.
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any, TextIO

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from help_site.catalogue_problems import problems_of
from help_site.languages import LANGUAGES, SOURCE, Language
from help_site.translating import DOMAINS

# The words of the staff desk; the website never loads them.
DESK = "desk"
CATALOGUES: tuple[str, ...] = (*DOMAINS, DESK)
# The method of babel.cfg that finds a text decides its catalogue.
DOMAIN_OF_METHOD: dict[str, str] = {
    "python": "interface",
    "jinja2": "interface",
    "help_site.extraction:extract_page": "content",
    "help_site.extraction:extract_organisations": "content",
    "help_site.extraction:extract_answers": "bot",
    "babel.messages.extract:extract_python": DESK,
    "jinja2.ext:babel_extract": DESK,
}
# `_`, `gettext` and `ngettext` are known to Babel; N_ marks a word that is translated later.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_": None,
}
# Babel gives this function no types.
Mapping = tuple[list[tuple[str, str]], dict[str, dict[str, Any]]]
parse_mapping: Callable[[TextIO], Mapping] = import_module(
    "babel.messages.frontend"
).parse_mapping_cfg
# A real date would change the files at every run without a change of words.
NO_DATE = datetime(2026, 1, 1, tzinfo=UTC)


def extracted(root: Path) -> dict[str, Catalog]:
    """The texts that stand in code, templates and content now, by catalogue."""
    with (root / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping(config)
    templates: dict[str, Catalog] = {name: _empty(name) for name in CATALOGUES}
    for pattern, method in methods:
        found = extract_from_dir(
            root,
            method_map=[(pattern, method)],
            options_map={pattern: options.get(pattern, {})},
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            strip_comment_tags=False,
            directory_filter=_is_searched,
        )
        template = templates[DOMAIN_OF_METHOD[method]]
        for name, _, message, comments, context in found:
            template.add(message, None, [(name, 1)], auto_comments=comments, context=context)
    return templates


def _is_searched(folder: str) -> bool:
    return not Path(folder).name.startswith((".", "var", "bot", "node_modules"))


def _empty(domain: str) -> Catalog:
    return Catalog(
        project="Infopunt",
        domain=domain,
        copyright_holder="Infopunt",
        header_comment=f"# {domain}: texts of Infopunt. The msgid is Dutch at level B1.",
        creation_date=NO_DATE,
        revision_date=NO_DATE,
        fuzzy=False,
    )


def as_po(catalogue: Catalog) -> bytes:
    """The file as it is written: no wrapping, no line numbers, sorted by file."""
    written = BytesIO()
    write_po(
        written, catalogue, width=0, sort_by_file=True, include_lineno=False, ignore_obsolete=False
    )
    return written.getvalue()


def po_path(translations: Path, language: Language, domain: str) -> Path:
    """Where the catalogue of a language lies."""
    return translations / language.tag.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"


def updated(path: Path, language: Language, template: Catalog) -> Catalog:
    """The catalogue of a language with the texts of the template; what was translated stays."""
    locale = language.tag.replace("-", "_")
    if path.exists():
        with path.open("rb") as file:
            catalogue = read_po(file, locale=locale, domain=template.domain)
    else:
        catalogue = Catalog(
            locale=locale,
            domain=template.domain,
            project="Infopunt",
            copyright_holder="Infopunt",
            header_comment=template.header_comment,
            creation_date=NO_DATE,
            revision_date=NO_DATE,
            fuzzy=False,
        )
    # No guesses: a fuzzy match is never shown, and near-misses only mislead a translator.
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    return catalogue


def translated_languages() -> list[Language]:
    """Every language but the source."""
    return [language for language in LANGUAGES if language != SOURCE]


def files_in_step(root: Path) -> dict[Path, bytes]:
    """Every catalogue file as it should be now."""
    translations = root / "translations"
    files: dict[Path, bytes] = {}
    for domain, template in extracted(root).items():
        files[translations / f"{domain}.pot"] = as_po(template)
        for language in translated_languages():
            path = po_path(translations, language, domain)
            # Staff work in Dutch; the desk is translated once somebody starts its catalogue.
            if domain == DESK and not path.exists():
                continue
            files[path] = as_po(updated(path, language, template))
    return files


def update(root: Path) -> None:
    """Writes every catalogue."""
    for path, content in files_in_step(root).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def problems(root: Path, *, complete: bool) -> Iterator[str]:
    """A sentence for each file out of step and each wrong (or missing) translation."""
    for path, content in files_in_step(root).items():
        if not path.exists() or path.read_bytes() != content:
            yield f"{path.relative_to(root)} is not in step with the texts: run update"
    for language in translated_languages():
        for domain in CATALOGUES:
            path = po_path(root / "translations", language, domain)
            if path.exists():
                yield from _problems_in(path, root, complete=complete)


def _problems_in(path: Path, root: Path, *, complete: bool) -> Iterator[str]:
    with path.open("rb") as file:
        catalogue = read_po(file)
    messages: list[Message] = [message for message in catalogue if message.id]
    for message in messages:
        for problem in problems_of(message):
            yield f"{path.relative_to(root)}: {problem}: {message.id!r}"
    missing = sum(1 for m in messages if m.fuzzy or not (m.string and all(_strings(m))))
    if complete and missing:
        yield f"{path.relative_to(root)}: {missing} of {len(messages)} texts are not translated"


def _strings(message: Message) -> list[str]:
    string = message.string
    return [part or "" for part in ([string] if isinstance(string, str) else string or ())]


def main() -> int:
    """The command; 0 when all is well."""
    parser = argparse.ArgumentParser(prog="help_site.catalogues")
    parser.add_argument("task", choices=("update", "check"))
    parser.add_argument("--complete", action="store_true", help="missing translations count too")
    arguments = parser.parse_args()
    if arguments.task == "update":
        update(Path.cwd())
        return 0
    found = list(problems(Path.cwd(), complete=arguments.complete))
    sys.stdout.writelines(f"{problem}\n" for problem in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
