"""A real letter and a real envelope through a real print system. Run by `make test-print` alone."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.ui import printing
from intake_app.ui.asking import Asking
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.printing import (
    new_printer,
    page_image,
    print_document,
    print_envelope,
    print_labels,
)
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.envelopes import address_labels, letter_envelope
from intake_app.workflows.make_demo import Demo, make_demo
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW
from tests.printing.local_cups import QUEUE, Cups, install, local_cups, why_not

pytestmark = pytest.mark.skipif(
    os.environ.get("INTAKE_TEST_PRINT") != "1", reason="run by `make test-print` alone"
)
SHERIFF = ("Sheriff", "Example County Jail", "100 Example Road", "Town, FL 33000")


class Yes(Asking):
    """Somebody who presses Print at once."""

    def printer(self, parent: QWidget, printer: QPrinter) -> bool:  # noqa: ARG002
        return True


@pytest.fixture(scope="module")
def cups() -> Iterator[Cups]:
    if said := why_not():
        pytest.fail(said)
    install()
    with local_cups() as made:
        os.environ["CUPS_SERVER"] = made.server
        yield made
        del os.environ["CUPS_SERVER"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Demo]:
    folder = tmp_path_factory.mktemp("demo") / "office"
    return folder, make_demo(folder, NOW, cases=30, cost=OWASP_MINIMUM)


@pytest.fixture
def office(demo: tuple[Path, Demo]) -> Iterator[Office]:
    folder, made = demo
    with unlock_office(folder, "attorney", made.passphrases["attorney"], NOW) as opened:
        yield opened


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own for whatever anything wants to put away for a while."""
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setenv("TMPDIR", str(place))
    return place


@pytest.fixture
def open_files(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every file that stands open while a page is drawn."""
    seen: set[str] = set()

    def looked(document: QPdfDocument, page: int, dpi: int) -> QImage:
        for one in Path("/proc/self/fd").iterdir():
            with suppress(OSError):
                seen.add(str(one.readlink()))
        return page_image(document, page, dpi)

    monkeypatch.setattr(printing, "page_image", looked)
    return seen


def letter_of(office: Office) -> tuple[bytes, str, set[str]]:
    """The first letter that may be written: its PDF, its case's number and the client's names."""
    for case in range(1, 31):
        made = compose_letter(office, case, "decline", NOW)
        if made.pdf is not None and made.letter is not None:
            name = next(one.text for one in made.letter.facts if one.label == "Name")
            return made.pdf, made.case.number, set(name.split())
    raise LookupError("no letter")


def test_qt_finds_the_queue(cups: Cups, qapp: QApplication) -> None:
    assert QUEUE in QPrinterInfo.availablePrinterNames()


def test_a_letter_comes_out_whole(
    cups: Cups, office: Office, qtbot: QtBot, left: Path, open_files: set[str]
) -> None:
    pdf, number, names = letter_of(office)
    view = PdfView("Letter")
    qtbot.addWidget(view)
    view.show_pdf(pdf)
    assert view.document is not None
    printer = new_printer(f"Letter {number}")
    assert printer.outputFormat() is QPrinter.OutputFormat.NativeFormat
    pages = view.document.pageCount()
    assert print_document(view.document, printer) == pages
    cups.wait()
    printed = PdfReader(cups.printed)
    assert len(printed.pages) == pages
    for page in printed.pages:
        # The paper we asked for, not the queue's or the locale's.
        assert [round(float(side)) for side in page.mediabox[2:]] == [612, 792]
        assert max(one.image.width for one in page.images if one.image) == 8.5 * 300
    assert f"Letter {number}" in cups.jobs()
    assert not any(name in cups.jobs() for name in names)
    # Qt does put the job away for a moment: in memory, and it is gone afterwards.
    assert not any(one.startswith(str(left)) for one in open_files)
    in_memory = [Path(one) for one in open_files if one.startswith(f"{printing.MEMORY}/")]
    assert in_memory
    assert not any(one.exists() for one in in_memory)
    assert os.environ["TMPDIR"] == str(left)


def test_an_envelope_and_labels_go_to_their_own_paper(
    cups: Cups, office: Office, qtbot: QtBot, left: Path
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    envelope = letter_envelope(office, 1, "decline", SHERIFF, NOW)
    assert print_envelope(Yes(), parent, envelope, "2026-0001")
    cups.wait()
    (page,) = PdfReader(cups.printed).pages
    turned = page.rotation in (90, 270)
    wide, high = (float(side) for side in page.mediabox[2:])
    assert sorted((wide, high)) == pytest.approx([4.125 * 72, 9.5 * 72], abs=1.5), turned
    assert "Env10" in cups.jobs()
    assert print_labels(Yes(), parent, address_labels(office, [SHERIFF] * 31))
    cups.wait()
    sheets = PdfReader(cups.printed).pages
    assert [round(float(page.mediabox[3])) for page in sheets] == [792, 792]
    assert "Sheriff" not in cups.jobs()
    assert list(left.iterdir()) == []


def test_nothing_of_ours_stays_in_the_spool(cups: Cups) -> None:
    """Data files of jobs are called d…; c…, the log of jobs, holds none of their words."""
    assert [one.name for one in (cups.home / "spool").glob("d*")] == []
