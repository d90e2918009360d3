"""The one place that builds the window and what it needs, in order."""

from __future__ import annotations

import importlib
import logging
import os
import shutil
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from intake_app import paths
from intake_app.core.errors import AppError
from intake_app.core.holiday_days import federal_days
from intake_app.core.roles import Act, may
from intake_app.ui.asking import Asking
from intake_app.ui.backup_clock import BackupClock
from intake_app.ui.clipboard import Clipboard
from intake_app.ui.deadline_notices import DeadlineNotices
from intake_app.ui.garbage_timer import GarbageTimer
from intake_app.ui.jobs import OUR_FAULT, Jobs
from intake_app.ui.recent_offices import RecentOffices
from intake_app.ui.session_lock import SessionLock
from intake_app.ui.settings import Settings
from intake_app.ui.system_tray import SystemTray
from intake_app.ui.theme import LIGHT, Theme, dress, load_fonts
from intake_app.ui.unlock_dialog import UnlockDialog
from intake_app.ui.window_first import go_first
from intake_app.workflows.unsaved_words import SealedWords, open_words, seal_words

if TYPE_CHECKING:
    from intake_app.store.office import Office
    from intake_app.ui.main_window import MainWindow

LOG = logging.getLogger("intake_app")

PRINT_SYSTEM = "/run/cups/cups.sock"
"""Of this computer. Where it is not there, the library of CUPS would knock at port 631 instead."""

# The door comes up before the pages behind it are loaded; the office thread loads them while the
# passphrase is typed.


def run_window(folder: Path | None) -> int:
    """Open the window, at the office in `folder` where one is given; return the exit code."""
    app = prepared_application()
    session = Session(app, paths.user_config(), folder)
    sys.excepthook = session.fault
    session.ask()
    code = app.exec()
    session.jobs.close()
    session.backups.close()
    return code


