"""The office's own letters on the office page, with the check of what is typed."""

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.own_kind_editor import PAUSE
from intake_app.ui.own_kinds_card import OwnKindsCard
from intake_app.workflows.own_kinds import own_kinds_of
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import nameless


@pytest.fixture
def attorney(desk: Desk) -> Iterator[Office]:
    opened = desk.open(Role.ATTORNEY)
    yield opened
    desk.close(opened)


def shown(desk: Desk, office: Office) -> OwnKindsCard:
    card = OwnKindsCard(desk.jobs, lambda: NOW)
    desk.qtbot.addWidget(card)
    card.resize(1000, 900)
    card.show_for(office)
    card.show()
    desk.settled()
    return card


def test_a_letter_is_begun_checked_saved_removed_and_put_back(desk: Desk, attorney: Office) -> None:
    card = shown(desk, attorney)
    editor = card.editor
    card.start.setCurrentIndex(card.start.findData("decline"))
    card.begin.click()
    desk.settled()
    desk.qtbot.wait(2 * PAUSE)
    desk.settled()
    assert editor.check.words.text() == "This text would compose."
    assert nameless(card) == []
    whole = editor.text.toPlainText()
    editor.text.setPlainText(f"{whole}\n{{{{ person.a_number }}}}")
    desk.qtbot.wait(2 * PAUSE)
    desk.settled()
    assert "asks for “person.a_number”" in editor.check.words.text()
    # Saving it is refused, and nothing typed is lost.
    editor.save.click()
    desk.settled()
    assert "person.a_number" in editor.text.toPlainText()
    assert desk.done(partial(own_kinds_of, attorney)) == ()
    editor.text.setPlainText(whole)
    editor.title_line.setText("Our request")
    editor.save.click()
    desk.settled()
    assert "Our request" in [one.text() for one in card.findChildren(QLabel)]
    assert card.start.findText("Our request") >= 0
    desk.press(card, "Change Our request")
    assert editor.key.isReadOnly()
    QTest.keyClicks(editor.text, "Half a page. ")
    desk.press(card, "Change Our request")
    assert "half typed" in card.message.words.text()
    assert editor.text.toPlainText().startswith("Half a page. ")
    editor.cancel.click()
    desk.press(card, "Remove Our request")
    assert desk.done(partial(own_kinds_of, attorney)) == ()
    card.message.button.click()
    desk.settled()
    (own,) = desk.done(partial(own_kinds_of, attorney))
    assert (own.title, own.text) == ("Our request", whole)


def test_a_name_of_the_list_is_put_where_the_cursor_is(desk: Desk, attorney: Office) -> None:
    card = shown(desk, attorney)
    card.begin.click()
    desk.settled()
    editor = card.editor
    editor.text.setPlainText("")
    for wanted in ("{{ person.name }}", "{% if say."):
        found = editor.names.findItems(wanted, Qt.MatchFlag.MatchStartsWith)
        editor.names.itemActivated.emit(found[0])
    written = editor.text.toPlainText()
    assert written.startswith("{{ person.name }}{% if say.")
    assert written.endswith("{% endif %}\n")


def test_a_paralegal_reads_the_list_and_writes_none(desk: Desk, office: Office) -> None:
    card = shown(desk, office)
    assert not card.begin.isVisibleTo(card)
    names = [one.accessibleName() for one in card.findChildren(QPushButton)]
    assert not any(name.startswith(("Change", "Remove")) for name in names)
