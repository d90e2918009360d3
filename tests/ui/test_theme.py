"""Every palette is legible, every size scales, every colour the style sheet names exists."""

import re

import pytest
from pytestqt.qtbot import QtBot

from intake_app import paths
from intake_app.ui.theme import PALETTES, SCALES, Palette, Theme, Tone, icon, style_sheet, theme_of

PAIRS = [
    ("text", "card"),
    ("text", "ground"),
    ("text", "hover"),
    ("quiet", "card"),
    ("quiet", "ground"),
    ("heading", "card"),
    ("on_selected", "selected"),
    ("on_accent", "accent"),
    ("link", "card"),
    ("rail_text", "rail"),
    ("rail_quiet", "rail"),
    ("on_rail", "rail_selected"),
    ("bad", "card"),
    *((tone.value, f"{tone.value}_ground") for tone in Tone),
]


def light(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.key)
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_stand_out_from_their_ground(palette: Palette, words: str, ground: str) -> None:
    bright, dim = sorted(
        (light(getattr(palette, words)), light(getattr(palette, ground))), reverse=True
    )
    assert (bright + 0.05) / (dim + 0.05) >= 4.5


@pytest.mark.parametrize("scale", SCALES)
def test_sizes_grow_with_the_scale(scale: int) -> None:
    sheet = style_sheet(Theme(scale=scale))
    assert "$" not in sheet
    assert not re.search(r"\d(sp|dp)\b", sheet)
    assert f"font-size: {Theme(scale=scale).points(13, 96)}pt" in sheet


def test_every_picture_the_style_sheet_names_is_there(qapp: object) -> None:
    for palette in PALETTES:
        for name in re.findall(r"url\(icons:([^)]+)\)", style_sheet(Theme(palette))):
            assert (paths.resources() / "icons" / name).is_file()


def test_icons_take_the_colour_asked_for(qtbot: QtBot) -> None:
    for file in (paths.resources() / "icons").glob("*.svg"):
        if b"currentColor" not in file.read_bytes():
            continue
        image = icon(file.stem, "#ff0000", 20).pixmap(20, 20).toImage()
        seen = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert seen == {"#ff0000"}, file.stem


def test_remembered_settings_that_make_no_sense_become_usual_ones() -> None:
    assert theme_of("no such palette", 5).scale == 80
    assert theme_of("no such palette", 5).palette.key == "light"
    assert theme_of("dark", 900) == Theme(theme_of("dark", 200).palette, 200)
