"""The look's colours, sizes and spacing as frozen themes, and the arithmetic of contrast that keeps them legible."""

import colorsys
from collections.abc import Iterator
from dataclasses import dataclass

WHITE, INK = "#FFFFFF", "#0B1F3A"
BORDER = 3
TEXT, LARGE, FAR = 4.5, 3.0, 7.0
"""Least contrasts: text and large text (WCAG 2.2, 1.4.3 and 1.4.11), and what is read from far away."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Sizes of type in design pixels, smallest to largest."""

    small: int
    body: int
    title: int
    head: int
    hero: int
    number: int


KIOSK = Scale(28, 36, 40, 56, 84, 240)
DISPLAY = Scale(48, 60, 84, 84, 130, 300)
PANEL = Scale(16, 20, 20, 28, 28, 120)


@dataclass(frozen=True, slots=True)
class Space:
    """Distances in design pixels, multiples of 8."""

    xs: int = 8
    s: int = 16
    m: int = 24
    l: int = 32  # noqa: E741 - the sizes are named as clothes are
    xl: int = 48
    xxl: int = 64


SPACE = Space()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet, and the least contrast they must have."""

    name: str
    front: str
    back: str
    least: float


@dataclass(frozen=True, slots=True)
class Theme:
    """One look. Colours are "#RRGGBB"; border, focus and the radii are design pixels.

    `ground` lies behind all, `surface` are cards and rows, `raised` every second row; `ink` and `quiet` are texts on
    those three. `call` with `on_call` marks what is called now; `off` with `off_ink` is what cannot be chosen.
    """

    name: str
    ground: str
    surface: str
    raised: str
    ink: str
    quiet: str
    line: str
    primary: str
    on_primary: str
    call: str
    on_call: str
    alarm: str
    on_alarm: str
    good: str
    on_good: str
    off: str
    off_ink: str
    zones: tuple[str, ...]
    border: int = BORDER
    focus: int = 9
    radius: int = 28
    panel_radius: int = 12

    @property
    def tints(self) -> bool:
        """Whether colours may be mixed: not where only a few, far apart, can be told from each other."""
        return self.border == BORDER

    def tint(self, colour: str, share: float) -> str:
        """Return the surface with a share of a colour in it, where colours may be mixed."""
        return mixed(colour, self.surface, share) if self.tints else self.surface

    def on(self, colour: str) -> str:
        """Return what is legible on a colour that `accent` gave."""
        return legible_on(colour) if self.tints else self.on_primary

    def zone(self, place: int) -> str:
        """Return the colour of a zone without one of its own, by its place in the hall."""
        return self.zones[place % len(self.zones)]

    def accent(self, colour: str) -> str:
        """Return a hall's colour, corrected until it is legible as text on this theme's surface."""
        return zone_accent(colour, self.surface)

    def pairs(self) -> Iterator[Pair]:
        """Yield every pair of colours that meet in this theme."""
        for back in ("ground", "surface", "raised"):
            yield Pair(f"ink on {back}", self.ink, getattr(self, back), FAR)
            yield Pair(f"quiet on {back}", self.quiet, getattr(self, back), FAR)
            yield Pair(f"line on {back}", self.line, getattr(self, back), LARGE)
            yield Pair(f"primary on {back}", self.primary, getattr(self, back), TEXT)
            yield Pair(f"alarm on {back}", self.alarm, getattr(self, back), TEXT)
            yield Pair(f"good on {back}", self.good, getattr(self, back), TEXT)
        for front, back in (("on_primary", "primary"), ("on_alarm", "alarm"), ("on_good", "good")):
            yield Pair(f"{front} on {back}", getattr(self, front), getattr(self, back), TEXT)
        yield Pair("on_call on call", self.on_call, self.call, FAR)
        yield Pair("off_ink on off", self.off_ink, self.off, TEXT)
        for place, zone in enumerate(self.zones):
            yield Pair(f"zone {place} on surface", zone, self.surface, TEXT)


LIGHT = Theme(
    name="light",
    ground="#F6F8FB",
    surface=WHITE,
    raised="#EEF3F9",
    ink=INK,
    quiet="#3D4F68",
    line="#7A8BA3",
    primary="#0B5CAD",
    on_primary=WHITE,
    call="#FFD54A",
    on_call=INK,
    alarm="#C8102E",
    on_alarm=WHITE,
    good="#15703A",
    on_good=WHITE,
    off="#E6EBF2",
    off_ink="#4C5D75",
    zones=("#0B5CAD", "#0F766E", "#6D28D9", "#B4235A", "#B45309", "#15803D"),
)

NIGHT = Theme(
    name="night",
    ground="#071426",
    surface=INK,
    raised="#10294B",
    ink=WHITE,
    quiet="#B9CCE4",
    line="#7590B5",
    primary="#5AA9F0",
    on_primary="#071426",
    call="#FFD54A",
    on_call="#071426",
    alarm="#FF7A88",
    on_alarm="#071426",
    good="#5FD38A",
    on_good="#071426",
    off="#1A3152",
    off_ink="#B9CCE4",
    zones=("#5AA9F0", "#2DD4BF", "#B79CF6", "#F58AB4", "#F5A65B", "#5FD38A"),
)

HIGH_CONTRAST = Theme(
    name="high contrast",
    ground="#000000",
    surface="#000000",
    raised="#000000",
    ink=WHITE,
    quiet=WHITE,
    line=WHITE,
    primary="#FFE500",
    on_primary="#000000",
    call="#FFE500",
    on_call="#000000",
    alarm="#FFE500",
    on_alarm="#000000",
    good=WHITE,
    on_good="#000000",
    off="#000000",
    off_ink=WHITE,
    zones=("#FFE500",),
    border=4,
)

THEMES = (LIGHT, NIGHT, HIGH_CONTRAST)


def channels(colour: str) -> tuple[float, float, float]:
    """Return red, green and blue of "#RRGGBB", each 0 to 1."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, 0 to 1 (WCAG 2.2, definition of relative luminance)."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(front: str, back: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((luminance(front), luminance(back)))
    return (lighter + 0.05) / (darker + 0.05)


def zone_accent(colour: str, ground: str, least: float = TEXT) -> str:
    """Return a colour with its hue kept and its lightness moved away from the ground until the contrast is enough."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*channels(colour))
    step, end = (0.01, 1.0) if luminance(ground) < 0.18 else (-0.01, 0.0)
    while contrast(colour, ground) < least and lightness != end:
        lightness = min(1.0, max(0.0, lightness + step))
        colour = hexed(colorsys.hls_to_rgb(hue, lightness, saturation))
    return colour


def hexed(parts: tuple[float, float, float]) -> str:
    """Return red, green and blue, each 0 to 1, as "#RRGGBB"."""
    return "#" + "".join(f"{round(part * 255):02X}" for part in parts)


def legible_on(colour: str) -> str:
    """Return white or ink, whichever is easier to read on a colour."""
    return max((WHITE, INK), key=lambda front: contrast(front, colour))


def mixed(front: str, back: str, share: float) -> str:
    """Return a colour between two: `share` 1 is all front, 0 all back."""
    pairs = zip(channels(front), channels(back), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return hexed((red, green, blue))
