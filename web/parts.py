"""Parts that pages of figures share: a card under its title, and a table."""

from collections.abc import Iterable

from web.html import Markup, Part, element, joined


def section(title: str, *parts: Part, **attributes: str) -> Markup:
    """Return a card under its title."""
    return element("section", element("h2", title), *parts, **{"class_": "hall", **attributes})


def table(names: Iterable[str], rows: Iterable[Iterable[Part]], caption: str = "") -> Markup:
    """Return a table; it scrolls by itself where it is wider than a phone."""
    top = element("tr", *(element("th", name, scope="col") for name in names))
    body = [
        element("tr", *(element("td", cell, **({"class_": "text"} if at == 0 else {})) for at, cell in enumerate(row)))
        for row in rows
    ]
    told_above = [element("caption", caption)] if caption else []
    whole = element("table", *told_above, element("thead", top), element("tbody", *body))
    return element("div", whole, class_="table", tabindex="0", role="region", aria_label=caption or joined(*names).text)
