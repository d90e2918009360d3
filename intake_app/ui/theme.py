"""How the window looks: colours by name, sizes that grow with the text, the style sheet.

A `Theme` is a palette and a scale. `dress(app, theme)` puts it on the whole program and may be
called again at any time. Widgets never hold a colour: they say what they are (see
`ui/widgets.py`) and `resources/style.qss` decides. Only what paints itself (icons, charts, the
pills of a table) asks a `Theme` for a colour; pages get it through `Page.themed`.

In `style.qss`, `$card` is a colour of the palette, `13sp` a size of text and `6dp` a length;
both are pixels at 100 % of a plain screen and grow with the scale.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QDir, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetrics,
    QIcon,
    QPainter,
    QPalette,
    QPixmap,
)
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QStyleFactory

from intake_app import paths

FAMILY = "Inter"
SMALLEST, USUAL, LARGEST = 80, 100, 200
SCALES = (80, 90, 100, 110, 125, 150, 175, 200)
"""Text sizes offered in the View menu, in percent."""


class Tone(StrEnum):
    """What a coloured label says beside its words; never the colour alone."""

    PLAIN = "plain"
    GOOD = "good"
    SOON = "soon"
    BAD = "bad"
    PROTECTED = "protected"


@dataclass(frozen=True)
class Palette:
    """Colours by what they are for. `*_ground` is what stands behind the colour of that name.

    Text on its ground has a contrast of at least 4.5 to 1 in every palette.
    """

    key: str
    title: str
    dark: bool
    ground: str
    card: str
    line: str
    text: str
    quiet: str
    heading: str
    field: str
    field_line: str
    selected: str
    on_selected: str
    hover: str
    accent: str
    accent_hover: str
    link: str
    on_accent: str
    focus: str
    rail: str
    rail_selected: str
    rail_text: str
    rail_quiet: str
    rail_locked: str
    on_rail: str
    desk: str
    pill_line: str
    plain: str
    plain_ground: str
    good: str
    good_ground: str
    soon: str
    soon_ground: str
    bad: str
    bad_ground: str
    protected: str
    protected_ground: str


LIGHT = Palette(
    key="light",
    title="Light",
    dark=False,
    ground="#f6f7f9",
    card="#ffffff",
    line="#dde3e9",
    text="#1d2733",
    quiet="#5d6c7b",
    heading="#33475b",
    field="#ffffff",
    field_line="#c3cdd7",
    selected="#e3eff4",
    on_selected="#124d63",
    hover="#eef2f5",
    accent="#1f6f8b",
    accent_hover="#185a71",
    link="#1b627b",
    on_accent="#ffffff",
    focus="#2b8bae",
    rail="#16324a",
    rail_selected="#24506f",
    rail_text="#dbe5ee",
    rail_quiet="#a9bccb",
    rail_locked="#8199ad",
    on_rail="#ffffff",
    desk="#e8ebf0",
    pill_line="transparent",
    plain="#465768",
    plain_ground="#e6ecf1",
    good="#1c6a3a",
    good_ground="#e0f2e6",
    soon="#7d5405",
    soon_ground="#fdf1d8",
    bad="#a4271b",
    bad_ground="#fde8e6",
    protected="#5a3d94",
    protected_ground="#ece6f7",
)

DARK = Palette(
    key="dark",
    title="Dark",
    dark=True,
    ground="#151b22",
    card="#1d252e",
    line="#323d49",
    text="#e4eaf0",
    quiet="#9dacba",
    heading="#c6d3df",
    field="#171e26",
    field_line="#465564",
    selected="#21404f",
    on_selected="#d5eef8",
    hover="#27313c",
    accent="#25758f",
    accent_hover="#2d86a3",
    link="#7cc6e2",
    on_accent="#ffffff",
    focus="#5db7d6",
    rail="#0f1922",
    rail_selected="#21455c",
    rail_text="#d3dee8",
    rail_quiet="#94a8b8",
    rail_locked="#71879a",
    on_rail="#ffffff",
    desk="#10161c",
    pill_line="transparent",
    plain="#c3d0dc",
    plain_ground="#33404d",
    good="#8fd9a8",
    good_ground="#1d3d2a",
    soon="#f0c978",
    soon_ground="#453515",
    bad="#ffaba1",
    bad_ground="#51231e",
    protected="#cdb8f5",
    protected_ground="#3b2f57",
)

CONTRAST = Palette(
    key="contrast",
    title="High contrast",
    dark=True,
    ground="#000000",
    card="#000000",
    line="#ffffff",
    text="#ffffff",
    quiet="#ffffff",
    heading="#ffffff",
    field="#000000",
    field_line="#ffffff",
    selected="#ffffff",
    on_selected="#000000",
    hover="#303030",
    accent="#ffe95c",
    accent_hover="#fff3a6",
    link="#ffe95c",
    on_accent="#000000",
    focus="#ffe95c",
    rail="#000000",
    rail_selected="#ffffff",
    rail_text="#ffffff",
    rail_quiet="#ffffff",
    rail_locked="#c8c8c8",
    on_rail="#000000",
    desk="#202020",
    pill_line="#ffffff",
    plain="#ffffff",
    plain_ground="#000000",
    good="#8dffb0",
    good_ground="#000000",
    soon="#ffe95c",
    soon_ground="#000000",
    bad="#ff9d92",
    bad_ground="#000000",
    protected="#dcc6ff",
    protected_ground="#000000",
)

PALETTES = (LIGHT, DARK, CONTRAST)


@dataclass(frozen=True)
class Theme:
    """A palette and a text size in percent (80 to 200)."""

    palette: Palette = LIGHT
    scale: int = USUAL

    def dp(self, pixels: float) -> int:
        """A length that is `pixels` at 100 %, in this text size; at least 1."""
        return max(1, round(pixels * self.scale / 100))

    def colour(self, name: str) -> QColor:
        """A colour of the palette by its name, for what paints itself."""
        return QColor(getattr(self.palette, name))

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """The colours of a pill: its words and its ground."""
        return self.colour(tone.value), self.colour(f"{tone.value}_ground")

    def points(self, pixels: float, dpi: float) -> float:
        """The size in points of text that is `pixels` high at 100 % on a screen of `dpi`."""
        return round(pixels * self.scale / 100 * 72 / dpi, 2)


def theme_of(key: str, scale: int) -> Theme:
    """The theme of remembered settings; what is not known becomes light at 100 %."""
    palette = next((known for known in PALETTES if known.key == key), LIGHT)
    return Theme(palette, min(max(scale, SMALLEST), LARGEST))


def load_fonts() -> None:
    """Register the fonts that ship with the program, so letters look the same everywhere.

    Raises FileNotFoundError where a font is missing or can't be read.
    """
    for file in sorted((paths.resources() / "fonts").glob("*.[ot]tf")):
        if QFontDatabase.addApplicationFont(str(file)) < 0:
            raise FileNotFoundError(f"The font {file.name} can't be read.")


def dress(app: QApplication, theme: Theme) -> None:
    """Put a theme on the whole program."""
    QDir.setSearchPaths("icons", [str(paths.resources() / "icons")])
    if app.style().name() != "fusion":
        app.setStyle(QStyleFactory.create("fusion"))
    font = QFont(FAMILY)
    font.setPointSizeF(theme.points(13, _dpi(app)))
    # Figures of one width, so that columns of numbers and times line up.
    font.setFeature(QFont.Tag("tnum"), 1)
    app.setFont(font)
    text_height.cache_clear()
    app.setPalette(qt_palette(theme.palette))
    app.setStyleSheet(style_sheet(theme, _dpi(app)))


@cache
def text_height() -> int:
    """How high a line of the program's text is, in pixels. `dress` alone changes it.

    Kept, since a page asks some hundred times, and each call into Qt may have to wait until
    another thread lets this one go on.
    """
    return QFontMetrics(QApplication.font()).height()


def style_sheet(theme: Theme, dpi: float = 96) -> str:
    """`resources/style.qss` with colours and sizes filled in; KeyError for an unknown colour."""
    text = (paths.resources() / "style.qss").read_text("utf-8")
    colours: dict[str, Any] = dict(vars(theme.palette))
    colours["shade"] = "on-dark" if theme.palette.dark else "on-light"
    colours["tick"] = "white" if QColor(theme.palette.on_accent).lightness() > 128 else "black"
    text = re.sub(r"(\d+(?:\.\d+)?)sp\b", lambda m: f"{theme.points(float(m[1]), dpi)}pt", text)
    text = re.sub(r"(\d+(?:\.\d+)?)dp\b", lambda m: f"{theme.dp(float(m[1]))}px", text)
    return re.sub(r"\$([a-z_]+)", lambda m: str(colours[m[1]]), text)


def qt_palette(named: Palette) -> QPalette:
    """The same colours for what Qt draws by itself: tick boxes, menus, text selection."""
    role, made = QPalette.ColorRole, QPalette()
    for wanted, name in {
        role.Window: named.ground,
        role.WindowText: named.text,
        role.Base: named.field,
        role.AlternateBase: named.hover,
        role.Text: named.text,
        role.Button: named.card,
        role.ButtonText: named.text,
        role.ToolTipBase: named.card,
        role.ToolTipText: named.text,
        role.PlaceholderText: named.quiet,
        role.Highlight: named.accent,
        role.HighlightedText: named.on_accent,
        role.Link: named.accent,
        role.Accent: named.accent,
    }.items():
        made.setColor(wanted, QColor(name))
    for wanted in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, wanted, QColor(named.quiet))
    return made


def icon(name: str, colour: QColor | str, size: int = 18, on: QColor | str = "") -> QIcon:
    """One of our line icons (`resources/icons/NAME.svg`) in one colour, `size` pixels wide.

    on: its colour where a button with it is pressed down, if that is another.
    """
    drawn = QIcon()
    normal = QIcon.Mode.Normal
    for state, tint in ((QIcon.State.Off, colour), (QIcon.State.On, on or colour)):
        for ratio in (1, 1.5, 2, 3):
            pixmap = _drawn(name, QColor(tint), QSize(size, size), ratio)
            drawn.addPixmap(pixmap, normal, state)
            drawn.addPixmap(pixmap, QIcon.Mode.Disabled, state)
    return drawn


def _drawn(name: str, colour: QColor, size: QSize, ratio: float) -> QPixmap:
    file: Path = paths.resources() / "icons" / f"{name}.svg"
    svg = file.read_bytes().replace(b"currentColor", colour.name().encode())
    pixmap = QPixmap(size * ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _dpi(app: QApplication) -> float:
    screen = app.primaryScreen()
    return screen.logicalDotsPerInch() if screen else 96
