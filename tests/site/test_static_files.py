"""Styles, scripts and what is vendored: small, hashed, from our own host, for every direction."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from help_site.static_files import STATIC_DIR, load_static_files
from tests.site.conftest import Visitor
from tests.site.page_checks import attributes

SHEETS = sorted(STATIC_DIR.glob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(left|right|margin-(left|right|top|bottom)|padding-(left|right|top|bottom)"
    r"|border-(left|right|top|bottom)|(min-|max-)?(width|height))\s*:"
    r"|(text-align|float|clear)\s*:\s*(left|right)"
)


def rules_of(sheet: Path) -> str:
    """The sheet without comments and without the conditions of media queries."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"@media[^{]*", "@media ", text)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_knows_no_left_and_no_right(sheet: Path) -> None:
    assert [match.group() for match in PHYSICAL.finditer(rules_of(sheet))] == []


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_a_sheet_loads_nothing(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")

    assert "url(" not in text
    assert "@import" not in text


def test_the_first_sheet_and_script_are_small() -> None:
    files = load_static_files()

    def size(name: str) -> int:
        return len(files.responses[files.address(name)].variants["gzip"][1])

    assert size("site.css") < 9 * 1024
    assert size("site.js") < 2 * 1024
    assert size("htmx-4.0.1.min.js") < 14 * 1024


@pytest.mark.parametrize("script", ["site.js", "forms.js"])
def test_our_scripts_store_nothing_and_evaluate_nothing(script: str) -> None:
    text = (STATIC_DIR / script).read_text(encoding="utf-8")

    for word in ("localStorage", "sessionStorage", "indexedDB", "cookie", "eval(", "Function("):
        assert word not in text


def test_a_file_is_kept_for_ever_under_a_name_that_changes_with_it(visitor: Visitor) -> None:
    page = visitor.opens("/nl/find")

    for element in page.tree.query("script[src], link[href]"):
        address = attributes(element).get("src") or attributes(element)["href"]
        answer = visitor.client.get(address)
        digest = address.split(".")[-2]
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.headers["vary"] == "Accept-Encoding"
        assert hashlib.sha256(answer.content).hexdigest().startswith(digest)


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("br, gzip", "br"),
        ("gzip", "gzip"),
        ("", None),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
    ],
)
def test_every_browser_gets_the_smallest_form_that_it_can_read(
    visitor: Visitor, accepted: str, sent: str | None
) -> None:
    for path in ("/nl/", "/nl/nowhere"):
        answer = visitor.client.get(path, headers={"Accept-Encoding": accepted})

        assert answer.headers.get("content-encoding") == sent
        assert "<h1>" in answer.text


def test_what_is_vendored_is_what_its_note_says() -> None:
    note = (STATIC_DIR / "vendored.md").read_text(encoding="utf-8")

    listed = re.findall(r"^\| `([^`]+)` \|.*\| `([^`]+)` \|$", note, flags=re.MULTILINE)
    assert listed
    for name, expected in listed:
        digest = hashlib.sha384((STATIC_DIR / name).read_bytes()).digest()
        assert base64.b64encode(digest).decode() == expected


def test_notes_and_folders_are_not_served(visitor: Visitor) -> None:
    for path in ("/static/", "/static/vendored.md", "/static/../settings.py"):
        assert visitor.client.get(path).status_code == 404
