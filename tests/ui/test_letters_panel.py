"""The section Letters of a case: its letters, and what became of those sent."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from intake_app.core.casefile import SECTIONS, Panel, Section, sections_for
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import SentBy
from intake_app.store.office import Office
from intake_app.ui.desk_lists import NameButton
from intake_app.ui.letters_panel import LettersPanel
from intake_app.ui.show_letter import ShowLetter
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.record_letter import record_sending
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.store.test_letters import approved
from tests.ui.conftest import Desk
from tests.ui.test_letters_page import WEEK_LATER

LETTERS = Section("Letters", (), Panel.LETTERS)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_writes_letters_has_the_section(role: Role) -> None:
    assert LETTERS in SECTIONS
    assert (LETTERS in sections_for(role)) is may(role, Act.COMPOSE_LETTERS)


class Panels:
    """A case with a letter sent and a draft, and the panel over it."""

    def __init__(self, desk: Desk, office: Office) -> None:
        self.desk, self.office = desk, office
        self.case = desk.done(partial(start_intake, office, NOW)).case_id
        self.panel = LettersPanel(desk.jobs, lambda: WEEK_LATER)
        desk.qtbot.addWidget(self.panel)
        self.panel.show()

    def show(self) -> list[str]:
        case = self.desk.done(partial(open_case, self.office, self.case))
        self.panel.show_case(self.office, case, other=True)
        self.desk.settled()
        found = self.panel.rows.findChildren(NameButton)
        return [one.accessibleName() for one in found if one.isVisibleTo(self.panel)]

    def button(self, words: str) -> QPushButton:
        (found,) = (
            one
            for one in self.panel.findChildren(QPushButton)
            if one.accessibleName().startswith(words) and one.isVisibleTo(self.panel)
        )
        return found


@pytest.fixture
def panels(desk: Desk) -> Iterator[Panels]:
    office = desk.open(Role.ATTORNEY)
    yield Panels(desk, office)
    desk.close(office)


def test_letters_of_the_case_open_are_recorded_and_counted(panels: Panels) -> None:
    desk, office, panel = panels.desk, panels.office, panels.panel
    assert panels.show() == []
    assert panel.note().words == ""
    with desk.qtbot.waitSignal(panel.wanted) as wanted:
        panel.new.click()
    assert wanted.args == ["letter", panels.case]
    kept = desk.done(partial(approved, office, panels.case))
    desk.done(partial(record_sending, office, kept.id, date(2026, 11, 22), SentBy.FAX, NOW))
    desk.done(partial(keep_letter, office, panels.case, "decline", LetterOptions(), NOW))
    names = panels.show()
    assert len(names) == 2
    assert panel.note().spoken == "2 kept, 1 without an answer"
    with desk.qtbot.waitSignal(panel.wanted) as wanted:
        (draft,) = (
            one
            for one in panel.rows.findChildren(NameButton)
            if "Request to decline" in one.accessibleName() and one.isVisibleTo(panel)
        )
        draft.click()
    number = desk.done(partial(letters_of, office, panels.case))[0].id
    assert wanted.args == ["letter", ShowLetter(number, panels.case)]
    panels.button("Record answer").click()
    desk.settled()
    panel.acts.form.answer.setCurrentIndex(panel.acts.form.answer.findText("Refused"))
    panel.acts.form.save.click()
    desk.settled()
    assert panel.note().words == "2"
    panels.button("Correct answer").click()
    desk.settled()
    QTest.keyClicks(panel.acts.form.note, "She said")
    panels.button("Discard: Request").click()
    assert "half typed" in panel.acts.message.words.text()
    assert panel.acts.form.note.text() == "She said"
    panel.acts.form.cancel.click()
    panels.button("Discard: Request").click()
    panel.acts.message.button.click()
    desk.settled()
    assert len(panels.show()) == 1
    panel.forget()
    assert not panel.note().words