def prepared_application() -> QApplication:
    """The one application of this process, with its name and its fonts."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)  # noqa: S101 - no other kind is ever made
    if app.findChild(GarbageTimer) is None:
        GarbageTimer(app)
        go_first()
    if sys.platform == "linux":
        os.environ.setdefault("CUPS_SERVER", PRINT_SYSTEM)
    app.setApplicationName("intake-desk")
    app.setApplicationDisplayName("Intake Desk")
    app.setQuitOnLastWindowClosed(False)
    load_fonts()
    return app


def run_tour(folder: Path, now: datetime) -> int:
    """Do the tour into a new or empty folder, or over an earlier tour; return the exit code."""
    mark = folder / ".tour"
    if folder.exists() and any(folder.iterdir()):
        if not mark.exists():
            raise AppError("That folder is not empty. Choose a new folder for the tour.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    mark.touch()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from intake_app.ui.pages import PAGES
    from intake_app.ui.tour import Tour

    for made in Tour(prepared_application(), PAGES, Theme(LIGHT, 100), folder, now).take():
        if "office" not in made.parts:
            sys.stdout.write(f"{made}\n")
    return 0


def clock() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Session(QObject):
    """From the door to the window and back, until the program ends.

    config: the folder of this user's settings; folder: the office to offer at the door.
    """

    def __init__(self, app: QApplication, config: Path, folder: Path | None) -> None:
        super().__init__()
        self._app, self._folder = app, folder
        self._settings = Settings(config / "window.ini")
        self._theme = self._settings.theme
        self._recent = RecentOffices(config / "offices.json")
        self._demonstration = config / "demonstration"
        self._office: Office | None = None
        self._place: tuple[str, object] = ("", None)
        self._sealed: list[SealedWords] = []
        self._half_typed: dict[tuple[Path, int], str] = {}
        self._clipboard = Clipboard(self)
        app.aboutToQuit.connect(self._clipboard.take_away)
        self._system = SessionLock(self)
        self._system.locked.connect(self._lock)
        self.login = ""
        self.window: MainWindow | None = None
        self.door: UnlockDialog | None = None
        self.jobs = Jobs(self)
        self.jobs.broke.connect(self._broke)
        self._tray = SystemTray(self)
        self._tray.pressed.connect(self._come_forward)
        self.notices = DeadlineNotices(
            self.jobs, clock, self._tray, self, outside_wanted=self._settings.notices
        )
        self.notices.noticed.connect(self._notice)
        self.backups = BackupClock(self.jobs, clock, self)
        self.backups.noticed.connect(self._tell_until_read)
        dress(app, self._theme)

    def ask(self) -> None:
        """Show the door."""
        if self.door is not None:
            self.door.raise_()
            return
        self.door = UnlockDialog(
            self.jobs,
            clock,
            self._recent,
            Asking(),
            folder=self._folder,
            login=self.login,
            demonstration=self._demonstration,
            waiting=_waiting_words(self._sealed),
        )
        self.door.themed(self._theme)
        self.door.unlocked.connect(self._unlocked)
        self.door.finished.connect(self._door_closed)
        self.door.show()
        self.jobs.run(_load_pages, self._settle, self._not_ready)

    def fault(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """`sys.excepthook`: a plain sentence on the screen; in the log only kinds and places."""
        if issubclass(kind, KeyboardInterrupt):
            self._app.quit()
            return
        LOG.error("%s", where_it_broke(error, trace))
        if self.window is not None:
            self.window.say_fault(OUR_FAULT)

    def _broke(self, error: Exception) -> None:
        LOG.error("%s", where_it_broke(error, error.__traceback__))

    def _unlocked(self, office: Office) -> None:
        other = self._folder != office.folder
        same = self.login == office.member.login and not other
        if not same:
            self._place = ("", None)
        self._office, self._folder, self.login = office, office.folder, office.member.login
        self._build()
        if said := self._half_typed.pop((office.folder, office.member.id), ""):
            self._tell_until_read(said)
        self.jobs.run(_warm_clocks, self._nothing, self._not_ready)
        self.notices.watch(office, other=other)
        self.backups.watch(office)
        if may(office.member.role, Act.READ_CASES):
            self._read_names(office, more=True)

    def _read_names(self, office: Office, more: bool) -> None:
        """Open the names of the case list, some thousands a job: edits go in between."""
        if more and office is self._office:
            again = partial(self._read_names, office)
            from intake_app.workflows.find_people import load_roster_part

            self.jobs.run(partial(load_roster_part, office), again, self._not_ready)

    def _door_closed(self) -> None:
        door, self.door = self.door, None
        if door is not None:
            door.deleteLater()
            if door.office is None:
                self._app.quit()

    def _build(self) -> None:
        if self._office is None:
            return
        from intake_app.ui.main_window import MainWindow
        from intake_app.ui.pages import PAGES

        old, window = (
            self.window,
            MainWindow(
                self.jobs,
                self._office,
                PAGES,
                self._theme,
                self._settings.lock_after,
                clock=clock,
                notices=self._settings.notices,
            ),
        )
        window.locked.connect(self._locked)
        window.covered.connect(self._clipboard.take_away)
        window.woken.connect(self.ask)
        window.looks_wanted.connect(self._looks)
        window.notices_wanted.connect(self._want_notices)
        window.closed.connect(self._closed)
        window.renewed.connect(self._renew)
        self.window = window
        if old is not None:
            window.restoreGeometry(old.saveGeometry())
            old.hide()
            old.deleteLater()
        elif not window.restoreGeometry(self._settings.place):
            window.resize(1280, 820)
        window.show()
        key, what = self._take_back(window, self._office)
        window.go(key or _first(window), what)

    def _take_back(self, window: MainWindow, office: Office) -> tuple[str, object]:
        """Words this member could not save before the lock; where to go first."""
        place = self._place
        for kept in [one for one in self._sealed if one.are_of(office)]:
            self._sealed.remove(kept)
            try:
                place = window.take_back(open_words(office, kept), place)
            except AppError as error:
                window.say_notice(error.sentence)
        window.waiting_elsewhere = _waiting_words(self._sealed)
        return place

    def _renew(self, replaceable: bool) -> None:
        """Another look. Making the window anew is ten times as fast as dressing the old one."""
        old = self.window
        if old is None:
            return
        if not replaceable:
            dress(self._app, self._theme)
            old.themed(self._theme)
            return
        self._place, self._settings.place = old.place, old.saveGeometry()
        self.window = None
        old.destroyed.connect(self._rebuild, Qt.ConnectionType.QueuedConnection)
        old.hide()
        old.deleteLater()

    def _rebuild(self) -> None:
        dress(self._app, self._theme)
        self._build()

    def _looks(self, theme: Theme) -> None:
        self._theme = self._settings.theme = theme
        if self.window is not None:
            self.window.renew()

    def _want_notices(self, wanted: bool) -> None:
        self._settings.notices = self.notices.outside_wanted = wanted

    def _notice(self, sentence: str) -> None:
        if self.window is not None and self._office is not None:
            self.window.say_notice(sentence)

    def _tell_until_read(self, sentence: str) -> None:
        if self.window is not None and self._office is not None:
            self._office.notices = (*self._office.notices, sentence)
            self.window.found.tell()

    def _come_forward(self) -> None:
        """Somebody clicked a notice: bring the window up, or the door where it is locked."""
        front = self.door if self._office is None else self.window
        if front is None:
            self.ask()
            return
        front.show()
        front.raise_()
        front.activateWindow()

    def _lock(self) -> None:
        """The screen was locked, or the computer goes to sleep."""
        if self.window is not None and self._office is not None:
            self.window.lock()

    def _locked(self, blanked: bool) -> None:
        office, self._office = self._office, None
        self.notices.locked()
        self.backups.locked()
        if office is not None:
            if self.window is not None and self.window.put_aside:
                self._sealed.append(seal_words(office, self.window.put_aside))
                self.window.put_aside = {}
            if self.window is not None and self.window.half_typed:
                self._half_typed[office.folder, office.member.id] = self.window.half_typed
            self.jobs.run(office.close, self._settle, self._not_ready)
        if self.window is not None:
            self._place = self.window.place
            if not blanked:
                self.window.hide()
        if not blanked:
            self.ask()

    def _closed(self) -> None:
        office, self._office = self._office, None
        self.notices.locked()
        self.backups.locked()
        self._tray.take_away()
        if self.window is not None:
            self._settings.place = self.window.saveGeometry()
        if office is not None:
            self.jobs.run(office.close, self._nothing, self._not_ready)
        QTimer.singleShot(0, self._app, self._app.quit)

    def _settle(self, _result: object) -> None:
        """Nobody types in a window now."""
        garbage = self._app.findChild(GarbageTimer)
        if garbage is not None:
            garbage.settle()

    def _nothing(self, _result: object) -> None:
        """Nobody waits for that."""

    def _not_ready(self, error: AppError) -> None:
        if self.window is not None:
            self.window.say_fault(error.sentence)


def where_it_broke(error: BaseException, trace: TracebackType | None) -> str:
    """The kinds of error and the lines of our code they went through; never a value."""
    frames = traceback.extract_tb(trace)
    lines = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames]
    kinds = [type(error).__name__]
    while (cause := error.__cause__ or error.__context__) is not None and len(kinds) < 8:
        kinds.append(type(cause).__name__)
        error = cause
    return f"{' < '.join(kinds)} at {' > '.join(lines)}"


def _load_pages() -> None:
    importlib.import_module("intake_app.ui.pages")


def _warm_clocks() -> None:
    # The first clock should not have to wait for the table of holidays.
    federal_days(clock().year)


def _waiting_words(sealed: Sequence[SealedWords]) -> str:
    if not sealed:
        return ""
    names = ", ".join(sorted({kept.member.name for kept in sealed}))
    return (
        f"Not saved yet: words of {names}. They wait, sealed, until that member opens the office "
        "again. Closing the program loses them."
    )


def _first(window: MainWindow) -> str:
    return next((key for key, button in window.rail.buttons.items() if button.isEnabled()), "")
