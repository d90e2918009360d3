"""The conflict check on the case page: made by itself, and no more shown than a member may see."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from intake_app.core.casefile import Abuser, Intake, Panel, Person, Protection
from intake_app.core.fields import question
from intake_app.core.roles import Role
from intake_app.core.vocabulary import CaseStatus, YesNo
from intake_app.store import known_people
from intake_app.store.office import Office
from intake_app.ui.case_page import NEW, CasePage
from intake_app.ui.conflict_panel import ConflictPanel
from intake_app.ui.page import Clock
from intake_app.ui.section_notes import Note
from intake_app.ui.widgets import Words
from intake_app.workflows.check_conflicts import Decision, Outcome, check_conflicts
from intake_app.workflows.open_case import open_case
from tests.conftest import NOW
from tests.offices import new_office, staff
from tests.ui.conftest import Desk
from tests.ui.screens import CaseScreen
from tests.workflows.test_check_conflicts import case_of, save

PLAIN, SURVIVOR, LIKE_PLAIN, LIKE_SURVIVOR, LIKE_ABUSER = range(1, 6)
SECRETS = ("Ajpacaj", "Menj", "Rosal", "0002", "scar")


@pytest.fixture(scope="module")
def staffed_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """José; Rosalía, a survivor, and her abuser; and one case like each of them; closed."""
    folder = tmp_path_factory.mktemp("conflicts") / "office"
    with new_office(folder).office as office:
        staff(office)
        case_of(office, given="José", surname="Núñez", born="1984-03-05")
        case_of(office, given="Rosalía", surname="Ajpacajá", born="1991-07-14")
        save(office, SURVIVOR, Protection, survivor=YesNo.YES)
        save(office, SURVIVOR, Abuser, name="Óscar Menjívar")
        case_of(office, given="Jose", surname="Nunez", born="1984-03-05")
        case_of(office, given="Roz", surname="Ajpakaja", born="1991-07-14")
        case_of(office, given="Oskar", surname="Menxivar")
    return folder


def open_page(desk: Desk, clock: Clock, office: Office, what: object) -> CaseScreen:
    """The page of a case, with the conflict check in front and done."""
    page = CasePage(desk.jobs, clock)
    desk.qtbot.addWidget(page)
    desk.qtbot.addWidget(page.bar())
    page.resize(1100, 760)
    page.show_for(office, what)
    page.show()
    desk.qtbot.waitExposed(page)
    desk.settled()
    page.open_section("Conflict check")
    desk.settled()
    return CaseScreen(page, desk.qtbot)


def panel_of(screen: CaseScreen) -> ConflictPanel:
    """Its panel."""
    panel = screen.page.forms.panel(Panel.CONFLICTS)
    assert isinstance(panel, ConflictPanel)
    return panel


def note_of(screen: CaseScreen) -> str:
    """What a screen reader says of the section in the list."""
    return screen.page.list.buttons["Conflict check"].accessibleName()


def everything_written(*roots: QWidget) -> str:
    """Every text anybody could get out of some widgets: seen, spoken or under the pointer."""
    found: list[str] = []
    for widget in (one for root in roots for one in (root, *root.findChildren(QWidget))):
        found += [widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()]
        found += [widget.windowTitle(), widget.objectName(), widget.statusTip()]
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            found.append(widget.text())
    return "\n".join(found)


def checked_soon(desk: Desk, panel: ConflictPanel) -> None:
    """Let the half second pass, and the check be made."""
    desk.settled()
    desk.qtbot.waitUntil(lambda: not panel._soon.isActive(), timeout=5_000)
    desk.settled()


@pytest.fixture
def attorney(desk: Desk) -> Iterator[Office]:
    """The office, unlocked by the attorney."""
    office = desk.open(Role.ATTORNEY)
    yield office
    desk.close(office)


@pytest.fixture
def volunteer(desk: Desk) -> Iterator[Office]:
    """The office, unlocked by the volunteer."""
    office = desk.open(Role.VOLUNTEER)
    yield office
    desk.close(office)


def read_so_far(office: Office) -> int:
    """How many people the conflict check has read."""
    return office.known_people.index.people if office.known_people is not None else 0


def rows_kept(office: Office) -> int:
    with office.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM conflict_checks").scalar_one())


def test_a_new_intake_says_what_is_missing_and_checks_by_itself(
    desk: Desk, clock: Clock, office: Office
) -> None:
    screen = open_page(desk, clock, office, NEW)
    panel = panel_of(screen)
    assert panel.pill.text() == "not checked"
    assert "Give the name of the person held" in panel.words.text()
    before = desk.done(partial(rows_kept, office))
    screen.answer(Person, question(Person, "given"), "Pepe")
    screen.answer(Person, question(Person, "surname"), "Nunes")
    screen.answer(Person, question(Person, "born"), "1984-03-06")
    checked_soon(desk, panel)
    assert panel.pill.text() == "possible match"
    found = panel.matches[0]
    assert found.match.case_id in (PLAIN, LIKE_PLAIN)
    assert "born one day apart" in everything_written(found)
    assert note_of(screen) == "Conflict check, possible match"
    # One check for what was typed in one go, however many answers it was.
    assert desk.done(partial(rows_kept, office)) == before + 1
    screen.answer(Person, question(Person, "booking_number"), "26-119034")
    checked_soon(desk, panel)
    assert desk.done(partial(rows_kept, office)) == before + 1


def test_no_match_says_how_many_were_compared(desk: Desk, clock: Clock, office: Office) -> None:
    screen = open_page(desk, clock, office, NEW)
    panel = panel_of(screen)
    screen.answer(Person, question(Person, "given"), "Wei")
    screen.answer(Person, question(Person, "surname"), "Zhuang")
    checked_soon(desk, panel)
    assert panel.pill.text() == "no match"
    assert "Compared with" in panel.words.text()
    assert note_of(screen) == "Conflict check, no match"
    assert not panel.hold.isVisible()


@pytest.mark.parametrize("case_id", [LIKE_SURVIVOR, LIKE_ABUSER])
def test_a_paralegal_reads_ask_an_attorney_and_nothing_else(
    desk: Desk, clock: Clock, office: Office, case_id: int
) -> None:
    screen = open_page(desk, clock, office, case_id)
    panel = panel_of(screen)
    assert panel.pill.text() == "ask an attorney"
    assert panel.matches == []
    assert note_of(screen) == "Conflict check, ask an attorney"
    said = everything_written(panel, screen.page.list)
    assert not [word for word in SECRETS if word in said], said
    assert "likely" not in said
    assert "probably" not in said
    assert not panel._deciding.isVisible()
    screen.page.open_section("History")
    desk.settled()
    told = [change.action for change in screen.page.history.model.rows]
    assert not [action for action in told if "conflict" in action]


def test_two_protected_matches_look_like_one(desk: Desk, clock: Clock, office: Office) -> None:
    one = everything_written(panel_of(open_page(desk, clock, office, LIKE_ABUSER)))
    desk.done(partial(save, office, SURVIVOR, Abuser, name="Oskar Menxivar"))
    two = everything_written(panel_of(open_page(desk, clock, office, LIKE_ABUSER)))
    assert one == two


def test_a_volunteer_reads_that_her_check_is_half_of_one(
    desk: Desk, clock: Clock, volunteer: Office
) -> None:
    screen = open_page(desk, clock, volunteer, NEW)
    panel = panel_of(screen)
    screen.answer(Person, question(Person, "given"), "Wei")
    screen.answer(Person, question(Person, "surname"), "Quishpe")
    checked_soon(desk, panel)
    assert panel.pill.text() == "no match so far"
    assert "when a paralegal or an attorney opens this case" in panel.words.text()
    assert note_of(screen) == "Conflict check, no match so far"


@pytest.mark.parametrize("case_id", [LIKE_PLAIN, LIKE_SURVIVOR])
def test_a_volunteer_never_reads_who_was_found(
    desk: Desk, clock: Clock, volunteer: Office, case_id: int
) -> None:
    panel = panel_of(open_page(desk, clock, volunteer, case_id))
    assert panel.pill.text() == "ask an attorney"
    assert panel.matches == []
    said = everything_written(panel)
    assert not [word for word in (*SECRETS, "Núñez", "José", "0001") if word in said]


def test_an_attorney_sees_who_it_is_and_opens_that_case(
    desk: Desk, clock: Clock, attorney: Office
) -> None:
    screen = open_page(desk, clock, attorney, LIKE_SURVIVOR)
    panel = panel_of(screen)
    (found,) = panel.matches
    said = everything_written(found)
    assert "Ajpacajá, Rosalía" in said
    assert "Client in case 2026-0002" in said
    assert "protected" in said
    with desk.qtbot.waitSignal(screen.page.wanted) as asked:
        QTest.mouseClick(found.open, Qt.MouseButton.LeftButton)
    assert asked.args == ["case", SURVIVOR]


def test_an_attorney_decides_with_a_reason(desk: Desk, clock: Clock, attorney: Office) -> None:
    screen = open_page(desk, clock, attorney, LIKE_PLAIN)
    panel = panel_of(screen)
    waive = panel.decisions[Decision.WAIVED]
    QTest.mouseClick(waive, Qt.MouseButton.LeftButton)
    desk.settled()
    assert "Write the reason" in panel.message.words.text()
    assert panel.pill.text() == "possible match"
    QTest.keyClicks(panel.reason, "both agreed in writing on Nov 20")
    QTest.mouseClick(waive, Qt.MouseButton.LeftButton)
    desk.settled()
    assert panel.pill.text() == "waived"
    assert "both agreed in writing on Nov 20" in panel.decided.text()
    assert panel.reason.text() == ""
    assert not panel.message.isVisible()
    assert note_of(screen) == "Conflict check, conflict waived"


def test_the_reason_of_another_case_does_not_stay_in_the_field(
    desk: Desk, clock: Clock, attorney: Office
) -> None:
    screen = open_page(desk, clock, attorney, LIKE_SURVIVOR)
    panel = panel_of(screen)
    panel.reason.setText("half a sentence")
    screen.page.show_for(attorney, PLAIN)
    desk.settled()
    assert panel.reason.text() == ""
    assert "Ajpacaj" not in everything_written(panel)


def test_a_paralegal_says_that_it_is_somebody_else(
    desk: Desk, clock: Clock, office: Office
) -> None:
    screen = open_page(desk, clock, office, NEW)
    panel = panel_of(screen)
    screen.answer(Person, question(Person, "given"), "Joze")
    screen.answer(Person, question(Person, "surname"), "Nuniez")
    checked_soon(desk, panel)
    assert panel.matches
    assert not any(button.isVisible() for button in panel.decisions.values())
    QTest.keyClicks(panel.reason, "other A-number")
    QTest.mouseClick(panel.clear_match, Qt.MouseButton.LeftButton)
    desk.settled()
    assert panel.pill.text() == "other people"
    assert "other A-number" in panel.decided.text()


def test_the_case_is_put_on_hold_and_read_again(desk: Desk, clock: Clock, office: Office) -> None:
    screen = open_page(desk, clock, office, LIKE_ABUSER)
    panel = panel_of(screen)
    with desk.qtbot.waitSignal(screen.page.wanted) as asked:
        QTest.mouseClick(panel.hold, Qt.MouseButton.LeftButton)
    assert asked.args == ["case", LIKE_ABUSER]
    screen.page.show_for(office, LIKE_ABUSER)
    desk.settled()
    assert screen.page.case is not None
    assert screen.page.case.one(Intake).status is CaseStatus.CONFLICT_HOLD
    assert not panel.hold.isVisible()
    opened = desk.done(partial(open_case, office, LIKE_ABUSER))
    assert opened.one(Intake).status is CaseStatus.CONFLICT_HOLD


def test_what_a_member_saw_is_gone_with_the_case(
    desk: Desk, clock: Clock, attorney: Office
) -> None:
    panel = panel_of(open_page(desk, clock, attorney, LIKE_SURVIVOR))
    panel.forget()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert panel.result is None
    said = [words.text() for words in panel.findChildren(Words)]
    assert not [words for words in said if "Ajpacaj" in words]


def test_an_answer_that_comes_late_is_not_shown_in_another_case(
    desk: Desk, clock: Clock, attorney: Office
) -> None:
    screen = open_page(desk, clock, attorney, PLAIN)
    panel = panel_of(screen)
    late = desk.done(partial(check_conflicts, attorney, LIKE_SURVIVOR, NOW + timedelta(hours=1)))
    assert late.outcome is Outcome.POSSIBLE
    panel._checked(panel._request - 1, late)
    assert "Ajpacaj" not in everything_written(panel)


def test_every_control_has_a_name_and_nothing_is_left_empty(
    desk: Desk, clock: Clock, attorney: Office
) -> None:
    panel = panel_of(open_page(desk, clock, attorney, LIKE_SURVIVOR))
    shown: list[Any] = [
        one
        for kind in (QAbstractButton, QLineEdit)
        for one in panel.findChildren(kind)
        if one.isVisible()
    ]
    assert len(shown) >= 5
    for control in shown:
        text = control.text() if isinstance(control, QAbstractButton) else ""
        assert control.accessibleName() or text
    assert panel.note() == Note("match", panel.note().tone, "possible match")


def test_a_page_that_nobody_sees_does_not_check(desk: Desk, clock: Clock, office: Office) -> None:
    screen = open_page(desk, clock, office, LIKE_PLAIN)
    panel = panel_of(screen)
    before = panel._request
    screen.page.hide()
    panel._check()
    assert panel._request == before
    screen.page.show()
    screen.page.show_for(office, LIKE_PLAIN)
    checked_soon(desk, panel)
    assert panel._request > before


def test_locking_does_not_wait_for_all_the_people(
    desk: Desk, clock: Clock, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_people, "_PART", 1)
    page = CasePage(desk.jobs, clock)
    desk.qtbot.addWidget(page)
    desk.qtbot.addWidget(page.bar())
    page.show()
    page.show_for(office, LIKE_PLAIN)
    screen = CaseScreen(page, desk.qtbot)
    desk.qtbot.waitUntil(lambda: read_so_far(office) > 0, timeout=5_000)
    page.leave()
    desk.settled()
    assert 0 < read_so_far(office) < 5
    page.show_for(office, LIKE_PLAIN)
    checked_soon(desk, panel_of(screen))
    assert read_so_far(office) >= 5
    assert panel_of(screen).result is not None
