"""Whom lists hide, and that a volunteer can't tell that there is anything to hide."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake_app.core.case import Entry
from intake_app.core.casefile import (
    RECORDS,
    Abuser,
    Charge,
    Consent,
    Household,
    Immigration,
    PrivateNote,
    Protection,
    ToDo,
    questions_for,
)
from intake_app.core.fields import Compartment, Question, questions, title_of
from intake_app.core.roles import Role
from intake_app.core.vocabulary import ToDoKind, YesNo
from intake_app.store.cases import write_answer
from intake_app.store.office import Office
from intake_app.ui.case_page import HISTORY, CasePage
from intake_app.ui.main_window import MainWindow
from intake_app.ui.page import Clock
from intake_app.ui.pages import PAGES
from intake_app.ui.theme import Theme
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, save_answer
from tests.conftest import NOW
from tests.examples import example
from tests.ui import invented
from tests.ui.conftest import Desk
from tests.ui.said import said_by
from tests.ui.screens import no_questions

HERS = re.compile(r"\bmarie\b|jean.?baptiste|baptiste|119034|204.?118.?730", re.IGNORECASE)
MARIE: dict[str, int] = {}
OWN = ("case", "letter")
"""Pages of one person, that show her name because somebody opened it."""


def fill(office: Office) -> int:
    """The invented people; Marie is a survivor, about whom there is something to do."""
    marie = invented.fill(office, NOW)
    save_answer(office, marie, Household, None, "children_unattended", YesNo.YES, NOW)
    for words, kind in (
        ("Call Marie’s sister about booking 26-119034", ToDoKind.CALL),
        ("Letter for JEAN-BAPTISTE", ToDoKind.LETTER),
    ):
        entry = add_entry(office, marie, ToDo, NOW).entry_id
        save_answer(office, marie, ToDo, entry, "what", words, NOW)
        save_answer(office, marie, ToDo, entry, "kind", kind, NOW)
        save_answer(office, marie, ToDo, entry, "due_on", date(2026, 11, 22), NOW)
    return marie


@dataclass(frozen=True)
class Eyes:
    """Somebody who looks at everything the window says."""

    window: MainWindow
    desk: Desk
    marie: int

    def go(self, key: str, what: object = None) -> None:
        self.window.go(key, what)
        self.desk.settled()

    def words(self, *, hidden: bool = True) -> set[str]:
        return said_by(self.window, hidden=hidden, but=(self.window.finder.line,))

    def hers(self, *, hidden: bool = True) -> list[str]:
        return sorted(word for word in self.words(hidden=hidden) if HERS.search(word))

    @property
    def page(self) -> CasePage:
        page = self.window.page("case")
        assert isinstance(page, CasePage)
        return page

    def sections(self) -> Iterator[str]:
        """Open every section of the case shown, and its history."""
        for title in (*(section.title for section in self.page.forms.sections), HISTORY):
            self.page.open_section(title)
            self.desk.settled()
            yield title


Look = Callable[[Role], Eyes]


@pytest.fixture
def look(desk: Desk, clock: Clock, qtbot: QtBot) -> Iterator[Look]:
    """Opens the whole window for a role; the window before is closed."""
    opened: list[tuple[Office, MainWindow]] = []

    def close() -> None:
        desk.settled()
        for office, window in opened:
            no_questions(window)
            desk.close(office)
        opened.clear()

    def look_as(role: Role) -> Eyes:
        close()
        office = desk.open(role)
        if str(desk.folder) not in MARIE:
            MARIE[str(desk.folder)] = desk.done(partial(fill, office))
        pages = [kind(desk.jobs, clock) for kind in PAGES]
        window = MainWindow(desk.jobs, office, pages, Theme(), 10)
        qtbot.addWidget(window, before_close_func=no_questions)
        window.show()
        qtbot.waitExposed(window)
        opened.append((office, window))
        return Eyes(window, desk, MARIE[str(desk.folder)])

    yield look_as
    close()


def test_no_list_names_a_protected_person_until_her_case_is_opened(look: Look) -> None:
    eyes = look(Role.PARALEGAL)
    for kind in PAGES:
        if kind.key not in OWN:
            eyes.go(kind.key)
            assert eyes.hers() == [], kind.key
    desk_words = " ".join(eyes.words())
    assert "Call … sister about booking …" in desk_words
    for typed in ("", "marie", "26-119034", "204118730"):
        eyes.window.ask_find()
        eyes.window.finder.line.setText(typed)
        eyes.desk.settled()
        assert any("Name hidden" in word for word in eyes.words()), typed
        assert eyes.hers() == [], typed
        eyes.window.finder.close_box()
    # Somebody else's case, in every section.
    eyes.go("case", eyes.marie - 1)
    for title in eyes.sections():
        assert eyes.hers() == [], title


def test_an_opened_case_names_her_and_leaving_it_hides_her_again(look: Look) -> None:
    eyes = look(Role.PARALEGAL)
    eyes.go("case", eyes.marie)
    assert "Jean-Baptiste, Marie" in eyes.words(hidden=False)
    assert all(not HERS.search(top.windowTitle()) for top in QApplication.topLevelWidgets())
    for key in ("desk", "cases", "letters"):
        eyes.go(key)
        assert eyes.hers(hidden=False) == [], key


def test_the_title_of_her_letter_is_a_number(look: Look) -> None:
    eyes = look(Role.PARALEGAL)
    eyes.go("letter", eyes.marie)
    bar = eyes.window.page("letter").bar()
    assert bar is not None
    title = said_by(bar)
    assert any("Case 2026-" in word for word in title)
    assert [word for word in title if HERS.search(word)] == []


def test_the_name_comes_back_where_somebody_decides_so(look: Look, desk: Desk) -> None:
    eyes = look(Role.PARALEGAL)
    say = partial(save_answer, eyes.window.office, eyes.marie, Protection, None)
    desk.done(partial(say, "hide_from_lists", YesNo.NO, NOW))
    eyes.go("cases")
    assert eyes.hers() != []
    desk.done(partial(say, "hide_from_lists", None, NOW))
    eyes.go("cases")
    assert eyes.hers(hidden=False) == []


# What a volunteer can tell.


def closed_to_volunteers() -> Iterator[tuple[type, Question]]:
    for record in RECORDS:
        open_to_her = set(questions_for(Role.VOLUNTEER, record))
        yield from ((record, asked) for asked in questions(record) if asked not in open_to_her)


def fill_what_is_closed(office: Office, case_id: int) -> None:
    """An answer to every question no volunteer may see."""
    rows: dict[type, int | None] = {}
    case = open_case(office, case_id)
    for record, asked in closed_to_volunteers():
        if record not in rows:
            kept: tuple[Entry[Any], ...] = case.kept(record)
            rows[record] = kept[0].id if kept else None
            if not kept and title_of(record).many:
                rows[record] = add_entry(office, case_id, record, NOW).entry_id
        value = example(record, asked)
        if asked.vocabulary is YesNo:
            value = YesNo.YES
        # Past the workflow: some of these only an attorney may answer.
        with office.writing() as connection:
            write_answer(office, connection, case_id, record, rows[record], asked.name, value, NOW)


def everything(eyes: Eyes, *, hidden: bool) -> dict[str, set[str]]:
    """What each page and each section of Marie's case says; `hidden`: or could say."""
    found: dict[str, set[str]] = {}
    for kind in PAGES:
        if kind.key not in OWN:
            eyes.go(kind.key)
            found[kind.key] = eyes.words(hidden=hidden)
    eyes.go("case", eyes.marie)
    # Once without looking: a section's form is made when it is first opened.
    list(eyes.sections())
    for title in eyes.sections():
        found[f"case: {title}"] = eyes.words(hidden=hidden)
    eyes.window.ask_find()
    eyes.desk.settled()
    found["find"] = eyes.words(hidden=hidden)
    eyes.window.finder.close_box()
    return found


