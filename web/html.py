"""Writes HTML: elements as functions, every text escaped, nothing that could come from elsewhere."""

import base64
import hashlib
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Markup:
    """HTML that is ready to be sent; everything else is text and will be escaped."""

    text: str

    def __str__(self) -> str:
        return self.text


Part = Markup | str


def element(tag: str, *parts: Part, **attributes: str) -> Markup:
    """Return an element; `class_` and `data_x` stand for the attributes `class` and `data-x`."""
    written = "".join(f' {name.rstrip("_").replace("_", "-")}="{escape(value)}"' for name, value in attributes.items())
    return Markup(f"<{tag}{written}>{joined(*parts)}</{tag}>")


def joined(*parts: Part) -> Markup:
    """Return parts one after another."""
    return Markup("".join(part.text if isinstance(part, Markup) else escape(part) for part in parts))


def hash_of(text: str) -> str:
    """Return how a Content-Security-Policy names an inline style or script, `'sha256-…'`."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def document(language: str, title: str, style: str, *parts: Part) -> str:
    """Return a whole page; its style must hold nothing that a visitor wrote."""
    head = joined(
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup('<meta name="color-scheme" content="light dark">'),
        Markup('<link rel="icon" href="data:,">'),
        element("title", title),
        Markup(f"<style>{style}</style>"),
    )
    return f"<!doctype html>\n{element('html', element('head', head), element('body', *parts), lang=language)}\n"
