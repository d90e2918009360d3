"""A demonstration office for tests of whole pages, and answers instead of a person's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.widgets import Column
from intake_app.workflows.make_demo import Demo, make_demo
from intake_app.workflows.unlock_office import unlock_office
from tests.ui.conftest import Desk


@dataclass(frozen=True)
class DemoFolder:
    """Where it is, and what `make_demo` told."""

    folder: Path
    demo: Demo

    def number_in(self, state: str) -> int:
        """The case id of the first case held in a state; cases are numbered from 1."""
        return next(
            number for number, row in enumerate(self.demo.cases, start=1) if row.state == state
        )


def demo_folder(folder: Path, now: datetime, cases: int) -> DemoFolder:
    """Make it, with the cheapest keys allowed."""
    return DemoFolder(folder, make_demo(folder, now, cases=cases, cost=OWASP_MINIMUM))


@contextmanager
def opened(made: DemoFolder, desk: Desk, role: Role, now: datetime) -> Iterator[Office]:
    """The office, open for one member on the office thread."""
    words = made.demo.passphrases[role.value]
    office = desk.done(partial(unlock_office, made.folder, role.value, words, now))
    yield office
    desk.settled()
    desk.close(office)


@dataclass
class Answers(Asking):
    """Stands in for the person at a file box or a printer's box, and keeps what was asked."""

    place: Path | None = None
    printed: Path | None = None
    asked: list[str] = field(default_factory=list)
    jobs: list[str] = field(default_factory=list)

    @override
    def folder(self, parent: QWidget, title: str, start: Path) -> Path | None:
        self.asked.append(title)
        return self.place

    @override
    def save_as(self, parent: QWidget, title: str, suggested: Path, kind: str) -> Path | None:
        self.asked.append(suggested.name)
        return None if self.place is None else self.place / suggested.name

    @override
    def printer(self, parent: QWidget, printer: QPrinter) -> bool:
        if self.printed is None:
            return False
        self.jobs.append(printer.docName())
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(self.printed))
        return True


def nameless(page: QWidget) -> list[str]:
    """Every visible control a screen reader could not name."""
    found = []
    for widget in page.findChildren(QWidget):
        focus = widget.focusPolicy().value
        if not widget.isVisible() or not focus or widget.objectName().startswith("qt_"):
            continue
        face = QAccessible.queryAccessibleInterface(widget)
        labels = [one for one, kind in face.relations() if kind & QAccessible.RelationFlag.Label]
        if not (face.text(QAccessible.Text.Name) or labels or widget.accessibleName()):
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def cut_off(widget: QWidget) -> list[str]:
    """The columns that can be seen and have no room to the right for what is inside."""
    return [
        f"{type(column).__name__} needs {inside.width()} of {column.viewport().width()}"
        for column in widget.findChildren(Column)
        if column.isVisible()
        and column.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        and (inside := column.widget()) is not None
        and inside.width() > column.viewport().width()
    ]
