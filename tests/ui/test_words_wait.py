"""Words that wait for a Save button stand there as they were, whatever is looked at meanwhile."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from intake_app.core.directory import DirectoryEntry
from intake_app.core.letters.own_kinds import OwnKind
from intake_app.core.roles import Role
from intake_app.core.vocabulary import AddresseeKind
from intake_app.store.office import Office
from intake_app.ui.authorities_page import AuthoritiesPage
from intake_app.ui.half_typed import half_typed
from intake_app.ui.main_window import MainWindow
from intake_app.ui.office_page import OfficePage
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_again import PassphraseAgain
from intake_app.ui.passphrase_field import PassphraseField
from intake_app.ui.theme import Theme
from intake_app.workflows.addressees import keep_addressee
from intake_app.workflows.own_kinds import copy_of, keep_own_kind
from intake_app.workflows.set_letterhead import own_block, set_letterhead, set_own_block
from intake_app.workflows.set_poverty_guideline import TypedGuideline, set_poverty_guideline
from tests.conftest import NOW, PASSPHRASE
from tests.ui.conftest import Desk
from tests.ui.screens import no_questions

SECRET = "Quintanilla"
JAIL = DirectoryEntry(AddresseeKind.JAIL, agency="Example County Jail", county="Old", state="FL")


@dataclass
class Window:
    """The window of one member, with the office page and another one."""

    desk: Desk
    office: Office
    window: MainWindow
    page: OfficePage

    def section(self, title: str) -> None:
        """As she gets there: with the list at the left where the page is in front."""
        if self.page.isVisible():
            self.page.buttons[title].click()
        else:
            self.window.go("office", title)
        self.desk.settled()

    def away_to(self, away: str) -> None:
        """Another page or another section of the office page comes to the front."""
        if away == "page":
            self.window.go("authorities")
            self.desk.settled()
        else:
            self.section("Limits")

    def look_away(self, away: str, section: str, meanwhile: Callable[[], object] = bool) -> None:
        """Something else is in the front, something is done there, and back."""
        self.away_to(away)
        self.desk.done(meanwhile)
        self.section(section)


Opened = Callable[[Role], Window]


@pytest.fixture
def opened(desk: Desk, clock: Clock, qtbot: QtBot) -> Iterator[Opened]:
    """Opens the window; closes its office afterwards."""
    offices: list[Office] = []

    def open_for(role: Role) -> Window:
        offices.append(desk.open(role))
        page = OfficePage(desk.jobs, clock)
        pages = [page, AuthoritiesPage(desk.jobs, clock)]
        window = MainWindow(desk.jobs, offices[-1], pages, Theme(), 10)
        qtbot.addWidget(window, before_close_func=no_questions)
        window.resize(1280, 900)
        window.show()
        window.go("office")
        desk.settled()
        return Window(desk, offices[-1], window, page)

    yield open_for
    for office in offices:
        desk.close(office)


@dataclass(frozen=True)
class Form:
    """A form with a Save of its own: who sees it, where, and how it is opened."""

    role: Role
    section: str
    opened: Callable[[OfficePage], QWidget]


def _pressed(button: QPushButton, form: QWidget) -> QWidget:
    button.click()
    return form


FORMS = {
    "addressee": Form(
        Role.PARALEGAL, "Letters", lambda page: _pressed(page.directory.add, page.directory.form)
    ),
    "letterhead and signature": Form(Role.ATTORNEY, "Letters", lambda page: page.letterhead),
    "own letter": Form(
        Role.ATTORNEY, "Letters", lambda page: _pressed(page.own_kinds.begin, page.own_kinds.editor)
    ),
    "guideline": Form(
        Role.ATTORNEY,
        "Guidelines and days",
        lambda page: _pressed(page.poverty.enter, page.poverty.form),
    ),
    "holiday": Form(
        Role.ATTORNEY,
        "Guidelines and days",
        lambda page: _pressed(page.holidays.add, page.holidays.form),
    ),
    "member": Form(
        Role.ADMINISTRATOR, "Members", lambda page: _pressed(page.members.add, page.members.form)
    ),
    "rule": Form(Role.ADMINISTRATOR, "Old records", lambda page: page.retention.form),
}


def fields_in(form: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """Where words are typed that are no passphrase."""
    lines = form.findChildren(QLineEdit)
    found = [one for one in lines if one.echoMode() is QLineEdit.EchoMode.Normal]
    return [*found, *form.findChildren(QPlainTextEdit)]


def words_in(form: QWidget) -> list[str]:
    fields = fields_in(form)
    typed = [one.text() if isinstance(one, QLineEdit) else one.toPlainText() for one in fields]
    return [*typed, *(box.currentText() for box in form.findChildren(QComboBox))]


def fill(form: QWidget) -> None:
    """Type into every field and choose the last of every list."""
    for box in form.findChildren(QComboBox):
        box.setCurrentIndex(box.count() - 1)
    for field in fields_in(form):
        assert field.isVisible()
        QTest.keyClicks(field, SECRET)


@pytest.mark.parametrize("away", ["page", "section"])
@pytest.mark.parametrize("name", FORMS)
def test_a_form_stands_there_as_it_was(opened: Opened, name: str, away: str) -> None:
    asked = FORMS[name]
    at = opened(asked.role)
    at.section(asked.section)
    form = asked.opened(at.page)
    at.desk.settled()
    fill(form)
    words, told = words_in(form), half_typed([at.page])
    assert sum(SECRET in one for one in words) == len(fields_in(form))
    at.look_away(away, asked.section)
    assert form.isVisible()
    assert words_in(form) == words
    assert half_typed([at.page]) == told
    # What waits unseen is asked about as well.
    at.away_to(away)
    assert half_typed([at.page]) == told


def test_no_field_of_the_page_was_left_out(opened: Opened) -> None:
    """Whatever can be typed into is in one of these forms, is looked for, or is forgotten."""
    at = opened(Role.ADMINISTRATOR)
    for title in at.page.buttons:
        at.section(title)
    forms = [form.opened(at.page) for form in FORMS.values()]
    at.desk.settled()
    others = [
        field
        for field in fields_in(at.page)
        if not any(form.isAncestorOf(field) for form in forms)
        and not (isinstance(field, QLineEdit) and field.isClearButtonEnabled())
        and not field.isReadOnly()
    ]
    assert others == [at.page.directory.first]


@pytest.mark.parametrize("away", ["page", "section"])
def test_no_passphrase_is_there_after_coming_back(opened: Opened, away: str) -> None:
    at = opened(Role.ADMINISTRATOR)
    seen = 0
    for title in at.page.buttons:
        at.section(title)
        fields = [one for one in at.page.findChildren(PassphraseField) if one.isVisible()]
        if title == "Members":
            fill(FORMS["member"].opened(at.page))
            fields = [at.page.members.passphrase, at.page.members.again]
        for one in fields:
            QTest.keyClicks(one.edit, PASSPHRASE)
            one.look.click()
            seen += 1
        at.look_away(away, title)
        for one in fields:
            assert one.text() == ""
            assert one.edit.echoMode() is QLineEdit.EchoMode.Password
    assert seen == 5


@pytest.mark.parametrize("away", ["page", "section"])
def test_a_proof_and_a_question_for_it_are_forgotten_the_member_is_not(
    opened: Opened, away: str
) -> None:
    at = opened(Role.ADMINISTRATOR)
    at.section("Members")
    card = at.page.members
    card.add.click()
    QTest.keyClicks(card.name, SECRET)
    QTest.keyClicks(card.login, "vera2")
    for field in (card.passphrase, card.again):
        QTest.keyClicks(field.edit, "too short")
    card.save.click()
    QTest.keyClicks(card.prove.field.edit, PASSPHRASE)
    card.prove.go.click()
    at.desk.settled()
    # Refused for the passphrase; the proof is good for a while, and asked for no more.
    card.save.click()
    assert card.prove.isVisible()
    assert not card.prove.field.isVisible()
    at.look_away(away, "Members")
    assert not card.prove.isVisible()
    assert card.form.isEnabled()
    assert card.name.text() == SECRET
    card.save.click()
    assert card.prove.field.isVisible()


@pytest.mark.parametrize(
    ("section", "line"),
    [
        ("Old records", lambda page: page.retention.again),
        ("Take everything along", lambda page: page.export.again),
        ("Members", lambda page: page.recovery.again),
    ],
)
def test_a_question_for_a_passphrase_is_gone(
    opened: Opened, section: str, line: Callable[[OfficePage], PassphraseAgain]
) -> None:
    at = opened(Role.ADMINISTRATOR)
    at.section(section)
    again = line(at.page)
    again.ask(at.office, "Why", lambda _proof: None)
    QTest.keyClicks(again.field.edit, PASSPHRASE)
    at.look_away("page", section)
    assert not again.isVisible()
    assert again.field.text() == ""


# What was saved meanwhile is shown where nobody types.


def test_the_letterhead_is_read_anew_around_what_is_typed(opened: Opened) -> None:
    at = opened(Role.ATTORNEY)
    at.section("Letters")
    card = at.page.letterhead
    QTest.keyClicks(card.name, SECRET)
    QTest.keyClicks(card.below, SECRET)
    typed = (card.name.text(), card.below.toPlainText())

    def saved() -> None:
        set_letterhead(at.office, "Newer Name", "2 New Street", NOW)
        set_own_block(at.office, "Newer Title", "Bar No. 2", NOW)

    at.look_away("page", "Letters", saved)
    assert (card.name.text(), card.below.toPlainText()) == typed
    assert (card.lines.toPlainText(), card.title_line.text()) == ("2 New Street", "Newer Title")
    card.sign.click()
    at.desk.settled()
    block = at.desk.done(partial(own_block, at.office))
    assert (block.title, *block.lines) == ("Newer Title", typed[1])
    # What is saved is nobody's typing any more.
    at.look_away("page", "Letters", partial(set_own_block, at.office, "Last", "Bar No. 3", NOW))
    assert card.below.toPlainText() == "Bar No. 3"
    assert card.name.text() == typed[0]


def test_the_picture_beside_the_letterhead_shows_what_is_typed(opened: Opened) -> None:
    at = opened(Role.ATTORNEY)
    at.section("Letters")
    card = at.page.letterhead
    before = card.preview.pixmap().toImage()
    QTest.keyClicks(card.name, SECRET)
    at.look_away("page", "Letters")
    assert card.preview.pixmap().toImage() != before


def test_an_addressee_is_read_anew_around_what_is_typed(opened: Opened) -> None:
    at = opened(Role.PARALEGAL)
    kept = at.desk.done(partial(keep_addressee, at.office, JAIL, NOW))
    at.section("Letters")
    at.desk.press(at.page, f"Change {JAIL.words}")
    form = at.page.directory.form
    form.agency.end(False)
    QTest.keyClicks(form.agency, SECRET)
    form.kind.setCurrentIndex(form.kind.count() - 1)
    newer = replace(kept, kind=AddresseeKind.JAIL, county="New", state="GA", lines=("1 Road",))
    at.look_away("page", "Letters", partial(keep_addressee, at.office, newer, NOW))
    entry = form.entry()
    assert entry.agency == JAIL.agency + SECRET
    assert (entry.county, entry.state, entry.lines) == ("New", "GA", ("1 Road",))
    assert form.kind.currentIndex() == form.kind.count() - 1
    assert entry.id == kept.id


def test_an_own_letter_is_read_anew_around_what_is_typed(opened: Opened) -> None:
    at = opened(Role.ATTORNEY)

    def begun() -> OwnKind:
        own = replace(copy_of(at.office, "decline"), key="ours", title="Ours")
        return keep_own_kind(at.office, own, NOW, new=True)

    own = at.desk.done(begun)
    at.section("Letters")
    at.desk.press(at.page, "Change Ours")
    editor = at.page.own_kinds.editor
    QTest.keyClicks(editor.text, SECRET)
    newer = replace(own, title="Ours, newer", text=own.text + "\n\nMore.")
    at.look_away("page", "Letters", partial(keep_own_kind, at.office, newer, NOW))
    assert editor.title_line.text() == "Ours, newer"
    assert editor.text.toPlainText() == SECRET + own.text
    assert not at.page.own_kinds.begin.isVisible()


def guideline(office: Office, each_more: str) -> tuple[str, ...]:
    """Invented figures."""
    day, first = date(2026, 1, 15), Decimal(16_000)
    typed = TypedGuideline(day, "48", first, Decimal(each_more), "INVENTED, vol. 0 p. 0")
    return set_poverty_guideline(office, typed, NOW, sure=True)


def test_a_guideline_is_read_anew_and_no_doubt_is_passed_over(opened: Opened) -> None:
    at = opened(Role.ATTORNEY)
    at.desk.done(partial(guideline, at.office, "5600"))
    at.section("Guidelines and days")
    card = at.page.poverty
    at.desk.press(
        at.page, "Correct the guideline of 15 Jan 2026 for the 48 contiguous states and D.C."
    )
    card.first_person.selectAll()
    QTest.keyClicks(card.first_person, "1")
    card.save.click()
    at.desk.settled()
    assert card.save.text() == "Save all the same"
    newer = partial(guideline, at.office, "5700")
    at.look_away("section", "Guidelines and days", newer)
    assert (card.first_person.text(), card.each_more.text()) == ("1", "5700")
    # The sentence that doubts it went; nothing is saved all the same without it.
    assert card.save.text() == "Save"
    assert card.effective_on.text() == "2026-01-15"


def test_locking_names_what_waited_unseen_and_nothing_of_it_stays(
    opened: Opened, qtbot: QtBot
) -> None:
    at = opened(Role.PARALEGAL)
    at.section("Letters")
    fill(FORMS["addressee"].opened(at.page))
    at.away_to("page")
    with qtbot.waitSignal(at.window.locked):
        at.window.lock()
    assert "“Agency” (Office)" in at.window.half_typed
    assert SECRET not in at.window.half_typed
    at.desk.settled()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not any(SECRET in words for words in words_in(at.window))
