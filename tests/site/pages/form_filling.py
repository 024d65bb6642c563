"""Fills in and sends the forms of a page as a browser without JavaScript does."""

from collections.abc import Iterator
from urllib.parse import urlencode

from justhtml import Element, Node

from tests.site.conftest import SeenPage, Visitor
from tests.site.page_checks import attributes

Found = Element | Node
Pairs = list[tuple[str, str]]


class Walker:
    """Walks through a form: fills in fields, presses buttons; every page that comes is checked."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self.page: SeenPage
        self._typed: dict[str, tuple[str, ...]] = {}

    def opens(self, path: str) -> SeenPage:
        """Goes to a page."""
        self.page = self._visitor.opens(path)
        self._typed = {}
        return self.page

    def fills(self, **fields: str | tuple[str, ...]) -> "Walker":
        """Chooses and types; a tuple ticks several boxes, an empty one none."""
        for name, value in fields.items():
            assert self._named(name), f"no field {name} on this page"
            self._typed[name] = (value,) if isinstance(value, str) else value
        return self

    def presses(self, value: str, *, name: str = "go", status: int = 200) -> SeenPage:
        """Presses a button that can be seen, and gets the next page."""
        return self._send(self._button(name, value), status)

    def switches_to(self, tag: str) -> SeenPage:
        """Presses a language in the list."""
        buttons = self.page.tree.query(".languages button")
        chosen = [b for b in buttons if attributes(b).get("lang") == tag]
        assert chosen, f"no button for {tag}"
        return self._send(chosen[0], 200)

    def _send(self, button: Found, status: int) -> SeenPage:
        form = self._form_of(button)
        name, value = attributes(button)["name"], attributes(button)["value"]
        action = str(attributes(button).get("formaction") or attributes(form)["action"]).split("#")[
            0
        ]
        pairs = [*self._filled_in(form), (name, value)]
        response = self._visitor.client.post(
            action,
            content=urlencode(pairs).encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        self.page = self._visitor.checked(response, action, status)
        self._typed = {}
        return self.page

    def value(self, name: str) -> str:
        """What stands in a field now."""
        return next((value for field, value in self._all_values() if field == name), "")

    def values(self, name: str) -> list[str]:
        """Everything a form would send under a name."""
        return [value for field, value in self._all_values() if field == name]

    def _all_values(self) -> Pairs:
        return [pair for form in self.page.tree.query("form") for pair in self._filled_in(form)]

    def _button(self, name: str, value: str) -> Found:
        found = [
            button
            for button in self.page.tree.query("button")
            if (attributes(button).get("name"), attributes(button).get("value")) == (name, value)
            and "aria-hidden" not in attributes(button)
        ]
        assert found, f"no button {name}={value} on this page"
        return found[0]

    def _form_of(self, element: Found) -> Found:
        wanted = attributes(element).get("form")
        for form in self.page.tree.query("form"):
            inside = any(child is element for child in form.query(element.name))
            if (wanted and attributes(form).get("id") == wanted) or (not wanted and inside):
                return form
        raise AssertionError("a button outside a form")

    def _named(self, name: str) -> list[Found]:
        fields = self.page.tree.query("input, select, textarea")
        return [field for field in fields if attributes(field).get("name") == name]

    def _filled_in(self, form: Found) -> Pairs:
        pairs: Pairs = []
        done: set[str] = set()
        for field in self.page.tree.query("input, select, textarea"):
            name = attributes(field).get("name", "")
            if not name or self._form_of(field) is not form:
                continue
            typed = self._typed.get(name)
            if typed is None:
                pairs += [(name, value) for value in _sent(field)]
            elif name not in done:
                done.add(name)
                pairs += [(name, value) for value in typed]
        return pairs


def _sent(field: Found) -> Iterator[str]:
    """What a field sends when nobody touches it."""
    known = attributes(field)
    if field.name == "textarea":
        yield field.to_text(strip=False)
    elif field.name == "select":
        options = field.query("option")
        chosen = [option for option in options if "selected" in attributes(option)] or options[:1]
        yield from (attributes(option)["value"] for option in chosen)
    elif known.get("type") not in ("radio", "checkbox") or "checked" in known:
        yield known.get("value", "")
