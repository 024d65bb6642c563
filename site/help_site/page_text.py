"""The body of a page: Markdown read into blocks, each translated and rendered by itself."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from markupsafe import Markup, escape

BlockKind = Literal["heading", "paragraph", "bullets", "steps", "warning", "tip"]
CALLOUTS: dict[str, Literal["warning", "tip"]] = {"[!WARNING]": "warning", "[!TIP]": "tip"}
LINK_SCHEMES = ("page:", "tel:", "https://", "mailto:")
PageUrl = Callable[[str], str]
# What may stand in a line of text, and its HTML around the inner text.
_INLINE = {
    "text": "{}",
    "softbreak": " ",
    "hardbreak": "<br>",
    "strong": "<strong>{}</strong>",
    "em": "<em>{}</em>",
    "link": "<a>{}</a>",
}
_HTML = re.compile(r"</?[a-zA-Z]")


class PageTextError(ValueError):
    """The Markdown holds something a page cannot show; the message says what and where."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page. Headings and paragraphs have `text`; lists and callouts have `parts`."""

    kind: BlockKind
    text: str = ""
    parts: tuple["Block", ...] = ()

    def texts(self) -> Iterator[str]:
        """Every text a translator sees, in reading order."""
        if self.text:
            yield self.text
        for part in self.parts:
            yield from part.texts()


def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(
        ["html_block", "html_inline", "reference", "lheading", "image", "code"]
    )


def read_blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a page; PageTextError for anything outside the small set of allowed parts."""
    return tuple(_block(node) for node in SyntaxTreeNode(_parser().parse(markdown)).children)


def _block(node: SyntaxTreeNode) -> Block:
    if node.type == "heading" and node.tag == "h2":
        return Block("heading", _text(node))
    if node.type == "paragraph":
        return Block("paragraph", _text(node))
    if node.type in ("bullet_list", "ordered_list"):
        kind: BlockKind = "bullets" if node.type == "bullet_list" else "steps"
        return Block(kind, parts=tuple(_item(item) for item in node.children))
    if node.type == "blockquote":
        return _callout(node)
    raise PageTextError(f"line {_line(node)}: {node.type} ({node.markup}) is not allowed here")


def _item(node: SyntaxTreeNode) -> Block:
    if [child.type for child in node.children] != ["paragraph"]:
        raise PageTextError(f"line {_line(node)}: an item of a list is one paragraph")
    return Block("paragraph", _text(node.children[0]))


def _callout(node: SyntaxTreeNode) -> Block:
    parts = [_block(child) for child in node.children]
    marker, _, rest = parts[0].text.partition(" ") if parts else ("", "", "")
    if marker not in CALLOUTS:
        allowed = " or ".join(CALLOUTS)
        raise PageTextError(f"line {_line(node)}: a block with > starts with {allowed}")
    first = (Block("paragraph", rest),) if rest else ()
    return Block(CALLOUTS[marker], parts=(*first, *parts[1:]))


def _text(node: SyntaxTreeNode) -> str:
    text = " ".join(node.children[0].content.split()) if node.children else ""
    try:
        check_inline(text)
    except PageTextError as error:
        raise PageTextError(f"line {_line(node)}: {error}") from None
    return text


def _line(node: SyntaxTreeNode) -> int:
    return node.map[0] + 1 if node.map else 0


def link_targets(text: str) -> list[str]:
    """The addresses of all links in a text, sorted: a translation must have the same."""
    return sorted(_target(node) for node in _inline(text).walk() if node.type == "link")


def check_inline(text: str) -> None:
    """PageTextError for HTML, images, code or a link that leads nowhere we know."""
    if _HTML.search(text):
        raise PageTextError("HTML is not allowed")
    if "![" in text:
        raise PageTextError("pictures are not allowed")
    for node in _inline(text).walk(include_self=False):
        if node.type not in _INLINE:
            raise PageTextError(f"{node.type} is not allowed here")
        if node.type == "text" and "](" in node.content:
            raise PageTextError(f"this is not a link that can be followed: {node.content}")
    for target in link_targets(text):
        if not target.startswith(LINK_SCHEMES):
            raise PageTextError(f"a link starts with {', '.join(LINK_SCHEMES)}, not {target}")


def inline_html(text: str, page_url: PageUrl) -> Markup:
    """One text as HTML; a phone number keeps its digits in order in right-to-left languages."""
    return _join(_inline(text).children, page_url)


def _inline(text: str) -> SyntaxTreeNode:
    root = SyntaxTreeNode(_parser().parseInline(text))
    return root.children[0] if root.children else root


def _join(nodes: list[SyntaxTreeNode], page_url: PageUrl) -> Markup:
    return Markup().join(_html(node, page_url) for node in nodes)


def _html(node: SyntaxTreeNode, page_url: PageUrl) -> Markup:
    if node.type == "text":
        return escape(node.content)
    if node.type == "link":
        return _link(node, page_url)
    inner = _join(node.children, page_url)
    return Markup(_INLINE[node.type]).format(inner)  # noqa: S704 - our own constants


def _target(node: SyntaxTreeNode) -> str:
    return str(node.attrs["href"])


def _link(node: SyntaxTreeNode, page_url: PageUrl) -> Markup:
    target = _target(node)
    label = _join(node.children, page_url)
    if target.startswith("page:"):
        return Markup('<a href="{}">{}</a>').format(page_url(target.removeprefix("page:")), label)
    if target.startswith("tel:"):
        # Only a bare number runs from left to right; a sentence keeps its own direction.
        number = not any(sign.isalpha() for sign in label)
        label = Markup('<bdi dir="ltr">{}</bdi>').format(label) if number else label
        return Markup('<a href="{}">{}</a>').format(target, label)
    if target.startswith("mailto:"):
        return Markup('<a href="{}">{}</a>').format(target, label)
    return Markup('<a href="{}" rel="external nofollow noreferrer">{}</a>').format(target, label)