def test_a_volunteer_can_not_tell_that_there_are_protected_facts(look: Look, desk: Desk) -> None:
    eyes = look(Role.PARALEGAL)
    survivor = partial(save_answer, eyes.window.office, eyes.marie, Protection, None)
    desk.done(partial(survivor, "survivor", None, NOW))
    desk.done(partial(survivor, "screened_privately", None, NOW))
    without = everything(look(Role.VOLUNTEER), hidden=True)
    eyes = look(Role.PARALEGAL)
    desk.done(partial(fill_what_is_closed, eyes.window.office, eyes.marie))
    with_them = everything(look(Role.VOLUNTEER), hidden=True)
    assert without.keys() == with_them.keys()
    for place, words in with_them.items():
        assert words == without[place], place


def test_nothing_names_a_protected_question_to_a_volunteer(look: Look, desk: Desk) -> None:
    eyes = look(Role.PARALEGAL)
    desk.done(partial(fill_what_is_closed, eyes.window.office, eyes.marie))
    seen = everything(look(Role.VOLUNTEER), hidden=False)
    # The library of law names statutes about victims; it speaks of nobody.
    del seen["authorities"]
    said = set().union(*seen.values())
    shared = {asked.label for record in RECORDS for asked in questions_for(Role.VOLUNTEER, record)}
    closed = {asked.label for _, asked in closed_to_volunteers()} - shared
    closed |= {title_of(record).title for record in (Protection, Abuser, PrivateNote)}
    closed |= {title_of(record).plural for record in (Protection, Abuser, PrivateNote)}
    assert said & closed == set()
    told = re.compile(r"\bprotect(ed|ion)\b|\bDV\b|victim|abuser|survivor|domestic|\bVAWA\b")
    assert sorted(word for word in said if told.search(word)) == []
    typed = {
        example(record, asked)
        for record, asked in closed_to_volunteers()
        if asked.keep is Compartment.BOTH and asked.vocabulary is None
    }
    assert not any(str(value) in word for word in said for value in typed)


def test_what_is_closed_is_what_it_should_be() -> None:
    """So that the tests above do not pass because nothing is closed."""
    closed: dict[type, set[str]] = {}
    for record, asked in closed_to_volunteers():
        closed.setdefault(record, set()).add(asked.name)
    assert closed.keys() >= {Protection, Abuser, PrivateNote, Consent, Immigration, Charge}
    assert closed[Consent] == {"facts", "guardian_is_abuser"}
    assert len(closed[Protection]) == len(questions(Protection))
