"""Every page, button and key of the window as every role; a coordinator meets no name anywhere.

What a volunteer meets on the pages that are open to her is in `test_masking.py`.
"""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from intake_app.core.roles import MAY, Act, Role
from intake_app.store.office import Office
from intake_app.ui.case_page import NEW
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.pages import PAGES
from intake_app.ui.rail import ORDER
from intake_app.ui.theme import Theme
from tests.conftest import NOW
from tests.offices import new_office, staff
from tests.ui import invented
from tests.ui.conftest import Desk
from tests.ui.said import said_by
from tests.ui.screens import WindowScreen, no_questions

EVERYBODY = {"office", "survey"}
READERS = EVERYBODY | {"desk", "cases", "case", "authorities"}
WRITERS = READERS | {"letters", "letter", "batch"}
OPEN: dict[Role, set[str]] = {
    Role.VOLUNTEER: READERS,
    Role.PARALEGAL: WRITERS,
    Role.ATTORNEY: WRITERS,
    Role.COORDINATOR: EVERYBODY | {"reports"},
    Role.ADMINISTRATOR: WRITERS | {"reports"},
}
"""Which pages are open to whom."""

WHAT: dict[str, tuple[object, ...]] = {"case": (NEW, 1), "letter": (1,), "authorities": ("F01",)}
"""What a page may be asked to show besides itself."""

NAMES = ("Baptiste", "119034", *(name for who in invented.OTHERS for name in who[1:4:2]))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("roles") / "office"
    with new_office(folder).office as office:
        staff(office)
        invented.fill(office, NOW)
    return folder


Opened = Callable[[Role], WindowScreen]


@pytest.fixture
def opened(filled: Path, desk: Desk, clock: Clock, qtbot: QtBot) -> Iterator[Opened]:
    here = Desk(filled, desk.jobs, qtbot)
    offices: list[Office] = []

    def open_for(role: Role) -> WindowScreen:
        office = here.open(role)
        offices.append(office)
        pages = [kind(desk.jobs, clock) for kind in PAGES]
        window = MainWindow(desk.jobs, office, pages, Theme(), 10)
        qtbot.addWidget(window, before_close_func=no_questions)
        screen = WindowScreen(window, qtbot).show()
        window.go("office")
        here.settled()
        return screen

    yield open_for
    for office in offices:
        here.close(office)


def _history(desk: Desk, office: Office) -> int:
    def newest() -> int:
        with office.reading() as connection:
            return int(
                connection.exec_driver_sql("SELECT coalesce(max(seq), 0) FROM history").scalar_one()
            )

    return desk.done(newest)


def test_every_page_is_listed() -> None:
    assert OPEN[Role.ADMINISTRATOR] == {page.key for page in PAGES}
    for page in PAGES:
        for role in Role:
            allowed = page.needs is None or page.needs in MAY[role]
            assert (page.key in OPEN[role]) is allowed, (page.key, role)


class Windows(QObject):
    """Watches for windows besides the program's one: they flash up and take the keyboard."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every widget that comes up as a window."""
        if event.type() != QEvent.Type.Show or not isinstance(watched, QWidget):
            return False
        if watched.isWindow() and not isinstance(watched, MainWindow):
            self.seen.append(type(watched).__name__)
        return False


@pytest.fixture
def windows(qapp: QApplication) -> Iterator[Windows]:
    watcher = Windows()
    qapp.installEventFilter(watcher)
    yield watcher
    qapp.removeEventFilter(watcher)


@pytest.mark.parametrize("role", Role)
def test_rail_keys_and_pages_follow_the_role(
    opened: Opened, desk: Desk, windows: Windows, role: Role
) -> None:
    screen = opened(role)
    window = screen.window
    shut = {page.key for page in PAGES} - OPEN[role]
    for key, button in window.rail.buttons.items():
        assert button.isEnabled() is (key not in shut)
    before = _history(desk, window.office)
    for key in sorted(shut):
        for what in (None, *WHAT.get(key, ())):
            window.go(key, what)
            desk.settled()
            assert window.place[0] == "office", (key, what)
        # Pages ask each other by this signal, whoever put it there.
        window.page("office").wanted.emit(key, 1)
        desk.settled()
        assert window.place[0] == "office"
    for place, key in enumerate(ORDER, start=1):
        window.go("office")
        desk.settled()
        screen.keys(Qt.Key(Qt.Key.Key_0.value + place), Qt.KeyboardModifier.AltModifier)
        desk.settled()
        assert window.place[0] == (key if key in OPEN[role] else "office")
    assert windows.seen == []
    window.go("office")
    desk.settled()
    if Act.WRITE_CASES not in MAY[role]:
        screen.keys(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        desk.settled()
        assert window.place[0] == "office"
        assert window.new.isHidden()
        assert _history(desk, window.office) == before, "a page that is shut wrote something"
    screen.keys(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    desk.settled()
    assert window.finder.isVisible() is (Act.READ_CASES in MAY[role])


def test_a_coordinator_meets_no_name_on_any_page(opened: Opened, desk: Desk) -> None:
    window = opened(Role.COORDINATOR).window
    for key in sorted(OPEN[Role.ADMINISTRATOR]):
        for what in (None, *WHAT.get(key, ())):
            window.go(key, what)
            desk.settled()
            _press_what_looks(window, desk)
            words = " ".join(said_by(window))
            for name in NAMES:
                assert name.casefold() not in words.casefold(), key
    assert not window.office.roster.loaded


def test_the_same_look_finds_the_names_where_they_are(opened: Opened, desk: Desk) -> None:
    window = opened(Role.PARALEGAL).window
    desk.done(partial(_load, window.office))
    window.go("cases")
    desk.settled()
    words = " ".join(said_by(window)).casefold()
    assert sum(name.casefold() in words for name in NAMES) >= 2


def _load(office: Office) -> None:
    from intake_app.workflows.find_people import load_roster

    load_roster(office)


def _press_what_looks(window: MainWindow, desk: Desk) -> None:
    """Every button of a list of sections: it only shows what stands there already."""
    for button in window.findChildren(QPushButton):
        if button.property("is") == "section" and button.isVisible() and button.isEnabled():
            button.click()
            desk.settled()
