"""Pictures of every screen, to be looked at: `python -m tests.ui.screenshots OUTDIR`.

Light and dark at 100 % and light at 150 %, over invented people. Give the names of pages after
the folder to draw only those. Pages that exist are those of `intake_app.ui.pages`; what is
drawn of a page beyond its first look stands in `LOOKS`.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from intake_app.core.errors import AppError
from intake_app.core.roles import Role
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.members import add_member
from intake_app.store.office import Office
from intake_app.ui.case_page import HISTORY, CasePage
from intake_app.ui.jobs import Jobs
from intake_app.ui.main_window import MainWindow
from intake_app.ui.pages import PAGES
from intake_app.ui.theme import CONTRAST, DARK, LIGHT, Theme, dress, load_fonts
from intake_app.ui.turns import Turns
from intake_app.workflows.create_office import create_office
from intake_app.workflows.unlock_office import unlock_office
from tests.conftest import NOW, PASSPHRASE, PROFILE
from tests.ui import invented

T = TypeVar("T")

THEMES = {
    "light-100": Theme(LIGHT, 100),
    "dark-100": Theme(DARK, 100),
    "light-150": Theme(LIGHT, 150),
    "dark-150": Theme(DARK, 150),
    "contrast-100": Theme(CONTRAST, 100),
}


class Photographer:
    """Opens the window on one office and takes pictures of it."""

    def __init__(self, app: QApplication, folder: Path, office: Path) -> None:
        self.app, self.folder, self.office_folder = app, folder, office
        self.jobs = Jobs()
        self.jobs.broke.connect(self._broke)
        self.marie = 0

    def done(self, work: Callable[[], T]) -> T:
        """Do something on the office thread and wait."""
        answers: list[T] = []
        errors: list[AppError] = []
        self.jobs.run(work, answers.append, errors.append)
        self.settle()
        if errors:
            raise errors[0]
        return answers[0]

    def settle(self) -> None:
        """Wait until every answer is shown."""
        # A loop of `processEvents` never sleeps and would keep the office thread waiting.
        loop = QEventLoop()
        self.jobs.busy_changed.connect(loop.quit)
        while self.jobs.busy:
            loop.exec()
        self.pause(60)

    def pause(self, milliseconds: int) -> None:
        """Let short timers ring."""
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()
        if self.jobs.busy or Turns.of_the_window().busy:
            self.settle()

    def fill(self) -> None:
        """Make the office."""
        made = self.done(
            partial(
                create_office,
                self.office_folder,
                PROFILE,
                "administrator",
                "A. Ruiz",
                PASSPHRASE,
                NOW,
                OWASP_MINIMUM,
            )
        ).office
        for role in (Role.PARALEGAL, Role.COORDINATOR, Role.ATTORNEY, Role.VOLUNTEER):
            member = partial(add_member, made, role.value, "M. Duarte", role, PASSPHRASE, NOW)
            self.done(member)
        self.marie = self.done(partial(invented.fill, made, NOW))
        self.done(made.close)

    def open(self, role: Role) -> Office:
        """Unlock as a member."""
        return self.done(partial(unlock_office, self.office_folder, role.value, PASSPHRASE, NOW))

    @contextmanager
    def window(self, office: Office, theme: Theme) -> Iterator[MainWindow]:
        """The window of that member, with every page there is; then the office is closed."""
        pages = [kind(self.jobs, _now) for kind in PAGES]
        window = MainWindow(self.jobs, office, pages, theme, 10)
        window.resize(1280 * theme.scale // 100, 820 * theme.scale // 100)
        window.show()
        yield window
        window.timer.stop()
        window.hide()
        window.deleteLater()
        self.done(office.close)

    def take(self, widget: QWidget, name: str) -> None:
        """Take one picture."""
        self.settle()
        file = self.folder / f"{name}.png"
        widget.grab().save(str(file))
        sys.stdout.write(f"{file}\n")

    def _broke(self, error: Exception) -> None:
        raise error


def _now() -> datetime:
    return NOW


def look_at_case(photo: Photographer, window: MainWindow, prefix: str) -> None:
    """A case: a form, a table with its form, an empty table, the history."""
    window.go("case", photo.marie)
    photo.settle()
    page = window.page("case")
    assert isinstance(page, CasePage)
    for title in ("Person", "Safe contact", "Arrest and custody", "Charges", "Protection", HISTORY):
        page.open_section(title)
        photo.take(window, f"{prefix}-case-{title.lower().replace(' ', '-')}")


def look_at_find(photo: Photographer, window: MainWindow, prefix: str) -> None:
    """The find box over the list."""
    window.go("cases")
    photo.settle()
    window.ask_find()
    window.finder.line.setText("n")
    photo.take(window, f"{prefix}-find")
    window.finder.close_box()


def look_at(key: str, photo: Photographer, window: MainWindow, prefix: str) -> None:
    """The first look of any page."""
    window.go(key)
    photo.take(window, f"{prefix}-{key}")


LOOKS: dict[str, Callable[[Photographer, MainWindow, str], None]] = {
    "case": look_at_case,
    "find": look_at_find,
}
"""What to draw of a page; pages without an entry are drawn as they come up."""


def main(arguments: list[str]) -> int:
    """Draw everything into a folder."""
    if not arguments:
        sys.stderr.write("usage: python -m tests.ui.screenshots OUTDIR [PAGE …]\n")
        return 2
    folder, only = Path(arguments[0]), set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    load_fonts()
    with tempfile.TemporaryDirectory() as place:
        photo = Photographer(app, folder, Path(place) / "office")
        photo.fill()
        for name, theme in THEMES.items():
            dress(app, theme)
            office = photo.open(Role.PARALEGAL)
            with photo.window(office, theme) as window:
                for key in (*(kind.key for kind in PAGES), "find"):
                    if not only or key in only:
                        LOOKS.get(key, partial(look_at, key))(photo, window, name)
        photo.jobs.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
