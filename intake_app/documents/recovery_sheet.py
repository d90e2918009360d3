"""The recovery sheet of an office: one page to print, lock away and hope never to need."""

from datetime import date
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

from intake_app.core.errors import AppError
from intake_app.documents.fonts import FontNames, Fonts, font_names, require_letters
from intake_app.documents.letter_words import day_in_words
from intake_app.documents.typography import tidy

WIDTH, HEIGHT = LETTER
SIDE = 1.0 * inch
LINE = WIDTH - 2 * SIDE
INK, QUIET, FRAME = HexColor(0x1B1B1B), HexColor(0x555555), HexColor(0x8A8A8A)
CODE_SIZE = 22
GROUPS_ON_A_LINE = 4

_PARTS = (
    (
        "What it is for",
        "This code opens the office’s file when a passphrase is forgotten, or when the only "
        "administrator has left. Without a passphrase or this code nobody can open the file, and "
        "nobody can make a new code for it from outside.",
    ),
    (
        "Keep it in a safe",
        "Whoever has this sheet and the office’s folder can read everything in it: every name, "
        "address and victim fact. Print it once. Lock it in a safe, away from the computer. Do "
        "not photograph it, mail it, or keep a copy on a computer or in the cloud.",
    ),
    (
        "How to use it",
        "Open Intake Desk, choose the office, then “I forgot my passphrase”. Type the code; "
        "capitals, small letters, blanks and dashes do not matter. Then choose a new passphrase.",
    ),
    (
        "If it is lost, or somebody has seen it",
        "Tell the administrator at once: the Office page makes a new sheet, and then this one "
        "opens the file no more. It still opens backups and copies of the folder made before.",
    ),
)


def recovery_sheet(office: str, code: str, made_on: date, fonts: Fonts) -> bytes:
    """Draw the sheet as a PDF of one letter-size page, the same bytes for the same arguments.

    `code` is the recovery code in groups joined by dashes; across the lines it is read from
    left to right. Raise `AppError` where the fonts lack a letter of the office's name, or the
    code has too many groups for the page.
    """
    names = font_names(fonts)
    groups = code.split("-")
    lines = [
        "-".join(groups[start : start + GROUPS_ON_A_LINE])
        for start in range(0, len(groups), GROUPS_ON_A_LINE)
    ]
    if len(lines) > 6:
        raise AppError("The recovery code is too long for its sheet; no sheet was made.")
    out = BytesIO()
    canvas = Canvas(out, pagesize=LETTER, invariant=1, lang="en-US", **_first_font(names))
    canvas.setTitle("Recovery sheet")
    canvas.setAuthor("")
    canvas.setCreator("Intake Desk")
    canvas.setProducer("Intake Desk")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    top = _heading(canvas, office, made_on, names)
    top = _code(canvas, lines, names, top)
    for title, text in _PARTS:
        top = _text(canvas, title, _style(names.bold, 11.5, 16), top - 12)
        top = _text(canvas, text, _style(names.regular, 10.5, 15), top - 2)
    _sign(canvas, names)
    canvas.save()
    return out.getvalue()


def _first_font(names: FontNames) -> dict[str, Any]:
    # Without it the PDF would name Helvetica, which is not embedded. The stubs call it a number.
    return {"initialFontName": names.regular}


def _style(font: str, size: float, leading: float) -> ParagraphStyle:
    return ParagraphStyle("sheet", fontName=font, fontSize=size, leading=leading, textColor=INK)


def _heading(canvas: Canvas, office: str, made_on: date, names: FontNames) -> float:
    top = _text(canvas, "Recovery sheet", _style(names.bold, 22, 28), HEIGHT - 0.8 * inch)
    # Of a very long name the first words are enough to know the office by.
    name = office if len(office) <= 200 else f"{office[:199].rstrip()}…"
    top = _text(canvas, name, _style(names.bold, 13, 18), top - 4)
    return _text(canvas, f"Made on {day_in_words(made_on)}", _style(names.regular, 10.5, 15), top)


def _code(canvas: Canvas, lines: list[str], names: FontNames, top: float) -> float:
    leading = CODE_SIZE * 1.6
    height = leading * len(lines) + 44
    base = top - 14 - height
    canvas.setStrokeColor(FRAME)
    canvas.setLineWidth(1.2)
    canvas.roundRect(SIDE, base, LINE, height, 7)
    canvas.setFillColor(QUIET)
    canvas.setFont(names.regular, 9.5)
    canvas.drawCentredString(WIDTH / 2, base + height - 19, "Recovery code")
    canvas.setFillColor(INK)
    canvas.setFont(names.bold, CODE_SIZE)
    for number, line in enumerate(lines):
        # A dash at the end of a line says that the code goes on.
        shown = f"{line}-" if number + 1 < len(lines) else line
        require_letters(shown, names.bold)
        size = min(
            CODE_SIZE, CODE_SIZE * (LINE - 30) / canvas.stringWidth(shown, names.bold, CODE_SIZE)
        )
        canvas.setFont(names.bold, size)
        canvas.drawCentredString(
            WIDTH / 2, base + height - 30 - leading * (number + 1) + 12, shown, charSpace=0
        )
    return base - 6


def _text(canvas: Canvas, text: str, style: ParagraphStyle, top: float) -> float:
    """Draw a paragraph whose first line is under `top`; return where its last line ends."""
    words = tidy(text)
    require_letters(words, style.fontName)
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    paragraph = Paragraph(plain, style)
    _, height = paragraph.wrapOn(canvas, LINE, HEIGHT)
    paragraph.drawOn(canvas, SIDE, top - height)
    return float(top - height)


def _sign(canvas: Canvas, names: FontNames) -> None:
    canvas.setFillColor(QUIET)
    canvas.setFont(names.regular, 9.5)
    canvas.drawString(SIDE, 0.85 * inch, "Kept where:")
    canvas.drawString(WIDTH / 2 + 10, 0.85 * inch, "Put there by, on:")
    canvas.setStrokeColor(FRAME)
    canvas.setLineWidth(0.5)
    canvas.line(SIDE + 62, 0.83 * inch, WIDTH / 2 - 10, 0.83 * inch)
    canvas.line(WIDTH / 2 + 96, 0.83 * inch, WIDTH - SIDE, 0.83 * inch)
