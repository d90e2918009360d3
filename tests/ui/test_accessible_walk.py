"""Every page and every section, for each kind of member: names, labels, and the keyboard's way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLayout, QScrollArea, QWidget

from intake_app.core.roles import Role, may
from intake_app.store.office import Office
from intake_app.ui.case_page import HISTORY, CasePage
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.pages import PAGES
from intake_app.ui.section_view import SectionView
from intake_app.ui.theme import Theme
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import DemoFolder, cut_off, demo_folder, nameless, opened
from tests.ui.screens import no_questions


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoFolder:
    return demo_folder(tmp_path_factory.mktemp("walk") / "office", NOW, 15)


@dataclass
class Walk:
    """One member's window."""

    window: MainWindow
    office: Office
    desk: Desk

    def looks(self) -> Iterator[tuple[str, QWidget]]:
        """Every page, and of the case page every section, each brought to the front."""
        role = self.office.member.role
        for page in PAGES:
            if page.needs is not None and not may(role, page.needs):
                continue
            what = 1 if page.key in ("case", "letter") else None
            self.window.go(page.key, what)
            self.desk.settled()
            here = self.window.page(page.key)
            if isinstance(here, CasePage):
                for title in (*(one.title for one in here.forms.sections), HISTORY):
                    here.open_section(title)
                    self.desk.settled()
                    yield f"case, {title}", here
            else:
                yield page.key, here


@pytest.fixture
def walks(made: DemoFolder, desk: Desk, clock: Clock) -> Iterator[Callable[[Role], Walk]]:
    undo: list[Callable[[], object]] = []

    def walk(role: Role) -> Walk:
        context = opened(made, desk, role, NOW)
        office = context.__enter__()
        window = MainWindow(desk.jobs, office, PAGES, Theme(), 10, clock=clock)
        desk.qtbot.addWidget(window, before_close_func=no_questions)
        window.show()
        desk.qtbot.waitExposed(window)
        window.activateWindow()
        desk.qtbot.waitUntil(window.isActiveWindow)

        undo.append(partial(context.__exit__, None, None, None))
        return Walk(window, office, desk)

    yield walk
    for close in undo:
        close()


def _on_the_way(widget: QWidget) -> bool:
    """Whether Tab should stop here; of buttons that exclude each other it stops at one."""
    if isinstance(widget, QAbstractButton) and widget.autoExclusive() and not widget.isChecked():
        return False
    return bool(
        widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    )


def _laid_out(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all that is laid out in it, in the order of the layouts."""
    yield widget
    inside = widget.widget() if isinstance(widget, QScrollArea) else None
    if inside is not None:
        yield from _laid_out(inside)
    if layout := widget.layout():
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        if item is not None and (widget := item.widget()):
            yield from _laid_out(widget)
        elif item is not None and (inner := item.layout()):
            yield from _in_layout(inner)


def _told(widgets: list[QWidget]) -> list[str]:
    return [f"{type(one).__name__} {one.accessibleName()}" for one in widgets]


@pytest.mark.parametrize("role", list(Role))
def test_every_control_of_every_page_has_a_name_and_room(
    role: Role, walks: Callable[[Role], Walk]
) -> None:
    looked = 0
    for name, page in walks(role).looks():
        assert nameless(page) == [], name
        assert cut_off(page) == [], name
        looked += 1
    assert looked >= (2 if role is Role.COORDINATOR else 12)


@pytest.mark.parametrize("role", [Role.ATTORNEY, Role.VOLUNTEER])
def test_tab_reaches_what_it_should_and_comes_round(
    role: Role, walks: Callable[[Role], Walk]
) -> None:
    walk = walks(role)
    for name, page in walk.looks():
        wanted = [widget for widget in page.findChildren(QWidget) if _on_the_way(widget)]
        page.setFocus()
        reached: list[QWidget] = []
        for _ in range(len(wanted) + 60):
            here = walk.window.focusWidget()
            QTest.keyClick(here or walk.window, Qt.Key.Key_Tab)
            here = walk.window.focusWidget()
            assert here is not None, name
            if here in reached:
                break
            reached.append(here)
        missed = [
            f"{type(widget).__name__} {widget.accessibleName()}"
            for widget in wanted
            if widget not in reached
        ]
        assert missed == [], name
        # What was filled in later stands on the way where it stands on the page.
        laid_out = list(_laid_out(page))
        way = [widget for widget in reached if widget in laid_out]
        assert len(way) > 1, name
        first = way.index(min(way, key=laid_out.index))
        assert _told([*way[first:], *way[:first]]) == _told(sorted(way, key=laid_out.index)), name


def test_the_keyboard_goes_through_a_form_from_top_to_bottom(
    walks: Callable[[Role], Walk],
) -> None:
    walk = walks(Role.ATTORNEY)
    for name, page in walk.looks():
        for view in page.findChildren(SectionView):
            if not view.isVisible():
                continue
            for form in view.forms_in_order():
                shown = [row for row in form.rows.values() if row.field.isVisible()]
                if len(shown) < 2 or not shown[0].edit.isEnabled():
                    continue
                shown[0].take_keyboard()
                seen: list[int] = []
                for _ in range(4 * len(shown)):
                    here = walk.window.focusWidget()
                    assert here is not None
                    places = [
                        place for place, row in enumerate(shown) if row.field.isAncestorOf(here)
                    ]
                    if not places:
                        break
                    seen += places
                    QTest.keyClick(here, Qt.Key.Key_Tab)
                assert seen == sorted(seen), name
                stops = {place for place, row in enumerate(shown) if row.edit.isEnabled()}
                assert set(seen) == stops, name
