"""What only a real screen shows: where keys go, and what is on the clipboard.

    DISPLAY=:7 python -m tests.ui.real_screen FOLDER

Run by `test_real_screen.py` under Xvfb with a window manager; keys come from xdotool. Writes one
line of JSON: what was seen in each place.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QToolTip

from intake_app.core.casefile import Custody, Person
from intake_app.start import prepared_application
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.case_page import CasePage
from intake_app.ui.choice_edits import ChoiceAnswer
from intake_app.ui.clipboard import KEPT_FOR, Clipboard
from intake_app.ui.jobs import Jobs
from intake_app.ui.keyboard import form_of
from intake_app.ui.main_window import MainWindow
from intake_app.ui.theme import Theme, dress
from tests.conftest import NOW
from tests.offices import new_office, unlocked

READING = """
import json
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication, QLineEdit
app = QApplication([])
held = [app.clipboard().mimeData(mode) for mode in (QClipboard.Clipboard, QClipboard.Selection)]
print(json.dumps([[one.text(), sorted(one.formats())] for one in held]))
"""


class Screen:
    """One window after another, of one open office."""

    def __init__(self, folder: Path) -> None:
        self.app = prepared_application()
        dress(self.app, Theme())
        self.jobs = Jobs()
        new_office(folder / "office").office.close()
        opened: list[Office] = []
        self.jobs.run(partial(unlocked, folder / "office"), opened.append, print)
        self.until(lambda: opened)
        self.office = opened[0]
        self.clipboard = Clipboard(self.app)
        self.window = self._window()

    def _window(self) -> MainWindow:
        pages = [CasePage(self.jobs, lambda: NOW)]
        window = MainWindow(self.jobs, self.office, pages, Theme(), 10)
        window.covered.connect(self.clipboard.take_away)
        window.show()
        window.activateWindow()
        self.until(window.isActiveWindow)
        window.go("case", "new")
        self.until(lambda: not self.jobs.busy)
        return window

    def until(self, true: Callable[[], object], seconds: float = 10) -> bool:
        """Let events happen until something is so; return whether it came to be."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                return False
            self.app.processEvents()
            time.sleep(0.005)
        return True

    @property
    def page(self) -> CasePage:
        page = self.window.page("case")
        assert isinstance(page, CasePage)
        return page

    def keys(self, *keys: str) -> None:
        """Real keys, to whatever has the keyboard; `key` does not wait for us."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def blank(self, there: Callable[[], object]) -> dict[str, bool]:
        """Press F9 where a place is open, and see what is left; then a new window."""
        seen = {"there": self.until(there)}
        gone: list[bool] = []
        self.window.locked.connect(gone.append)
        self.keys("F9")
        seen["covered"] = self.until(self.window.cover.isVisible)
        seen["locked"] = self.until(lambda: gone == [True])
        shown = [one for one in QApplication.topLevelWidgets() if one.isVisible()]
        seen["alone"] = shown == [self.window] and not QToolTip.isVisible()
        seen["empty"] = self.until(lambda: not self.window.findChildren(CasePage))
        old, self.window = self.window, self._window()
        old.hide()
        old.deleteLater()
        return seen

    def shown_popup(self) -> bool:
        return QApplication.activePopupWidget() is not None

    def copied(self) -> list[tuple[str, list[str]]]:
        """Both clipboards, as another program sees them."""
        with subprocess.Popen(
            [sys.executable, "-c", READING], stdout=subprocess.PIPE, text=True
        ) as other:
            self.until(lambda: other.poll() is not None, 30)
            found: list[tuple[str, list[str]]] = json.loads(other.communicate()[0])
            return found


def places(screen: Screen) -> Iterator[tuple[str, dict[str, bool]]]:
    """Everywhere the keyboard can be."""
    surname = form_of(screen.page, Person).rows["surname"].edit.control
    surname.setFocus()
    yield "a field", screen.blank(surname.hasFocus)
    screen.keys("ctrl+k")
    yield "the find box", screen.blank(screen.window.finder.isVisible)
    combo = next(
        row.edit
        for row in form_of(screen.page, Custody).rows.values()
        if isinstance(row.edit, ChoiceAnswer) and row.field.isVisible()
    )
    combo.combo.showPopup()
    yield "an open list", screen.blank(screen.shown_popup)
    menu = screen.window.findChildren(QMenu)[0]
    QTimer.singleShot(0, menu, lambda: menu.popup(screen.window.pos()))
    yield "a menu", screen.blank(screen.shown_popup)
    yield "a menu of a field", _context_menu(screen)
    yield "a box of files", _file_box(screen)
    QToolTip.showText(screen.window.pos(), "a name in a tip")
    yield "a tip", screen.blank(QToolTip.isVisible)


def _context_menu(screen: Screen) -> dict[str, bool]:
    line = form_of(screen.page, Person).rows["surname"].edit.control
    line.setFocus()
    screen.until(line.hasFocus)
    screen.keys("Menu")
    return screen.blank(screen.shown_popup)


def _file_box(screen: Screen) -> dict[str, bool]:
    """It has an event loop of its own, in which the page that opened it still runs."""
    seen: dict[str, bool] = {}
    answers: list[object] = []
    owner = screen.page
    locked: list[bool] = []
    covered: list[bool] = []
    window = screen.window
    window.locked.connect(locked.append)
    window.covered.connect(lambda: covered.append(True))

    def press() -> None:
        seen["there"] = any(isinstance(one, QDialog) for one in QApplication.topLevelWidgets())
        screen.keys("F9")

    QTimer.singleShot(1_500, owner, press)
    answers.append(Asking().open_files(owner, "Add documents", Path.home(), "All files (*)"))
    # The page must still be there for the code that asked; only then may it go.
    seen["still there"] = owner.isVisible() or bool(owner.objectName() == "")
    seen["covered"] = bool(covered)
    seen["locked"] = screen.until(lambda: locked == [True])
    seen["nothing chosen"] = answers == [[]]
    seen["empty"] = screen.until(lambda: not window.findChildren(CasePage))
    screen.window = screen._window()
    window.hide()
    window.deleteLater()
    return seen


def clipboards(screen: Screen) -> Iterator[tuple[str, object]]:
    """Copied with the keyboard; read by another program."""
    line = form_of(screen.page, Person).rows["surname"].edit.control
    assert isinstance(line, QLineEdit)
    line.setText("Okonkwo-Ruiz")
    line.setFocus()
    with copying(screen, line):
        yield "copied", screen.copied()
        # The minute is shortened only now: other programs take their time to read it.
        assert screen.clipboard._until.isActive()
        assert screen.clipboard._until.interval() == KEPT_FOR * 1000
        screen.clipboard._until.start(1)
        screen.until(lambda: not screen.clipboard._until.isActive())
        yield "after its time", screen.copied()
    with copying(screen, line):
        screen.window.blank()
        yield "blanked", screen.copied()
    selected = QApplication.clipboard().text(mode=QClipboard.Mode.Selection)
    yield "selected", [[selected, []]]


@contextmanager
def copying(screen: Screen, line: QLineEdit) -> Iterator[None]:
    """Everything in the field, by the keys that everybody uses."""
    line.setFocus()
    screen.until(line.hasFocus)
    screen.keys("ctrl+a", "ctrl+c")
    screen.until(lambda: QApplication.clipboard().text() == line.text())
    assert QApplication.clipboard().text(mode=QClipboard.Mode.Selection) == line.text()
    yield


def main(folder: Path) -> None:
    """See everything, and say it."""
    screen = Screen(folder)
    found = {"places": dict(places(screen)), "clipboards": dict(clipboards(screen))}
    sys.stdout.write(json.dumps(found))
    sys.stdout.flush()
    screen.jobs.run(screen.office.close, print, print)
    screen.jobs.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
