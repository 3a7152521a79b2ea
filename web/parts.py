"""Parts that pages of figures share: a card under its title, and a table."""

from collections.abc import Iterable

from web.html import Markup, Part, element, joined


def section(title: str, *parts: Part, **attributes: str) -> Markup:
    """Return a card under its title."""
    return element("section", element("h2", title), *parts, **{"class_": "hall", **attributes})


def table(names: Iterable[str], rows: Iterable[Iterable[Part]], caption: str = "", *, has_acts: bool = False) -> Markup:
    """Return a table; it scrolls by itself where it is wider than a phone.

    One that `has_acts` shows each row as a card on a phone, for what is out of sight is not pressed.
    """
    names = list(names)
    labels = [{"data_label": name} if has_acts else {} for name in names]
    top = element("tr", *(element("th", name, scope="col") for name in names))
    body = [
        element(
            "tr",
            element("td", first, class_="text"),
            *(element("td", cell, **label) for label, cell in zip(labels[1:], rest, strict=True)),
        )
        for first, *rest in rows
    ]
    told_above = [element("caption", caption)] if caption else []
    whole = element("table", *told_above, element("thead", top), element("tbody", *body))
    return element(
        "div",
        whole,
        class_="table acts" if has_acts else "table",
        tabindex="0",
        role="region",
        aria_label=caption or joined(*names).text,
    )
