"""A week of a busy office in the real window: five desks' worth of work through one file.

`python -m tests.busy_week CASES SECONDS FOLDER`. Members of every role come one after another, in
five days of five turns. Each unlocks, works as fast as the window answers, key by key, and locks.
Meanwhile a heart beats in the window's event loop (`tests/heart.py`). The last line printed is
JSON: see `Week.told`.
"""

import gc
import json
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from intake_app.core.casefile import Intake, Panel, Person
from intake_app.core.errors import AppError
from intake_app.core.holiday_days import federal_days
from intake_app.core.letters.options import LetterOptions
from intake_app.core.reports.release import Prepared
from intake_app.core.roles import Role
from intake_app.start import prepared_application
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.ui.case_page import NEW, CasePage
from intake_app.ui.documents_panel import DocumentsPanel
from intake_app.ui.garbage_timer import GarbageTimer
from intake_app.ui.jobs import Jobs
from intake_app.ui.keyboard import form_of, section_with
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages import PAGES
from intake_app.ui.reports_page import ReportsPage
from intake_app.ui.theme import Theme, dress
from intake_app.ui.turns import Turns
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.back_up_office import carry_out, keep_backup, plan_backup
from intake_app.workflows.check_conflicts import check_conflicts
from intake_app.workflows.find_people import load_roster
from intake_app.workflows.import_cases import import_cases
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.make_demo import make_demo
from intake_app.workflows.release_reports import release_reports
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW
from tests.heart import BEAT, Heart, pace
from tests.papers import pdf, png
from tests.workflows.test_import_cases import HEADER

DAYS = 5
TURNS = (Role.PARALEGAL, Role.ATTORNEY, Role.PARALEGAL, Role.COORDINATOR, Role.ADMINISTRATOR)
_BETWEEN = ("", "unlock", "open the window", "lock")
"""Nobody types there: the window is made after the passphrase, and put away."""

Wait = Callable[[], bool] | None
Script = Iterator[Wait]
_Act = tuple[str, Callable[[Office, MainWindow], Script]]


