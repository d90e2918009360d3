"""The tour: the main job of the program, done in its real window without a screen.

An invented intake is typed into the window, a letter is written from it, reports are published,
and a picture taken of every screen. Everything it makes goes into one folder.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.core.answers import show
from intake_app.core.casefile import Charge, Custody, Detainer, Intake, Person
from intake_app.core.errors import AppError
from intake_app.core.fields import question
from intake_app.core.letters.options import Edit, LetterOptions
from intake_app.core.reports.periods import Every, Window
from intake_app.core.reports.release import Prepared
from intake_app.core.reports.series import Series
from intake_app.core.roles import Role
from intake_app.core.vocabulary import SentBy, Zone
from intake_app.documents.letter_template import Block
from intake_app.documents.letter_text import Letter
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.ui import keyboard
from intake_app.ui.case_page import HISTORY, NEW, CasePage
from intake_app.ui.jobs import Jobs
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Page
from intake_app.ui.reports_page import ReportsPage
from intake_app.ui.theme import Theme, dress
from intake_app.ui.turns import Turns
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.make_demo import Demo, make_demo
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_letters import approved_pdf
from intake_app.workflows.record_letter import record_sending
from intake_app.workflows.release_reports import release_reports
from intake_app.workflows.report_choices import can_be_closed
from intake_app.workflows.unlock_office import unlock_office

T = TypeVar("T")

_LETTER = "decline"
_ADDED = "Please call us at the number above before noon."
"""What is written into the letter by hand."""


class Tour:
    """One tour into `folder`, which must be new or empty."""

    def __init__(
        self,
        app: QApplication,
        pages: Sequence[type[Page]],
        theme: Theme,
        folder: Path,
        now: datetime,
    ) -> None:
        self._app, self._pages, self._theme = app, pages, theme
        self._folder, self._now = folder, now
        self._pictures = folder / "screenshots"
        self._jobs = Jobs()
        self._faults: list[Exception] = []
        self._jobs.broke.connect(self._faults.append)

    def take(self) -> list[Path]:
        """Do everything; return the files made. Raises `AppError` where something fails."""
        self._pictures.mkdir(parents=True)
        dress(self._app, self._theme)
        office_folder = self._folder / "office"
        # The office is for show and its passphrases lie in the open: a costly one guards nothing.
        demo = self._done(partial(make_demo, office_folder, self._now, cost=OWASP_MINIMUM))
        case_id = self._as_member(demo, Role.PARALEGAL, self._take_an_intake)
        self._as_member(demo, Role.ATTORNEY, partial(self._write_a_letter, case_id))
        self._as_member(demo, Role.COORDINATOR, self._publish_reports)
        self._as_member(demo, Role.ADMINISTRATOR, self._look_at_the_office)
        self._jobs.close()
        return sorted(path for path in self._folder.rglob("*") if path.is_file())

    def _take_an_intake(self, office: Office, window: MainWindow) -> int:
        for key in ("desk", "cases"):
            window.go(key)
            self._picture(window, key)
        window.ask_find()
        window.finder.line.setText("n")
        self._picture(window, "find")
        window.finder.close_box()
        window.go("case", NEW)
        self._settle()
        page = window.page("case")
        assert isinstance(page, CasePage)  # noqa: S101 - for the type checker
        for record, answers in _the_intake(self._now):
            if record in (Charge, Detainer):
                keyboard.add(page, record)
                self._settle()
            for field, words in answers.items():
                keyboard.answer(keyboard.form_of(page, record).rows[field], words)
                self._settle(pause=5)
            self._picture(window, f"intake-{record.__name__.lower()}")
        page.open_section(HISTORY)
        self._picture(window, "intake-history")
        if page.case is None or page.unsaved():
            raise AppError("The tour failed: what was typed into the window was not saved.")
        case_id = page.case.case_id
        self._check_saved(office, case_id)
        return case_id

    def _check_saved(self, office: Office, case_id: int) -> None:
        """Compare the file with what was typed."""
        case = self._done(partial(open_case, office, case_id))
        for record, answers in _the_intake(self._now):
            kept: Any = case.one(record)
            for field, words in answers.items():
                saved = show(question(record, field), getattr(kept, field))
                if field not in _TIMES and saved != words:
                    raise AppError("The tour failed: the file does not hold what was typed.")
                if not saved:
                    raise AppError("The tour failed: an answer is missing in the file.")

    def _write_a_letter(self, case_id: int, office: Office, window: MainWindow) -> None:
        """Compose, write one paragraph anew, approve, and record the sending."""
        # Pages of a letter are drawn by a thread of Qt's that tells nobody.
        for key, what, pause in (("letters", None, 40), ("letter", case_id, 400)):
            window.go(key, what)
            self._picture(window, key, pause)
        window.go("authorities")
        self._picture(window, "authorities")
        plain = self._composed(office, case_id, LetterOptions())
        last = next(one for one in reversed(plain.body) if one.block is Block.TEXT)
        edit = Edit(last.key, last.text, f"{last.text} {_ADDED}")
        options = LetterOptions(edits=(edit,))
        self._composed(office, case_id, options, "letter-draft.pdf")
        self._done(partial(keep_letter, office, case_id, _LETTER, options, self._now))
        kept = self._done(partial(approve_letter, office, case_id, _LETTER, options, self._now))
        pdf = self._done(partial(approved_pdf, office, kept.id))
        (self._folder / "letter.pdf").write_bytes(pdf)
        today = office.today(self._now)
        self._done(partial(record_sending, office, kept.id, today, SentBy.FAX, self._now))
        window.go("letters")
        self._picture(window, "letters-sent")
        window.go("batch")
        self._picture(window, "letters-batch")

    def _composed(
        self, office: Office, case_id: int, options: LetterOptions, name: str = ""
    ) -> Letter:
        """The letter; its pages go into the file of that name."""
        made = self._done(partial(compose_letter, office, case_id, _LETTER, self._now, options))
        if made.pdf is None or made.letter is None:
            raise AppError(f"The tour failed: {made.blocked_by[0].why}")
        if name:
            (self._folder / name).write_bytes(made.pdf)
        return made.letter

    def _publish_reports(self, office: Office, window: MainWindow) -> None:
        """Every table of the last half-year that is over."""
        window.go("reports")
        self._settle()
        page = window.page("reports")
        assert isinstance(page, ReportsPage)  # noqa: S101 - for the type checker
        half = next(
            period
            for period in can_be_closed(Series(), office.today(self._now))
            if period.every is Every.HALF_YEAR
        )
        page.head.choose(Window((half,)))
        prepared: list[Prepared] = []
        ended = QEventLoop()

        def came(made: Prepared) -> None:
            prepared.append(made)
            ended.quit()

        page.work.prepared.connect(came)
        page.work.refused.connect(ended.quit)
        page.head.check.click()
        ended.exec()
        self._picture(window, "reports")
        if not prepared:
            raise AppError("The tour failed: no report could be checked.")
        release = self._done(partial(release_reports, office, prepared[0], self._now))
        folder = self._folder / "reports"
        folder.mkdir()
        for name, content in release.files.items():
            (folder / name).write_bytes(content)

    def _look_at_the_office(self, _office: Office, window: MainWindow) -> None:
        window.go("office")
        self._picture(window, "office")

    def _as_member(self, demo: Demo, role: Role, work: Callable[[Office, MainWindow], T]) -> T:
        passphrase = demo.passphrases[role.value]
        folder = self._folder / "office"
        unlock = partial(unlock_office, folder, role.value, passphrase, self._now)
        office = self._done(unlock)
        pages = [kind(self._jobs, lambda: self._now) for kind in self._pages]
        window = MainWindow(self._jobs, office, pages, self._theme, 10)
        window.resize(1280, 820)
        window.show()
        try:
            return work(office, window)
        finally:
            window.timer.stop()
            window.hide()
            window.deleteLater()
            self._done(office.close)

    def _done(self, work: Callable[[], T]) -> T:
        """Do something on the office thread and wait for it."""
        answers: list[T] = []
        errors: list[AppError] = []
        self._jobs.run(work, answers.append, errors.append)
        self._settle()
        if errors:
            raise errors[0]
        return answers[0]

    def _settle(self, pause: int = 40) -> None:
        """Wait until every answer is shown, lists are filled and short timers have rung."""
        for _ in range(2):
            # A loop of `processEvents` never sleeps and would keep the office thread waiting.
            answers = QEventLoop()
            self._jobs.busy_changed.connect(answers.quit)
            while self._jobs.busy:
                answers.exec()
            _wait(pause)
        while Turns.of_the_window().busy:
            _wait(pause)
        # What came last is laid out in a turn of its own.
        _wait(pause)
        if self._faults:
            raise self._faults[0]

    def _picture(self, widget: QWidget, name: str, pause: int = 40) -> None:
        self._settle(pause)
        widget.grab().save(str(self._pictures / f"{name}.png"))


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


_TIMES = ("release_due_at",)
"""Answers typed in one form and shown in another."""


def _the_intake(now: datetime) -> list[tuple[type, dict[str, str]]]:
    """What is typed: an invented man in an invented jail in California."""
    due = now.astimezone(ZoneInfo(Zone.PACIFIC.value)) + timedelta(hours=20)
    return [
        (Intake, {"mode": "Family call", "caller": "Spouse or partner"}),
        (
            Person,
            {
                "given": "Žydrūnas",
                "surname": "Nuñez-Đặng",
                "booking_number": "TOUR-0417",
                "us_citizen_claim": "No claim",
            },
        ),
        (
            Custody,
            {
                "facility": "Example County Jail",
                "facility_county": "Example County",
                "facility_state": "California",
                "facility_zone": "Pacific",
                "facility_address": "1 Example Street\nExample, CA 90000",
                "in_custody": "Yes",
                "custody_basis": "Awaiting trial",
                "release_due_at": f"{due:%Y-%m-%d %H:%M}",
                "release_basis": "Bail bond",
            },
        ),
        (Charge, {"charge_text": "Petty theft", "level": "Misdemeanor", "outcome": "Pending"}),
        (Detainer, {"form": "I-247A", "status": "Active", "served": "No", "warrant": "None"}),
    ]
