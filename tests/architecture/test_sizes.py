"""Small files from the first day: nobody splits a file of a thousand lines later."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("site/help_site", "referral_api", "launcher", "bot", "tests")
MODULE, TEST_FILE, CONFTEST, FUNCTION = 300, 400, 150, 40


def _modules() -> list[Path]:
    found: list[Path] = []
    for folder in FOLDERS:
        found += [p for p in sorted((ROOT / folder).rglob("*.py")) if ".venv" not in p.parts]
    return found


def _most_lines(path: Path) -> int:
    if path.name == "conftest.py":
        return CONFTEST
    return TEST_FILE if path.name.startswith("test_") else MODULE


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_and_its_functions_stay_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    long_functions = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > FUNCTION
    ]

    assert text.count("\n") <= _most_lines(path)
    assert long_functions == []
