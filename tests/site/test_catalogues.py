"""The catalogues keep step with the texts, and a wrong translation is found."""

import shutil
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from help_site.catalogue_problems import problems_of
from help_site.catalogues import extracted, problems, update
from tests.site.small_content import PAGE, organisation, write_directory


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with one template, one page, one organisation and one answer."""
    shutil.copy("babel.cfg", tmp_path)
    content = tmp_path / "content"
    write_directory(content, organisation("fier"))
    (content / "pages").mkdir()
    body = "Lees [meer](page:talk).\n\n> [!TIP]\n> Let op."
    (content / "pages" / "shelter.md").write_text(PAGE.format(card="shelter", body=body))
    (content / "answers.yaml").write_text(
        "topics: {shelter: Een plek}\nanswers: {shelter: {text: Er is een plek.}}\n"
    )
    templates = tmp_path / "site" / "help_site" / "templates"
    templates.mkdir(parents=True)
    (templates / "home.html").write_text('{{ _("Welkom, %(name)s", name=x) }}')
    (templates.parent / "words.py").write_text('WORD = N_("Ja")\n')
    return tmp_path


def texts(project: Path, domain: str) -> set[str]:
    catalogues = {str(name): catalogue for name, catalogue in extracted(project).items()}
    return {str(message.id) for message in catalogues[domain] if message.id}


def test_every_text_is_found_in_the_catalogue_of_its_kind(project: Path) -> None:
    assert texts(project, "interface") == {"Welkom, %(name)s", "Ja"}
    assert texts(project, "bot") == {"Een plek", "Er is een plek."}
    assert texts(project, "content") == {
        "Een titel",
        "Informatie",
        "Een eerste zin.",
        "Lees [meer](page:talk).",
        "Let op.",
        "Wij denken met je mee.",
    }


def test_updating_twice_changes_nothing_and_keeps_translations(project: Path) -> None:
    update(project)
    path = project / "translations" / "en" / "LC_MESSAGES" / "interface.po"
    path.write_text(path.read_text().replace('msgid "Ja"\nmsgstr ""', 'msgid "Ja"\nmsgstr "Yes"'))
    first = {file: file.read_bytes() for file in project.rglob("*.po*")}

    update(project)

    assert {file: file.read_bytes() for file in project.rglob("*.po*")} == first
    assert b'msgstr "Yes"' in first[path]


def test_a_changed_text_and_a_missing_translation_are_reported(project: Path) -> None:
    update(project)
    assert list(problems(project, complete=False)) == []
    assert "2 of 2 texts are not translated" in " ".join(problems(project, complete=True))

    (project / "site" / "help_site" / "words.py").write_text('WORD = N_("Nee")\n')

    assert "is not in step" in " ".join(problems(project, complete=False))


@pytest.mark.parametrize(
    ("source", "translation", "problem"),
    [
        ("Stap %(number)s", "Step", "other placeholders"),
        ("[bel](tel:112)", "[call](tel:113)", "other links"),
        ("Bel 0800-2000", "Call 0800-2001", "other numbers"),
        ("Hallo", "<b>Hello</b>", "HTML is not allowed"),
    ],
)
def test_a_translation_that_would_break_or_mislead_is_found(
    source: str, translation: str, problem: str
) -> None:
    assert problem in list(problems_of(Message(source, translation)))


def test_a_good_translation_and_a_missing_one_are_no_problem() -> None:
    assert list(problems_of(Message("Stap %(number)s", "Step %(number)s"))) == []
    assert list(problems_of(Message("Stap %(number)s", ""))) == []


def test_no_translation_of_the_project_breaks_or_misleads() -> None:
    found = [p for p in problems(Path(), complete=False) if "not in step" not in p]

    assert found == []
