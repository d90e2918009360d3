"""The same letter made in other ways, each timed; run by a Python that has them, not by ours.

`python peer_letters.py WAY` reads {"lines": [[style, text], …], "rounds": n, "out": file} from
standard input, writes the last PDF to `out` and prints the milliseconds of each round as JSON.
Styles are regular, bold and italic. What a way does once, as importing, is not in its times. As
ours, the files are tagged and made to be kept (PDF/A-2).
"""

import html
import importlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

_Lines = Sequence[tuple[str, str]]
_FAMILY = "Noto Serif"


def main() -> None:
    """Time one way of making the letter."""
    asked = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        make = _WAYS[sys.argv[1]](asked["lines"], Path(folder))
        taken = []
        # One round more: the first is for what is loaded once.
        for _ in range(asked["rounds"] + 1):
            started = time.perf_counter()
            pdf = make()
            taken.append((time.perf_counter() - started) * 1000)
    Path(asked["out"]).write_bytes(pdf)
    sys.stdout.write(json.dumps(taken[1:]))


def _weasyprint(lines: _Lines, _folder: Path) -> Callable[[], bytes]:
    weasyprint: Any = importlib.import_module("weasyprint")
    body = "".join(f"<p class={style}>{html.escape(text)}</p>" for style, text in lines)
    style = (
        f"@page {{size: letter; margin: 1in}} body {{font: 10.5pt '{_FAMILY}'}} "
        "p {margin: 0 0 6pt} .bold {font-weight: bold} .italic {font-style: italic}"
    )
    page = f"<html lang=en><title>Letter</title><style>{style}</style><body>{body}"

    def make() -> bytes:
        pdf: bytes = weasyprint.HTML(string=page).write_pdf(pdf_variant="pdf/a-2a")
        return pdf

    return make


def _docxtpl(lines: _Lines, folder: Path) -> Callable[[], bytes]:
    """A Word file filled in by python-docx-template, and LibreOffice to make the PDF of it."""
    docx: Any = importlib.import_module("docx")
    docxtpl: Any = importlib.import_module("docxtpl")
    template = docx.Document()
    template.styles["Normal"].font.name = _FAMILY
    for number, (style, _) in enumerate(lines):
        run = template.add_paragraph().add_run(f"{{{{ line[{number}] }}}}")
        run.bold, run.italic = style == "bold", style == "italic"
    template.save(folder / "template.docx")
    words = [text for _, text in lines]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    wanted = 'pdf:writer_pdf_Export:{"SelectPdfVersion": {"type": "long", "value": "2"}}'
    office = [sys.argv[2], profile, "--headless", "--convert-to", wanted, "--outdir", str(folder)]

    def make() -> bytes:
        written = docxtpl.DocxTemplate(folder / "template.docx")
        written.render({"line": words}, autoescape=True)
        written.save(folder / "letter.docx")
        subprocess.run([*office, str(folder / "letter.docx")], check=True, capture_output=True)
        return (folder / "letter.pdf").read_bytes()

    return make


_WAYS: dict[str, Callable[[_Lines, Path], Callable[[], bytes]]] = {
    "weasyprint": _weasyprint,
    "docxtpl": _docxtpl,
}

if __name__ == "__main__":
    main()
