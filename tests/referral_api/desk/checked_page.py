"""What must hold for every page of the desk, whatever it shows."""

from collections import Counter
from collections.abc import Iterator

from httpx2 import Response
from justhtml import JustHTML, Node

LEVELS = "h1, h2, h3, h4, h5, h6"


def page_problems(response: Response) -> Iterator[str]:
    """Everything wrong with a page; a page that is not valid HTML raises."""
    tree = JustHTML(response.text, strict=True, sanitize=False)
    yield from _header_problems(response)
    yield from _outline_problems(tree)
    yield from _reference_problems(tree)
    yield from _form_problems(tree)
    if tree.query("script, style, [style], iframe"):
        yield "code or style stands in the page itself"


def attributes(node: Node) -> dict[str, str]:
    """The attributes of an element; one without a value is an empty string."""
    return {name: value or "" for name, value in (node.attrs or {}).items()}


def _header_problems(response: Response) -> Iterator[str]:
    headers = response.headers
    expected = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    for name, value in (expected | {"x-frame-options": "DENY"}).items():
        if headers.get(name) != value:
            yield f"{name} is {headers.get(name)}"
    policy = headers["content-security-policy"]
    if not policy.startswith("default-src 'none'") or "script-src" in policy:
        yield f"the content security policy is {policy}"


def _outline_problems(tree: JustHTML) -> Iterator[str]:
    if not attributes(tree.query("html")[0]).get("lang"):
        yield "the language of the page is missing"
    levels = [int(heading.name[1]) for heading in tree.query(LEVELS)]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1 headings"
    if any(after > before + 1 for before, after in zip(levels, levels[1:], strict=False)):
        yield f"headings jump: {levels}"
    links = tree.query("a, button")
    if not links or attributes(links[0]).get("href") != "#main" or not tree.query("main#main"):
        yield "the skip link is not the first thing one can reach"
    for element in tree.query("[tabindex]"):
        if attributes(element)["tabindex"] != "-1":
            yield "tabindex changes the order of the page"


def _reference_problems(tree: JustHTML) -> Iterator[str]:
    ids = Counter(attributes(element)["id"] for element in tree.query("[id]"))
    yield from (f"id {name!r} stands {count} times" for name, count in ids.items() if count > 1)
    for attribute in ("for", "aria-labelledby", "aria-describedby"):
        for element in tree.query(f"[{attribute}]"):
            for name in attributes(element)[attribute].split():
                if name not in ids:
                    yield f"{attribute} names #{name}, which is not on the page"
    for link in tree.query("a, button"):
        if not link.to_text().strip():
            yield f"a link or button without words: {attributes(link)}"


def _form_problems(tree: JustHTML) -> Iterator[str]:
    labelled = {attributes(label).get("for") for label in tree.query("label")}
    for field in tree.query("input, textarea, select"):
        if attributes(field).get("type") != "hidden" and attributes(field)["id"] not in labelled:
            yield f"a field without a label: {attributes(field)}"
    for form in tree.query("form"):
        if attributes(form).get("method") != "post":
            yield "a form that puts answers in the address"
        names = {attributes(field).get("name") for field in form.query("input")}
        if "csrf" not in names and attributes(form).get("action") != "/sign-in":
            yield f"a form without a token: {attributes(form)}"
