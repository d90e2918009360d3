"""A day with the program, in a process of its own: `python -m tests.full_tour PLACE ENDING`.

Marks (`tests/marks.py`) stand in every free text of a case, in papers, letters, an import, a
backup; they are typed, searched for, copied and printed in the real window, offscreen. What is
meant to leave the office goes to PLACE/out. ENDING is how it ends: "close", "segv", "abort" or
"kill"; the last three in the middle of a word. PLACE/out/report.json tells what was seen:
window titles, names of print jobs, sockets, processes started, files opened to be written.
"""

import faulthandler
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from intake_app import paths
from intake_app.cli.no_core_dumps import no_core_dumps
from intake_app.core.backups import BackupReason
from intake_app.core.casefile import RECORDS, Consent, Intake, Person
from intake_app.core.directory import DirectoryEntry
from intake_app.core.document_media import Media
from intake_app.core.fields import Kind, title_of
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Role
from intake_app.core.vocabulary import AddresseeKind
from intake_app.start import Session, prepared_application
from intake_app.store.office import Office
from intake_app.ui.case_page import CasePage
from intake_app.ui.clipboard import Clipboard
from intake_app.ui.keyboard import form_of, type_into
from intake_app.ui.main_window import MainWindow
from intake_app.ui.printing import print_envelope, print_labels
from intake_app.workflows.add_document import add_document
from intake_app.workflows.addressees import keep_addressee
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.back_up_office import back_up_office
from intake_app.workflows.check_conflicts import check_conflicts
from intake_app.workflows.envelopes import address_labels
from intake_app.workflows.export_document import export_document
from intake_app.workflows.import_cases import import_cases
from intake_app.workflows.read_letters import approved_pdf
from intake_app.workflows.save_case import add_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests import papers
from tests.conftest import NOW, PASSPHRASE
from tests.examples import EVERY_QUESTION, example
from tests.letters import DECLINE, case_for_a_letter
from tests.marks import DIGITS, STEM
from tests.offices import new_office, proof_of, staff, unlocked
from tests.ui.demo_office import Answers

TYPED = f"{STEM} was typed here"
COLUMNS = (
    "booking_ref,sex,race,age_at_booking,booking_date,birthplace,charge_code,charge,level,"
    "sentence,disposition_date,disposition"
)
IMPORTED = (
    f'{COLUMNS}\n{DIGITS},M,W,29,2014-05-01,"{STEM}, Mexico",54,{STEM},MB,,2014-05-03,'
    "SENTENCE COMPLETE\n"
)


class Watch:
    """What can be seen from outside: titles, jobs, sockets, processes, files to be written."""

    def __init__(self) -> None:
        self.seen: dict[str, list[str]] = {
            "titles": [],
            "jobs": [],
            "sockets": [],
            "processes": [],
            "written": [],
        }

    def audit(self, event: str, told: tuple[Any, ...]) -> None:
        """An audit hook of Python."""
        if event.startswith("socket."):
            self._note("sockets", f"{event} {told[1:]}")
        elif event in ("subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"):
            self._note("processes", f"{event} {told[:2]}")
        elif event == "open" and isinstance(told[0], str | bytes):
            flags = told[2] if isinstance(told[2], int) else 0
            if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
                self._note("written", os.fsdecode(told[0]))

    def _note(self, what: str, words: str) -> None:
        if words not in self.seen[what]:
            self.seen[what].append(words)

    def look(self) -> None:
        """The titles of the windows there are now."""
        for window in QApplication.topLevelWidgets():
            if window.windowTitle():
                self._note("titles", window.windowTitle())


def fill(folder: Path, out: Path) -> int:
    """The office, with marks in all it keeps; return the case to look at."""
    with new_office(folder).office as office:
        staff(office)
        import_cases(office, IMPORTED.encode(), None, NOW)
        back_up_office(office, BackupReason.BY_HAND, NOW)
    with unlocked(folder, Role.ATTORNEY) as office:
        case = start_intake(office, NOW).case_id
        _answer_all(office, case)
        paper = TakenFile(papers.pdf(words=STEM), Media.PDF, f"Paper of {STEM}")
        made = whole(add_document(office, case, paper, papers.png(seed=STEM.encode()), NOW))
        whole(export_document(office, made.id, out / "copy.pdf", proof_of(office), NOW))
        check_conflicts(office, case, NOW)
        entry = DirectoryEntry(AddresseeKind.JAIL, agency=f"{STEM} County Jail", lines=("1 Road",))
        keep_addressee(office, entry, NOW)
        other = case_for_a_letter(office)
        save_answer(office, other, Person, None, "surname", STEM, NOW)
        letter = approve_letter(office, other, DECLINE, LetterOptions(), NOW)
        (out / "letter.pdf").write_bytes(approved_pdf(office, letter.id))
        return case


