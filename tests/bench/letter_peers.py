"""The same text set in other ways: on a bare canvas, by Platypus alone, and by two other programs.

The other programs are no part of ours. They are installed into `out/bench_peers`, an environment
of their own, and given the very fonts of our letters. Where one can't be had, its line says so.
"""

import json
import os
import shutil
import subprocess
import tempfile
import textwrap
from collections.abc import Callable, Sequence
from ctypes.util import find_library
from functools import partial
from html import escape
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader
from reportlab.lib.pagesizes import LETTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from intake_app import paths
from intake_app.documents.fonts import FontNames
from intake_app.documents.letter_template import Block
from intake_app.documents.letter_text import Letter
from tests.bench.peer_environment import NotMeasured, install, python_with, run

Lines = Sequence[tuple[str, str]]
"""Each paragraph: regular, bold or italic, and its words."""

_PACKAGES = ("weasyprint==70.0", "docxtpl==0.20.2")


def lines_of(letter: Letter) -> Lines:
    """All words of a letter, bold and italic where it has them."""
    bold = {paragraph.text for paragraph in letter.body if paragraph.block is Block.HEADING}
    italic = {
        paragraph.text for paragraph in letter.body if any(run.italic for run in paragraph.runs)
    }

    def style(text: str) -> str:
        if text in bold or text.startswith("Re: "):
            return "bold"
        return "italic" if text in italic else "regular"

    return [(style(line), line) for line in letter.text.splitlines()]


def bare(lines: Lines, names: FontNames) -> bytes:
    """The words on a bare canvas, each line in its font, and nothing else."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=LETTER)
    wrapped = [(style, line) for style, text in lines for line in textwrap.wrap(text, 92)]
    for first in range(0, len(wrapped), 48):
        for row, (style, line) in enumerate(wrapped[first : first + 48]):
            canvas.setFont(_font(names, style), 10.5)
            canvas.drawString(72, 720 - 14 * row, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def platypus(lines: Lines, names: FontNames) -> bytes:
    """The words as plain paragraphs of ReportLab's own layout."""
    styles = {
        name: ParagraphStyle(
            name, fontName=_font(names, name), fontSize=10.5, leading=14, spaceAfter=6
        )
        for name in ("regular", "bold", "italic")
    }
    out = BytesIO()
    story: list[Flowable] = [Paragraph(escape(text), styles[style]) for style, text in lines]
    SimpleDocTemplate(out, pagesize=LETTER).build(story)
    return out.getvalue()


def other_program(way: str, lines: Lines, rounds: int) -> list[float]:
    """Milliseconds of each round in a process of its own; `NotMeasured` where it can't be."""
    python = python_with("bench_peers", _PACKAGES)
    words = [python, str(Path(__file__).with_name("peer_letters.py")), way]
    if way == "docxtpl":
        words.append(_from_debian("libreoffice-writer-nogui", partial(shutil.which, "soffice")))
    else:
        # Without it WeasyPrint cuts fonts in Python and takes six times as long.
        _from_debian("libharfbuzz-subset0", partial(find_library, "harfbuzz-subset"))
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "fonts.conf"
        settings.write_text(
            "<fontconfig>"
            f"<dir>{escape(str(paths.resources() / 'fonts'))}</dir>"
            f"<cachedir>{escape(folder)}/cache</cachedir></fontconfig>",
            "utf-8",
        )
        out = Path(folder) / "letter.pdf"
        asked = json.dumps({"lines": lines, "rounds": rounds, "out": str(out)})
        done = subprocess.run(
            words,
            env={**os.environ, "FONTCONFIG_FILE": str(settings)},
            input=asked,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise NotMeasured(f"it failed here: {' '.join(last)[:80]}")
        _same_words(lines, out.read_bytes())
    taken: list[float] = json.loads(done.stdout)
    return taken


def _font(names: FontNames, style: str) -> str:
    return names.style(bold=style == "bold", italic=style == "italic")


def _same_words(lines: Lines, pdf: bytes) -> None:
    """A peer that leaves words out is no peer."""
    read = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    bare_words = "".join(read.split())
    for _, text in lines:
        if "".join(text[:60].split()) not in bare_words:
            raise NotMeasured("its PDF lacks words of the letter")


def _from_debian(package: str, look: Callable[[], str | None]) -> str:
    """What `look` finds; the package is installed where that needs no question, as root."""
    found = look()
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        install(partial(run, "apt-get", "-q", "update"), "no network")
        get = partial(run, "apt-get", "-q", "install", "-y", "--no-install-recommends")
        install(partial(get, package), f"{package} could not be installed")
        found = look()
    if found is None:
        raise NotMeasured(f"it needs more; on Debian: apt-get install {package}")
    return found
