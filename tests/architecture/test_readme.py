"""README and docs say what is there: every path, link and command in them exists."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "content" / "README.md"],
)
LINK = re.compile(r"\]\(([^)#\s]+)\)")
COMMAND = re.compile(r"\bmake ([a-z][a-z-]*)")
FOLDER = re.compile(r"^\| `([a-z_/]+)/` \|", re.MULTILINE)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_in_a_document_leads_to_a_file(document: Path) -> None:
    targets = [link for link in LINK.findall(document.read_text()) if ":" not in link]

    missing = [target for target in targets if not (document.parent / target).exists()]

    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_make_command_in_a_document_is_in_the_makefile(document: Path) -> None:
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    named = set(COMMAND.findall(" ".join(re.findall(r"`[^`]*`", document.read_text()))))

    assert named <= known


def test_every_folder_of_the_map_exists() -> None:
    named = FOLDER.findall((ROOT / "README.md").read_text())

    assert len(named) >= 8
    assert [folder for folder in named if not (ROOT / folder).is_dir()] == []


def test_the_two_commands_are_what_ci_runs() -> None:
    readme = (ROOT / "README.md").read_text()

    assert "make run" in readme
    assert "make test" in readme
    assert "make test" in (ROOT / ".ci" / "run").read_text()
