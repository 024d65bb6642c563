"""What must hold for every page that a visitor can see; each check is a sentence when it fails."""

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from justhtml import Element, JustHTML, Node
from starlette.datastructures import Headers

from help_site.languages import BY_TAG
from help_site.security_headers import SECURITY_HEADERS

# Words that would tell somebody who sees the tab what is being read.
TELLING = (
    "mensenhandel", "slachtoffer", "uitbuiting", "politie", "gedwongen", "dwang", "misbruik",
    "trafficking", "victim", "exploitation", "police", "forced", "abuse",
    "الاتجار", "ضحية", "استغلال", "الشرطة",
)  # fmt: skip
UNLABELLED_TYPES = ("hidden", "submit", "button")
LOADED = (("script", "src"), ("link", "href"), ("img", "src"), ("form", "action"), ("use", "href"))


def attributes(element: Node) -> dict[str, str]:
    """The attributes of an element; one without a value is an empty string."""
    return {name: value or "" for name, value in (element.attrs or {}).items()}


def page_problems(html: str, tag: str, leave_url: str) -> Iterator[str]:
    """Everything wrong with a whole page in that language."""
    tree = JustHTML(html, strict=True, sanitize=False)
    root = tree.query("html")[0]
    if attributes(root).get("lang") != tag or attributes(root).get("dir") != BY_TAG[tag].direction:
        yield f"<html> says {attributes(root)}, expected {tag}"
    yield from _heading_problems(tree)
    title = tree.query("title")[0].to_text().strip()
    if not title or any(word in title.lower() for word in TELLING):
        yield f"the tab says {title!r}"
    leave = tree.query(".leave a")
    if len(leave) != 1 or attributes(leave[0]).get("href") != leave_url:
        yield "the leave button is missing"
    if tree.query("#main") == [] or tree.query('a[href="#main"]') == []:
        yield "the skip link is missing"
    yield from part_problems(tree, leave_url)


def part_problems(tree: JustHTML, leave_url: str) -> Iterator[str]:
    """Everything wrong with a page or a fragment."""
    ids = Counter(attributes(element)["id"] for element in tree.query("[id]"))
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    yield from _dangling(tree, set(ids))
    yield from _unlabelled(tree)
    yield from _foreign(tree, leave_url)
    yield from _inline_code(tree)
    for phone in tree.query("a[href^='tel:']"):
        text = phone.to_text()
        if not any(sign.isalpha() for sign in text) and not phone.query('bdi[dir="ltr"]'):
            yield f"the number {text} can turn round in Arabic"
    for link in tree.query("a"):
        if not link.to_text().strip():
            yield f"a link without words: {attributes(link)}"


def _heading_problems(tree: JustHTML) -> Iterator[str]:
    levels = [int(heading.name[1]) for heading in tree.query("h1, h2, h3, h4, h5, h6")]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1 headings"
    for before, after in zip(levels, levels[1:], strict=False):
        if after > before + 1:
            yield f"a heading jumps from h{before} to h{after}"


def _dangling(tree: JustHTML, ids: set[str]) -> Iterator[str]:
    for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls"):
        for element in tree.query(f"[{attribute}]"):
            for name in attributes(element)[attribute].split():
                if name not in ids:
                    yield f"{attribute} names #{name}, which is not on the page"


def _unlabelled(tree: JustHTML) -> Iterator[str]:
    named = {attributes(label)["for"] for label in tree.query("label[for]")}
    for field in tree.query("input, select, textarea"):
        if attributes(field).get("type") in UNLABELLED_TYPES:
            continue
        has_name = attributes(field).get("id") in named or "aria-label" in attributes(field)
        if not (has_name or "aria-labelledby" in attributes(field) or _inside(field, "label")):
            yield f"a field without a label: {attributes(field)}"
        form = _inside(field, "form")
        if "off" not in (
            attributes(field).get("autocomplete"),
            form and attributes(form).get("autocomplete"),
        ):
            yield f"a field that the browser may remember: {attributes(field)}"


def _inside(element: Node, name: str) -> Element | None:
    parent = element.parent
    while isinstance(parent, Element):
        if parent.name == name:
            return parent
        parent = parent.parent
    return None


def _foreign(tree: JustHTML, leave_url: str) -> Iterator[str]:
    for name, attribute in LOADED:
        for element in tree.query(f"{name}[{attribute}]"):
            if urlsplit(attributes(element)[attribute]).netloc:
                yield f"<{name}> loads from {attributes(element)[attribute]}"
    for link in tree.query("a[href]"):
        address = attributes(link)["href"]
        rel = attributes(link).get("rel", "").split()
        if urlsplit(address).netloc and not {"nofollow", "noreferrer"} <= set(rel):
            yield f"{address} would learn where the visitor came from"
        if urlsplit(address).netloc and address != leave_url and "external" not in rel:
            yield f"{address} is not marked as another website"


def _inline_code(tree: JustHTML) -> Iterator[str]:
    if tree.query("style, [style], script:not([src])"):
        yield "code or style stands in the page itself"
    for element in tree.query("*"):
        handlers = [name for name in attributes(element) if name.startswith(("on", "hx-on"))]
        if handlers:
            yield f"<{element.name}> has {handlers}"


def answer_problems(headers: Headers) -> Iterator[str]:
    """Everything wrong with the headers of an answer."""
    for name, value in SECURITY_HEADERS:
        if headers.getlist(name.decode()) != [value.decode()]:
            yield f"{name.decode()} is {headers.getlist(name.decode())}"
    if headers.getlist("cache-control") != ["no-store"]:
        yield f"cache-control is {headers.getlist('cache-control')}"
    if "set-cookie" in headers:
        yield "a cookie is set"
