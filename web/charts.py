"""Charts of the pages: bars, columns and heat maps, drawn so that the figures beside them can be read, too."""

from collections.abc import Sequence

from web.html import Markup, Part, element

CHART_STYLE = """
svg.columns { display: block; width: 100%; height: auto; max-height: 320px; }
svg.columns rect { fill: var(--blue); }
svg.columns line { stroke: var(--line); stroke-width: 1; }
svg.columns text { fill: var(--quiet); font-size: 13px; font-family: inherit; }
svg.columns text.figure { fill: var(--ink); font-weight: 700; }
figure { margin: 0 0 16px; overflow-x: auto; }
figure svg.columns { min-width: 480px; }
figcaption { color: var(--quiet); padding: 0 0 8px; }
table.heat td:not(.text) { text-align: center; min-width: 48px; border: 2px solid var(--card); }
table.heat th:not(:first-child) { text-align: center; }
td.heat-0 { color: var(--quiet); }
td.heat-1 { background: #dbe9f8; color: #0b1f3a; }
td.heat-2 { background: #b3d2f1; color: #0b1f3a; }
td.heat-3 { background: #7db4e8; color: #0b1f3a; }
td.heat-4 { background: #0b5cad; color: #ffffff; }
td.heat-5 { background: #0b2f5c; color: #ffffff; }
@media (prefers-color-scheme: dark) {
  td.heat-1 { background: #17395f; color: #ffffff; }
  td.heat-2 { background: #1f5288; color: #ffffff; }
  td.heat-3 { background: #2a6db0; color: #ffffff; }
  td.heat-4 { background: #8cc4f7; color: #0b1f3a; }
  td.heat-5 { background: #d6eafd; color: #0b1f3a; }
}
"""
LEVELS = 5
WIDTH, HEIGHT, TOP, BOTTOM = 800, 240, 24, 28
MOST_FIGURES = 16
"""With more columns not each bears its figure and its name."""


def columns(names: Sequence[str], values: Sequence[float | None], told: Sequence[str], caption: str) -> Markup:
    """Return a chart of columns under a caption; `told` are the values as people read them, None is a gap.

    It is a picture to a reader of screens: the same figures stand in a table beside it.
    """
    most = max((value for value in values if value is not None), default=0) or 1
    step, floor = WIDTH / max(1, len(values)), HEIGHT - BOTTOM
    each = -(-len(values) // MOST_FIGURES)
    parts: list[Markup] = [element("title", caption)]
    parts.append(element("line", x1="0", x2=str(WIDTH), y1=str(floor), y2=str(floor)))
    for at, (name, value, text) in enumerate(zip(names, values, told, strict=True)):
        height = round((floor - TOP) * (value or 0) / most, 1)
        left, middle = round(at * step + step * 0.14, 1), round(at * step + step / 2, 1)
        box = {"x": f"{left}", "y": f"{floor - height:.1f}", "width": f"{step * 0.72:.1f}", "height": f"{height}"}
        parts.append(element("rect", element("title", f"{name}: {text}"), rx="3", **box))
        if at % each == 0:
            parts.append(lettered(name, middle, HEIGHT - 8))
            parts.append(lettered(text, middle, floor - height - 6, class_="figure"))
    drawing = element("svg", *parts, viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img", aria_label=caption, class_="columns")
    return element("figure", element("figcaption", caption), drawing)


def lettered(text: str, x: float, y: float, **attributes: str) -> Markup:
    """Return a text of a chart, in the middle above a place."""
    return element("text", text, x=f"{x:.1f}", y=f"{y:.1f}", text_anchor="middle", **attributes)


def heat_map(
    names: Sequence[str],
    rows: Sequence[tuple[str, Sequence[float | None]]],
    told: Sequence[Sequence[str]],
    caption: str,
) -> Markup:
    """Return a table whose cells are the darker the more they hold; `told` are their figures as people read them."""
    most = max((value for _, values in rows for value in values if value is not None), default=0) or 1
    head = element("tr", *(element("th", name, scope="col") for name in names))
    body = []
    for (name, values), texts in zip(rows, told, strict=True):
        cells: list[Part] = [element("th", name, scope="row")]
        cells += [
            element("td", text, class_=f"heat-{level(value, most)}") for value, text in zip(values, texts, strict=True)
        ]
        body.append(element("tr", *cells))
    whole = element("table", element("thead", head), element("tbody", *body), class_="heat")
    return element("div", whole, class_="table", tabindex="0", role="region", aria_label=caption)


def level(value: float | None, most: float) -> int:
    """Return how dark a cell is, 0 for nothing, 5 for the most."""
    return 0 if not value else max(1, min(LEVELS, -(-int(value * LEVELS) // max(1, int(most)))))
