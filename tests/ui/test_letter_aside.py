"""What was typed for a letter and is not in the file outlives a lock, in a page made anew."""

from functools import partial
from pathlib import Path

import pytest
from PySide6.QtTest import QTest

from intake_app.core.casefile import Person
from intake_app.core.errors import AppError
from intake_app.store.office import Office
from intake_app.ui import keyboard
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.open_case import open_case
from tests.letters import DECLINE, kept_options
from tests.ui.conftest import Desk
from tests.ui.test_letter_page import Letter, attorney, case, change, letter

__all__ = ["attorney", "case", "letter"]

FULL = "The disk is full. Make room and try again."


def full(*_asked: object) -> int:
    raise AppError(FULL)


def locked(shown: Letter, tmp: Path) -> tuple[Letter, str]:
    """A page made anew, and the words the old one put aside; the old one is gone."""
    shown.page.leave()
    shown.desk.settled()
    words = shown.page.put_aside()
    shown.window.hide()
    return Letter(shown.desk, shown.office, tmp), words


@pytest.fixture
def refused(letter: Letter, case: int, monkeypatch: pytest.MonkeyPatch) -> Letter:
    """Two things were chosen that the full disk did not take."""
    page = letter.write(case)
    monkeypatch.setattr("intake_app.ui.letter_work.keep_letter", full)
    page.extras.footnotes.click()
    page.extras.next_step.setPlainText("A hearing will be asked for.")
    letter.desk.qtbot.waitUntil(lambda: page.head.saved.text() == "not saved", timeout=5_000)
    return letter


def test_what_was_chosen_goes_in_by_itself_when_the_disk_takes_it_again(
    refused: Letter,
    case: int,
    desk: Desk,
    attorney: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anew, words = locked(refused, tmp_path)
    monkeypatch.setattr("intake_app.ui.letter_work.keep_letter", keep_letter)
    anew.page.take_back(attorney, words)
    desk.settled()
    # Before the page was ever shown.
    kept = desk.done(partial(kept_options, attorney, case, DECLINE))
    assert kept is not None
    assert (kept.footnotes, kept.next_step) == (True, "A hearing will be asked for.")
    assert anew.page.put_aside() == ""
    assert anew.page.showing() == case
    page = anew.write(anew.page.showing())
    assert page.extras.footnotes.isChecked()
    assert page.unsaved() == ""


def test_refused_again_it_stands_on_the_page_and_is_put_aside_again(
    refused: Letter,
    case: int,
    desk: Desk,
    attorney: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anew, words = locked(refused, tmp_path)
    anew.page.take_back(attorney, words)
    desk.settled()
    assert FULL in anew.page.unsaved()
    # A second lock before anybody looked at the letter.
    anew, words = locked(anew, tmp_path)
    anew.page.take_back(attorney, words)
    desk.settled()
    page = anew.page
    page.show_for(attorney, page.showing())
    desk.qtbot.waitUntil(page.extras.footnotes.isChecked, timeout=5_000)
    assert page.extras.next_step.toPlainText() == "A hearing will be asked for."
    assert FULL in page.unsaved()
    monkeypatch.setattr("intake_app.ui.letter_work.keep_letter", keep_letter)
    page.leave()
    anew.settle()
    assert page.unsaved() == ""
    kept = desk.done(partial(kept_options, attorney, case, DECLINE))
    assert kept is not None
    assert (kept.footnotes, kept.next_step) == (True, "A hearing will be asked for.")


def test_half_typed_words_stand_where_they_were(
    letter: Letter, case: int, desk: Desk, attorney: Office, tmp_path: Path
) -> None:
    letter.write(case)
    letter.page.extras.reply_by.setText("soon")
    letter.kind("cancel")
    page = letter.page
    page.extras.reply_by.setText("tomorrow, perhaps")
    reason = next(one.reason for one in page.blockers.blocks.values() if one.reason is not None)
    QTest.keyClicks(reason.line, "The client wants")
    anew, words = locked(letter, tmp_path)
    anew.page.take_back(attorney, words)
    # Another kind of letter gets none of it.
    anew.page.work.open(attorney, case, kind=DECLINE)
    anew.settle()
    assert anew.page.extras.reply_by.text() != "tomorrow, perhaps"
    page = anew.write(case)
    assert page.work.kind == "cancel"
    assert page.extras.reply_by.text() == "tomorrow, perhaps"
    assert page.unsaved().startswith("Not saved yet. Answer by:")
    reason = next(one.reason for one in page.blockers.blocks.values() if one.reason is not None)
    assert reason.line.text() == "The client wants"
    assert reason.use.isEnabled()
    page.extras.reply_by.clear()
    page.leave()
    anew.settle()
    assert page.unsaved() == ""


def test_an_answer_of_the_case_that_was_refused_waits_at_its_question(
    letter: Letter,
    case: int,
    desk: Desk,
    attorney: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change(desk, attorney, case, Person, "booking_number", None)
    letter.write(case)
    with monkeypatch.context() as patch:
        patch.setattr("intake_app.ui.letter_work.answer_missing", full)
        form = letter.page.blockers.blocks["ask", Person, "booking_number"].form
        assert form is not None
        keyboard.answer(form.rows["booking_number"], "77-1234")
        letter.settle()
        assert FULL in letter.page.unsaved()
        anew, words = locked(letter, tmp_path)
        anew.page.take_back(attorney, words)
        page = anew.write(anew.page.showing())
        form = page.blockers.blocks["ask", Person, "booking_number"].form
        assert form is not None
        assert form.rows["booking_number"].edit.words() == ("77-1234",)
        assert page.unsaved()
    page.leave()
    anew.settle()
    assert page.unsaved() == ""
    saved = desk.done(partial(open_case, attorney, case)).one(Person)
    assert saved.booking_number == "77-1234"


def test_nothing_is_put_aside_where_everything_is_kept(letter: Letter, case: int) -> None:
    page = letter.write(case)
    page.extras.footnotes.click()
    page.leave()
    letter.settle()
    assert page.put_aside() == ""
