"""Pages given as kinds are made when they are wanted, or one at a time while nobody waits."""

from pytestqt.qtbot import QtBot

from intake_app.core.roles import Role
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Page
from intake_app.ui.page_stack import PageStack
from intake_app.ui.pages import PAGES
from intake_app.ui.theme import Theme
from tests.conftest import NOW
from tests.ui.conftest import Desk


def test_the_page_in_front_is_made_first_and_the_others_one_at_a_time(
    desk: Desk, qtbot: QtBot
) -> None:
    office = desk.open(Role.COORDINATOR)
    window = MainWindow(desk.jobs, office, PAGES, Theme(), 10, clock=lambda: NOW)
    stack = window.findChild(PageStack)
    assert isinstance(stack, PageStack)
    made: list[Page] = []
    stack.made.connect(made.append)
    window.show()
    assert not made
    window.go("reports")
    assert [page.key for page in made] == ["reports"]
    qtbot.waitUntil(lambda: len(made) > 1)
    assert len(made) == 2
    may = {kind.key for kind in PAGES if stack.may_open(kind.key)}
    qtbot.waitUntil(lambda: {page.key for page in made} == may)
    assert "case" not in may
    window.timer.stop()
    stack.forget()
    desk.close(office)