def _answer_all(office: Office, case: int) -> None:
    """A mark in every free text and telephone number, an example everywhere else."""
    rows = {
        cls: add_entry(office, case, cls, NOW).entry_id for cls in RECORDS if title_of(cls).many
    }
    for cls, asked in EVERY_QUESTION:
        value = example(cls, asked)
        if asked.kind in (Kind.LINE, Kind.TEXT):
            value = f"{STEM} {asked.name}"
        elif asked.kind is Kind.PHONE:
            value = f"+{DIGITS}"
        elif cls is Consent:
            continue
        save_answer(office, case, cls, rows.get(cls), asked.name, value, NOW)


class Tour:
    """The hand at the keyboard."""

    def __init__(self, app: QApplication, session: Session, watch: Watch, out: Path) -> None:
        self.app, self.session, self.watch, self.out = app, session, watch, out

    def settle(self, pause: int = 30) -> None:
        """Wait until nothing is being done."""
        for _ in range(2):
            self.wait(lambda: not self.session.jobs.busy)
            loop = QEventLoop()
            QTimer.singleShot(pause, loop.quit)
            loop.exec()
            self.watch.look()

    def wait(self, ready: Callable[[], bool]) -> None:
        """Wait for something, with the window alive."""
        while not ready():
            QTest.qWait(10)
            self.watch.look()

    def unlock(self) -> MainWindow:
        """Type the passphrase at the door."""
        self.wait(lambda: self.session.door is not None)
        self.settle()
        door = self.session.door
        assert door is not None
        QTest.keyClicks(door.door.passphrase.edit, PASSPHRASE)
        QTest.keyClick(door.door.passphrase.edit, Qt.Key.Key_Return)
        self.wait(lambda: self.session.window is not None and self.session.window.isVisible())
        self.settle()
        assert self.session.window is not None
        return self.session.window

    def look_around(self, window: MainWindow, case: int) -> None:
        """Every page, every section, the find box, the clipboard, the printer."""
        for key in ("desk", "cases", "letters", "batch", "authorities", "office", "survey"):
            window.go(key)
            self.settle()
            window.grab()
        window.ask_find()
        type_into(window.finder.line, STEM)
        self.settle()
        window.finder.close_box()
        window.go("letter", case)
        self.settle(300)
        page = self.open_case(window, case)
        for section in page.forms.sections:
            page.open_section(section.title)
            self.wait(lambda: not self.session.jobs.busy)
            fields = page.findChildren(QLineEdit) + page.findChildren(QPlainTextEdit)
            held = (one for one in fields if one.isVisible() and STEM in _words_of(one))
            if (field := next(held, None)) is not None:
                field.selectAll()
                field.copy()
        self.print(window)

    def open_case(self, window: MainWindow, case: int) -> CasePage:
        """Its page."""
        window.go("case", case)
        self.settle()
        page = window.page("case")
        assert isinstance(page, CasePage)
        return page

    def print(self, window: MainWindow) -> None:
        """An envelope and labels, into files."""
        answers = Answers(printed=self.out / "printed.pdf")
        labels = address_labels(window.office, [(STEM, "1 Road")])
        print_labels(answers, window, labels)
        print_envelope(answers, window, labels, "2026-0002")
        for job in answers.jobs:
            self.watch._note("jobs", job)

    def half_a_word(self, window: MainWindow, case: int) -> None:
        """Begin to type, and stop in the middle."""
        page = self.open_case(window, case)
        page.open_section("Intake")
        type_into(form_of(page, Intake).rows["caller_name"].edit.control, TYPED)
        QTest.qWait(400)


def _words_of(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()


def main(place: Path, ending: str) -> int:
    """The whole day."""
    no_core_dumps()
    watch = Watch()
    sys.addaudithook(watch.audit)
    faulthandler.enable()
    os.umask(0o077)
    # The offscreen platform never says that what it holds is this program's own.
    patch.object(Clipboard, "_owns", return_value=True).start()
    out = place / "out"
    case = fill(place / "office", out)
    app = prepared_application()
    session = Session(app, paths.user_config(), place / "office")
    sys.excepthook = session.fault
    session.login = Role.ATTORNEY.value
    session.ask()
    tour = Tour(app, session, watch, out)
    window = tour.unlock()
    tour.look_around(window, case)
    session.fault(ValueError, ValueError(STEM), None)
    tour.half_a_word(window, case)
    copied = QGuiApplication.clipboard().text()
    window.lock()
    tour.settle()
    watch.seen["clipboard"] = [copied, QGuiApplication.clipboard().text()]
    window = tour.unlock()
    tour.half_a_word(window, case)
    watch.seen["modules"] = sorted(name for name in sys.modules if name.startswith("PySide6."))
    (out / "report.json").write_text(json.dumps(watch.seen), "utf-8")
    _end(ending, session, tour)
    return 0


def _end(ending: str, session: Session, tour: Tour) -> None:
    match ending:
        case "segv":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "abort":
            os.abort()
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case _:
            assert session.window is not None
            session.window.close()
            tour.settle()
            session.jobs.close()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2]))
