"""Small pictures and pages from memory, with a limit on what a file may ask for."""

import io

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake_app.core.document_media import BadFile, Media
from intake_app.ui.pictures import SMALL, TooLarge, read_page, small_pdf_picture, small_picture
from tests import papers


def encoded(image: Image.Image, form: str, **how: object) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **how)
    return made.getvalue()


def opened(png: bytes | None) -> QImage:
    assert png is not None
    image = QImage.fromData(png)
    assert not image.isNull()
    return image


@pytest.mark.parametrize(
    ("size", "small"), [((2000, 1000), (200, 100)), ((500, 2000), (50, 200)), ((90, 40), (90, 40))]
)
@pytest.mark.parametrize(
    ("media", "form"),
    [(Media.JPEG, "JPEG"), (Media.PNG, "PNG"), (Media.WEBP, "WEBP"), (Media.TIFF, "TIFF")],
)
def test_a_small_picture_keeps_its_shape(
    size: tuple[int, int], small: tuple[int, int], media: Media, form: str
) -> None:
    image = opened(small_picture(encoded(Image.new("RGB", size, "red"), form), media))
    assert (image.width(), image.height()) == small
    assert image.pixelColor(5, 5).red() > 240


def test_a_photo_taken_upright_is_shown_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    content = encoded(Image.new("RGB", (400, 200)), "JPEG", exif=exif)
    image = opened(small_picture(content, Media.JPEG))
    assert (image.width(), image.height()) == (100, 200)


def test_a_page_of_paper_is_white_where_nothing_is_printed(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    image = opened(small_pdf_picture(papers.pdf(), parent))
    assert max(image.width(), image.height()) == SMALL
    assert image.pixelColor(2, 2) == QColor("white")
    assert small_pdf_picture(papers.locked_pdf(), parent) is None
    with pytest.raises(BadFile):
        small_pdf_picture(papers.pdf()[:300], parent)


def test_a_file_that_asks_for_gigabytes_is_not_drawn() -> None:
    assert small_picture(papers.png_bomb(), Media.PNG) is None
    with pytest.raises(TooLarge):
        read_page(papers.png_bomb(), Media.PNG, 0)


def test_a_file_is_read_as_what_it_is_and_as_nothing_else() -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"
    for media in (Media.PNG, Media.TIFF, Media.WEBP):
        with pytest.raises(BadFile):
            read_page(svg, media, 0)
    with pytest.raises(BadFile):
        read_page(papers.png(), Media.TIFF, 0)


def test_pages_are_counted_and_a_page_that_is_not_there_is_a_sentence() -> None:
    pages = [Image.new("L", (100 + number, 50)) for number in range(3)]
    content = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    read = [read_page(content, Media.TIFF, number) for number in range(3)]
    assert [(one.image.width(), one.page, one.pages) for one in read] == [
        (100, 0, 3),
        (101, 1, 3),
        (102, 2, 3),
    ]
    with pytest.raises(BadFile):
        read_page(content, Media.TIFF, 3)