class Week(QObject):
    """The office, its members and what they do."""

    def __init__(self, app: QApplication, cases: int, seconds: float, folder: Path) -> None:
        super().__init__()
        self._app, self._folder, self._seconds = app, folder, seconds
        self._luck = random.Random(5)  # noqa: S311 - the same week each time
        self.jobs, self._beside = Jobs(), Jobs()
        self.faults: list[str] = []
        for jobs in (self.jobs, self._beside):
            jobs.broke.connect(self._broke)
        self.done: Counter[str] = Counter()
        self.memory: list[float] = []
        self.objects: list[int] = []
        garbage = app.findChild(GarbageTimer)
        assert garbage is not None
        self._garbage = garbage
        federal_days(NOW.year)
        self._demo = make_demo(folder / "office", NOW, cases, 5, OWASP_MINIMUM)
        self._papers = [folder / "scan.png", folder / "court.pdf"]
        self._papers[0].write_bytes(png())
        self._papers[1].write_bytes(pdf())
        self.heart = Heart(self)
        self._office: Office | None = None
        self._script = self._week()
        self._wait: Wait = None
        self._hand = QTimer(self)
        self._hand.timeout.connect(self._step)
        self._hand.start(BEAT)

    def _step(self) -> None:
        """One key, one click: then the window has its turn."""
        if self._wait is not None and not self._wait():
            return
        try:
            self._wait = next(self._script)
        except StopIteration:
            self._app.quit()
        except (AppError, AssertionError, LookupError, AttributeError):
            self.faults.append(f"{self.heart.act}: {traceback.format_exc()[-1500:]}")
            self._app.quit()

    def _broke(self, error: Exception) -> None:
        told = "".join(traceback.format_exception(error))[-1500:]
        self.faults.append(f"{self.heart.act}: {told}")

    def _idle(self) -> bool:
        return not self.jobs.busy and not Turns.of_the_window().busy

    # The days.

    def _week(self) -> Script:
        days = DAYS if self._seconds > 100 else 1
        turns = [role for _ in range(days) for role in TURNS]
        ends = time.monotonic()
        # As `start.py` does while the first passphrase is typed.
        self._garbage.settle()
        for number, role in enumerate(turns):
            ends = max(ends, time.monotonic()) + self._seconds / len(turns)
            yield from self._turn(role, ends)
            self.memory.append(_rss())
            if number % len(TURNS) == len(TURNS) - 1:
                self.objects.append(len(gc.get_objects()) + gc.get_freeze_count())

    def _turn(self, role: Role, ends: float) -> Script:
        self.heart.act = f"{role}: unlock"
        opened: list[Office] = []
        passphrase = self._demo.passphrases[role.value]
        unlock = partial(unlock_office, self._folder / "office", role.value, passphrase, NOW)
        yield from self._ask(unlock, opened.append)
        self._office = opened[0]
        self.heart.act = f"{role}: open the window"
        window = MainWindow(self.jobs, opened[0], PAGES, Theme(), 60, clock=lambda: NOW)
        window.show()
        window.go("desk")
        yield self._idle
        if role is not Role.COORDINATOR:
            yield from self._ask(partial(load_roster, opened[0]), self._nothing)
        acts = self._acts(role)
        place = self._luck.randrange(len(acts))
        while time.monotonic() < ends:
            name, act = acts[place % len(acts)]
            place += 1
            self.heart.act = f"{role}: {name}"
            yield from act(opened[0], window)
            self.done[name] += 1
        self.heart.act = f"{role}: lock"
        locked: list[bool] = []
        window.locked.connect(locked.append)
        window.lock()
        yield lambda: bool(locked)
        self._office = None
        window.hide()
        window.deleteLater()
        yield lambda: not self._beside.busy
        yield from self._ask(opened[0].close, self._nothing)
        self.heart.act = "between two members"
        self._garbage.settle()
        self.done["lock"] += 1

    def _acts(self, role: Role) -> list[_Act]:
        look: list[_Act] = [
            (f"look at {key}", partial(self._look, key)) for key in ("desk", "cases")
        ]
        work: list[_Act] = [
            ("type in a case", self._type),
            ("find", self._find),
            ("new intake", self._intake),
        ]
        match role:
            case Role.PARALEGAL:
                rest: list[_Act] = [
                    ("documents", self._add_papers),
                    ("conflict check", self._conflicts),
                    ("look at letters", partial(self._look, "letters")),
                    ("look at batch", partial(self._look, "batch")),
                    ("look at survey", partial(self._look, "survey")),
                ]
                return [*work, *look, *work, *rest]
            case Role.ATTORNEY:
                rest = [
                    ("letter", self._letter),
                    ("conflict check", self._conflicts),
                    ("look at authorities", partial(self._look, "authorities")),
                ]
                return [*rest, *look, *work]
            case Role.COORDINATOR:
                return [
                    ("reports", self._reports),
                    ("look at reports", partial(self._look, "reports")),
                ]
            case _:
                rest = [
                    ("import", self._import),
                    ("backup", self._back_up),
                    ("look at office", partial(self._look, "office")),
                ]
                return [*rest, *work, *look]

    # What is done.

    def _ask(self, work: Callable[[], Any], done: Callable[[Any], None]) -> Script:
        self.jobs.run(work, done, self._failed)
        yield self._idle

    def _nothing(self, _answer: object) -> None:
        """Nobody waits for it."""

    def _failed(self, error: AppError) -> None:
        self.faults.append(f"{self.heart.act}: {error.sentence}")

    def _look(self, key: str, _office: Office, window: MainWindow) -> Script:
        window.go(key)
        yield self._idle

    def _keys(self, words: str) -> Script:
        for letter in words:
            widget = QApplication.focusWidget()
            if widget is not None and letter.isascii():
                QTest.keyClicks(widget, letter)
            elif isinstance(widget, QLineEdit):
                # A key that only some keyboards have; QTest knows none of those.
                none = Qt.KeyboardModifier.NoModifier
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(widget, QKeyEvent(kind, 0, none, letter))
            yield None

    def _some_case(self) -> int:
        return self._luck.randint(1, len(self._demo.cases))

    def _type(self, _office: Office, window: MainWindow) -> Script:
        window.go("case", self._some_case())
        yield self._idle
        yield from self._answers(window)

    def _intake(self, _office: Office, window: MainWindow) -> Script:
        window.go("case", NEW)
        yield self._idle
        yield from self._answers(window)

    def _answers(self, window: MainWindow) -> Script:
        page = window.page("case")
        assert isinstance(page, CasePage)
        for record, field, words in (
            (Person, "surname", self._luck.choice(("Nguyễn", "O'Brien-Diaz", "Žukauskas"))),
            (Intake, "summary", "He was arrested on Tuesday and is held since. " * 2),
            (Person, "booking_number", f"B{self._luck.randrange(10**6)}"),
        ):
            page.list.buttons[section_with(page, record)].click()
            yield self._idle
            control = _control(form_of(page, record).rows[field].edit)
            control.setFocus()
            control.selectAll()
            yield from self._keys(words)
            QTest.keyClick(control, Qt.Key.Key_Tab)
            yield self._idle
        self.done["keys"] += 100
        if page.unsaved():
            self.faults.append(f"{self.heart.act}: {page.unsaved()}")

    def _find(self, _office: Office, window: MainWindow) -> Script:
        window.ask_find()
        yield self._idle
        yield from self._keys(self._luck.choice(("ngu", "maria", "an", "202")))
        yield self._idle
        window.finder.close_box()

    def _add_papers(self, _office: Office, window: MainWindow) -> Script:
        window.go("case", self._some_case())
        yield self._idle
        page = window.page("case")
        assert isinstance(page, CasePage)
        panel = page.forms.panel(Panel.DOCUMENTS)
        assert isinstance(panel, DocumentsPanel)
        panel.add_files(self._papers)
        yield lambda: not panel.busy and self._idle()

    def _conflicts(self, office: Office, _window: MainWindow) -> Script:
        yield from self._ask(
            partial(check_conflicts, office, self._some_case(), NOW), self._nothing
        )

    def _letter(self, office: Office, window: MainWindow) -> Script:
        case = self._some_case()
        window.go("letter", case)
        yield self._idle
        made: list[object] = []
        refused: list[AppError] = []
        keep = partial(keep_letter, office, case, "decline", LetterOptions(), NOW)
        self.jobs.run(keep, made.append, refused.append)
        yield self._idle
        if made:
            approve = partial(approve_letter, office, case, "decline", LetterOptions(), NOW)
            self.jobs.run(approve, made.append, refused.append)
            yield self._idle
        self.done["letters approved" if len(made) == 2 else "letters held back"] += 1

    def _import(self, office: Office, window: MainWindow) -> Script:
        luck = self._luck
        rows = "".join(
            f"R{luck.randrange(10**5)},M,W,29,2014-05-{luck.randint(10, 28)},Mexico,54,DWI,MB,,,\n"
            for _ in range(200)
        )
        window.go("cases")
        yield from self._ask(
            partial(import_cases, office, (HEADER + rows).encode(), None, NOW), self._nothing
        )

    def _back_up(self, office: Office, _window: MainWindow) -> Script:
        plans: list[Any] = []
        yield from self._ask(partial(plan_backup, office, NOW), plans.append)
        places: list[Any] = []
        from intake_app.core.backups import BackupReason

        self._beside.run(
            partial(carry_out, plans[0], BackupReason.DAILY), places.append, self._failed
        )
        # Work goes on while it is made.
        yield from self._type(office, _window)
        yield lambda: not self._beside.busy
        if places:
            yield from self._ask(partial(keep_backup, office, places[0], NOW), self._nothing)

    def _reports(self, office: Office, window: MainWindow) -> Script:
        window.go("reports")
        yield self._idle
        page = window.page("reports")
        assert isinstance(page, ReportsPage)
        came: list[Prepared] = []
        ended: list[object] = []
        page.work.prepared.connect(came.append)
        page.work.refused.connect(ended.append)
        page.head.check.click()
        yield lambda: bool(came or ended) or not page.work.busy
        if came:
            # Nobody presses what is not drawn yet.
            yield self._idle
            self.jobs.run(
                partial(release_reports, office, came[0], NOW), self._released, ended.append
            )
            yield self._idle

    def _released(self, _release: object) -> None:
        self.done["reports released"] += 1

    # What came of it.

    def told(self) -> dict[str, object]:
        """Faults, what was done, the stalls, and memory after each turn in megabytes."""
        ours = sorted(self.heart.beats)
        stalls, pauses = self.heart.stop()
        working = [one for one in stalls if one.act.partition(": ")[2] not in _BETWEEN]
        between = [one.ours for one in stalls if one not in working]
        worst = sorted(working, key=lambda one: one.ours, reverse=True)[:12]
        tries = self.heart.tries
        even = [one.ours / pace(one.at, tries) for one in working]
        slow = sorted(pace(moment, tries) for moment, _ in tries)
        return {
            "faults": self.faults[:5],
            "done": dict(self.done),
            "beats": len(ours),
            "p99_ms": round(ours[int(len(ours) * 0.99)] * 1000, 1),
            "p999_ms": round(ours[int(len(ours) * 0.999)] * 1000, 1),
            "over_100_ms": sum(one.ours > 0.1 for one in working),
            "over_100_ms_by_the_clock": sum(one.seconds > 0.1 for one in working),
            "over_100_ms_even": sum(one > 0.1 for one in even),
            "longest_even_ms": round(max(even, default=0) * 1000),
            "stood_still": [round(end - begin, 2) for begin, end in pauses],
            "pace": [round(slow[len(slow) // 2], 2), round(slow[-1], 2)],
            "longest_own_ms": round(max((one.window for one in working), default=0) * 1000),
            "longest_opening_ms": round(max(between, default=0) * 1000),
            "worst": [
                f"{one.ours * 1000:.0f} ms (clock {one.seconds * 1000:.0f}, window's thread "
                f"{one.window * 1000:.0f}, pace {pace(one.at, tries):.2f}) {one.act}: {one.where}"
                for one in worst
            ],
            "memory": [round(one) for one in self.memory],
            "objects": self.objects,
        }


def _control(edit: QWidget) -> QLineEdit | QPlainTextEdit:
    control = edit.findChild(QLineEdit) or edit.findChild(QPlainTextEdit)
    assert isinstance(control, QLineEdit | QPlainTextEdit)
    return control


def _rss() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def main(cases: int, seconds: float, folder: Path) -> int:
    """Live through the week and print what came of it."""
    app = prepared_application()
    dress(app, Theme())
    week = Week(app, cases, seconds, folder)
    app.exec()
    week.jobs.close()
    print(json.dumps(week.told()))  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), float(sys.argv[2]), Path(sys.argv[3])))
