"""The letter page: choosing, answering, editing, approving; the page itself is always live."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from intake_app.core.casefile import Consent, Custody, Person
from intake_app.core.errors import AppError
from intake_app.core.places import Language
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    ConsentKind,
    FactGroup,
    SignedBy,
    SignedHow,
    State,
    YesNo,
)
from intake_app.store.letters import Stage
from intake_app.store.office import Office
from intake_app.ui import keyboard
from intake_app.ui.case_page import GoOn
from intake_app.ui.letter_page import LetterPage
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.widgets import Pill
from intake_app.workflows.case_history import case_history
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.open_case import open_case
from intake_app.workflows.read_letters import Place, approved_pdf, letters_of
from intake_app.workflows.save_case import save_answer
from tests.conftest import NOW
from tests.letters import DECLINE, SURNAME, case_for_a_letter, kept_options
from tests.letters import consent as add_consent
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, DemoFolder, demo_folder, nameless, opened
from tests.ui.test_printing import box_of_ink

LATER = NOW + timedelta(hours=2)


class Letter:
    """What a person does on the page."""

    def __init__(self, desk: Desk, office: Office, tmp: Path) -> None:
        self.desk, self.office = desk, office
        self.answers = Answers(place=tmp, printed=tmp / "printed.pdf")
        self.page = LetterPage(desk.jobs, lambda: LATER, asking=self.answers)
        self.window = QWidget()
        desk.qtbot.addWidget(self.window)
        down = QVBoxLayout(self.window)
        down.addWidget(self.page.head)
        down.addWidget(self.page, 1)
        self.window.resize(1100, 812)
        self.window.show()
        self.window.activateWindow()

    def write(self, what: object) -> LetterPage:
        self.page.show_for(self.office, what)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until everything chosen is kept and shown."""
        self.desk.settled()
        self.desk.qtbot.waitUntil(
            lambda: self.page.work.settled and not self.desk.jobs.busy, timeout=10_000
        )
        self.desk.settled()

    def words(self, card: QWidget | None = None) -> list[str]:
        """Every word at the left that can be seen."""
        inside = card or self.page
        found = inside.findChildren(QLabel)
        return [one.text() for one in found if one.isVisibleTo(inside) and one.text()]

    def says(self, words: str, card: QWidget | None = None) -> bool:
        """Whether a sentence with these words can be seen."""
        return any(words in said for said in self.words(card))

    def button(self, card: QWidget, words: str) -> QPushButton:
        """A button that can be seen, by its words or its name."""
        for one in card.findChildren(QPushButton):
            if one.isVisibleTo(card) and words in (one.text(), one.accessibleName()):
                return one
        raise LookupError(words)

    def pick(self, combo: QComboBox, row: int) -> None:
        """Choose a row, as a person does."""
        combo.setCurrentIndex(row)
        combo.activated.emit(row)
        self.settle()

    def kind(self, key: str) -> None:
        """Choose a kind."""
        self.pick(self.page.letter.kind, self.page.letter.kind.findData(key))

    def text(self) -> str:
        """The words of the page itself, read back from the PDF."""
        pages = PdfReader(io.BytesIO(self.page.page.pdf)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())

    def cited(self) -> list[QPushButton]:
        """The names of authorities that can be pressed."""
        buttons = self.page.authorities.findChildren(QPushButton)
        return [button for button in buttons if button.isVisibleTo(self.page)]

    def paragraph(self, words: str) -> Any:
        """The row of the paragraph that holds these words."""
        for row in self.page.paragraphs.rows.values():
            if words in row.piece.stands:
                return row
        raise LookupError(words)


@contextmanager
def member(desk: Desk, role: Role) -> Iterator[Office]:
    """The office, open for one member; nobody else has it open meanwhile."""
    office = desk.open(role)
    yield office
    desk.close(office)


@pytest.fixture
def attorney(desk: Desk) -> Iterator[Office]:
    with member(desk, Role.ATTORNEY) as office:
        yield office


@pytest.fixture
def letter(desk: Desk, attorney: Office, tmp_path: Path) -> Letter:
    return Letter(desk, attorney, tmp_path)


@pytest.fixture
def case(desk: Desk, attorney: Office) -> int:
    return desk.done(partial(case_for_a_letter, attorney))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoFolder:
    return demo_folder(tmp_path_factory.mktemp("demo") / "office", NOW, 40)


def change(desk: Desk, office: Office, case: int, record: type, field: str, value: Any) -> None:
    desk.done(partial(save_answer, office, case, record, None, field, value, NOW))


def full_consent(desk: Desk, office: Office, case: int, recipient: str, *groups: FactGroup) -> None:
    answers: dict[str, Any] = {
        "kind": ConsentKind.LETTER,
        "recipient": recipient,
        "purpose": "A letter to the jail",
        "facts": groups,
        "risks_explained": YesNo.YES,
        "signed_on": date(2026, 11, 3),
        "signed_how": SignedHow.WET,
        "signed_by": SignedBy.CLIENT,
        "language": _english(),
        "free_choice": YesNo.YES,
        "expires_on": date(2026, 12, 3),
    }
    desk.done(partial(add_consent, office, case, **answers))


def _english() -> object:
    from intake_app.core.fields import question

    vocabulary = question(Consent, "language").vocabulary
    assert vocabulary is not None
    return next(iter(vocabulary))


def test_the_page_is_the_letter_and_what_it_says_and_cites_stands_beside_it(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    page = letter.write(case)
    now = desk.done(partial(compose_letter, attorney, case, DECLINE, LATER))
    assert page.page.pdf == now.pdf
    assert page.page.document is not None
    assert page.page.document.pageCount() == now.pages
    told = letter.words(page.facts)
    for fact in now.facts:
        assert fact.text in told
    cited = [button.text() for button in letter.cited()]
    assert cited[: len(now.authorities)] == [one.short_name for one in now.authorities]
    stances = [pill.text() for pill in page.authorities.findChildren(Pill)]
    assert stances[: len(now.authorities)] == [one.stance for one in now.authorities]
    assert page.head.stage.text() == "draft"
    assert not page.blockers.isVisibleTo(page)
    assert page.head.title.accessibleName().endswith("Quintanilla, Ana")


def test_each_fact_tells_who_answered_it_and_when_and_leads_to_its_question(
    letter: Letter, case: int, desk: Desk
) -> None:
    page = letter.write(case)
    assert letter.says("Person · M. Attorney, 22 Nov 2026", page.facts)
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        letter.button(page.facts, "Open the question: Booking number").click()
    assert wanted.args == ["case", GoOn(case, Person, "booking_number")]


def test_the_fitting_kind_is_chosen_and_says_why_and_a_blocked_one_can_be_chosen(
    letter: Letter, case: int
) -> None:
    page = letter.write(case)
    assert page.letter.kind.currentData() == DECLINE
    assert page.letter.why.text()
    assert page.letter.kind.count() > 3
    letter.kind("conditions")
    assert page.page.pdf == b""
    assert page.head.stage.text() == "blocked"
    assert not page.head.approve.isEnabled()
    assert not page.head.print.isEnabled()
    assert letter.says("Choose the request to decline instead", page.blockers)
    assert letter.says("Who can open it: nobody", page.blockers)
    letter.kind(DECLINE)
    assert page.page.pdf


def test_a_missing_answer_is_given_in_place_and_is_in_the_case(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    change(desk, attorney, case, Person, "booking_number", None)
    page = letter.write(case)
    assert page.page.pdf == b""
    block = page.blockers.blocks["ask", Person, "booking_number"]
    assert block.form is not None
    keyboard.answer(block.form.rows["booking_number"], "77-1234")
    letter.settle()
    assert "77-1234" in letter.text()
    assert not page.blockers.isVisibleTo(page)
    saved = desk.done(partial(open_case, attorney, case)).one(Person)
    assert saved.booking_number == "77-1234"
    assert page.head.saved.text() == "saved 14:11"


def test_a_consent_that_is_missing_leads_into_the_case(
    letter: Letter, case: int, desk: Desk
) -> None:
    page = letter.write(case)
    letter.kind("jail_records")
    block = page.blockers.blocks["ask", Consent, "kind"]
    assert block.form is None
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        letter.button(block, "Open in the case: Allows").click()
    assert wanted.args == ["case", GoOn(case, Consent, "kind")]


def test_what_is_typed_stands_on_the_page_and_is_kept_for_another_member(
    desk: Desk, tmp_path: Path
) -> None:
    with member(desk, Role.ATTORNEY) as office:
        case = desk.done(partial(case_for_a_letter, office))
        shown = _choose(Letter(desk, office, tmp_path), case)
    with member(desk, Role.PARALEGAL) as office:
        other = Letter(desk, office, tmp_path)
        other.write(case)
        assert other.page.page.pdf == shown
        assert "R. Okafor" in other.text()
        assert other.page.letter.to.name.text() == "Warden Quill"
        assert other.page.letter.signer.name.text() == "R. Okafor"
        assert other.page.extras.enclosures.lines() == ("Form I-247A",)
        assert other.page.extras.footnotes.isChecked()


def _choose(letter: Letter, case: int) -> bytes:
    """Type an addressee, a signer and an enclosure; return the page."""
    page, desk = letter.write(case), letter.desk
    assert desk.done(partial(letters_of, letter.office, case)) == ()
    page.letter.to.change.click()
    QTest.keyClicks(page.letter.to.name, "Warden Quill")
    letter.settle()
    assert "Warden Quill" in letter.text()
    assert page.head.saved.text() == "saved 14:11"
    letter.pick(page.letter.signer.combo, page.letter.signer.combo.count() - 1)
    QTest.keyClicks(page.letter.signer.name, "R. Okafor")
    page.extras.enclosures.setPlainText("Form I-247A")
    page.extras.footnotes.click()
    letter.settle()
    page.leave()
    desk.settled()
    return page.page.pdf


def test_an_addressee_of_the_directory_or_without_an_address(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    change(desk, attorney, case, Custody, "facility_address", None)
    page = letter.write(case)
    assert page.letter.to.warning.isVisibleTo(page)
    letter.pick(page.letter.to.combo, page.letter.to.combo.count() - 1)
    assert page.letter.to.typed.isVisibleTo(page)
    page.letter.to.address.setPlainText("9 Side Street\nOakland, CA 94601")
    page.letter.to.agency.setText("County Jail")
    page.letter.to.agency.textEdited.emit("County Jail")
    letter.settle()
    assert not page.letter.to.warning.isVisibleTo(page)
    assert "9 Side Street" in letter.text()
    kept = desk.done(partial(kept_options, attorney, case, DECLINE))
    assert kept is not None
    assert kept.addressee is not None
    assert kept.addressee.lines == ("9 Side Street", "Oakland, CA 94601")


def test_a_group_of_facts_is_locked_until_a_consent_names_the_recipient(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    letter.write(case)
    letter.kind("cancel")
    page = letter.page
    assert not page.consents.boxes["medical"].isEnabled()
    assert letter.says("Say first to whom the letter goes", page.consents)
    letter.pick(page.letter.to.combo, page.letter.to.combo.count() - 1)
    QTest.keyClicks(page.letter.to.agency, "ICE Miami Field Office")
    letter.settle()
    box = page.consents.boxes["medical"]
    assert not box.isEnabled()
    assert letter.says("Needs a signed consent in force that names “ICE Miami", page.consents)
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        letter.button(page.consents, f"Open Consent, for {box.text()}").click()
    assert wanted.args == ["case", GoOn(case, Consent, "kind")]
    full_consent(desk, attorney, case, "ICE Miami Field Office", FactGroup.HEALTH)
    change(desk, attorney, case, Person, "medical_need", "insulin twice a day")
    page.show_for(attorney)
    letter.settle()
    box = page.consents.boxes["medical"]
    assert box.isEnabled(), letter.words(page.consents)
    assert letter.says("Consent signed 3 Nov 2026, ends 3 Dec 2026.", page.consents)
    box.click()
    letter.settle()
    kept = desk.done(partial(kept_options, attorney, case, "cancel"))
    assert kept is not None
    assert kept.grounds == {"medical"}


def test_a_paragraph_is_edited_put_back_and_left_out(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    page = letter.write(case)
    before = page.page.pdf
    row = letter.paragraph("Thank you for your prompt attention.")
    row.button.click()
    editor = row.editor
    assert editor is not None
    assert editor.hasFocus()
    editor.selectAll()
    QTest.keyClicks(editor, "We thank you for your *quick* answer.")
    letter.settle()
    assert "We thank you for your quick answer." in letter.text()
    assert row.mark.text() == "edited"
    assert editor.hasFocus()
    QTest.keyClicks(editor, " Soon.")
    letter.settle()
    assert row.problem.text() == ""
    kept = desk.done(partial(kept_options, attorney, case, DECLINE))
    assert kept is not None
    (edit,) = kept.edits
    assert edit.was == "Thank you for your prompt attention."
    assert edit.now == "We thank you for your *quick* answer. Soon."
    QTest.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.toPlainText() != "We thank you for your *quick* answer. Soon."
    row.acts.back.click()
    letter.settle()
    assert page.page.pdf == before
    row.acts.out.click()
    letter.settle()
    assert "Thank you for your prompt attention." not in letter.text()
    row = letter.paragraph("Thank you for your prompt attention.")
    assert row.mark.text() == "left out"
    row.acts.back.click()
    letter.settle()
    assert page.page.pdf == before


def test_ctrl_z_brings_back_ones_own_words_after_put_back_and_another_language(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    page = letter.write(case)
    plain = page.page.pdf

    def undo() -> None:
        page.head.setFocus()
        QTest.keyClick(letter.window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        letter.settle()

    undo()
    assert page.head.saved.text() == "nothing to undo"
    assert page.page.pdf == plain
    row = letter.paragraph("Thank you for your prompt attention.")
    row.button.click()
    row.editor.selectAll()
    QTest.keyClicks(row.editor, "We thank you.")
    letter.settle()
    edited = page.page.pdf
    row.acts.back.click()
    letter.settle()
    assert page.page.pdf == plain
    undo()
    assert page.page.pdf == edited
    assert "We thank you." in letter.text()
    kept = desk.done(partial(kept_options, attorney, case, DECLINE))
    assert kept is not None
    assert [one.now for one in kept.edits] == ["We thank you."]
    page.extras.footnotes.click()
    letter.settle()
    undo()
    assert page.page.pdf == edited
    assert not page.extras.footnotes.isChecked()
    undo()
    assert page.page.pdf == plain
    # Another letter has steps of its own.
    page.extras.footnotes.click()
    letter.settle()
    with_notes = page.page.pdf
    letter.write(case)
    undo()
    assert page.page.pdf == with_notes


def test_a_quotation_is_not_written_anew_and_a_bad_edit_says_so_at_its_paragraph(
    letter: Letter, case: int
) -> None:
    page = letter.write(case)
    quotation = letter.paragraph("immigration detainers do not and cannot compel")
    assert quotation.mark.text() == "quotation"
    quotation.button.click()
    assert quotation.editor is None
    row = letter.paragraph("Thank you for your prompt attention.")
    row.button.click()
    row.editor.setPlainText("Thank you. See Brown v. Nobody, 999 F.3d 999.")
    letter.settle()
    assert "not in the library" in row.problem.text()
    assert row.problem.isVisibleTo(page)
    assert letter.says("Before it can be approved", page.blockers)


def test_an_attorney_sets_a_rule_aside_with_a_reason_and_takes_it_back(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    page = letter.write(case)
    letter.kind("cancel")
    overrides = [one for one in page.blockers.blocks.values() if one.reason is not None]
    assert overrides
    reason = overrides[0].reason
    assert reason is not None
    assert not reason.use.isEnabled()
    QTest.keyClicks(reason.line, "The client wants it.")
    reason.use.click()
    letter.settle()
    assert letter.says("Reason: The client wants it.", page.blockers)
    kept = desk.done(partial(kept_options, attorney, case, "cancel"))
    assert kept is not None
    assert list(kept.overrides.values()) == ["The client wants it."]
    letter.button(page.blockers, "Take back the reason: The client wants it.").click()
    letter.settle()
    assert not letter.says("Reason: The client wants it.", page.blockers)


def test_approving_freezes_what_is_shown_and_a_new_version_begins_with_it(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    page = letter.write(case)
    page.extras.enclosures.setPlainText("Form I-247A")
    page.head.approve.click()
    letter.settle()
    assert letter.says("Approving freezes this text and page for good", page.message)
    letter.button(page.message, "Approve and freeze").click()
    letter.settle()
    (kept,) = desk.done(partial(letters_of, attorney, case))
    assert kept.stage is Stage.APPROVED
    assert kept.options.enclosures == ("Form I-247A",)
    assert page.page.pdf == desk.done(partial(approved_pdf, attorney, kept.id))
    assert "DRAFT" not in letter.text()
    assert page.head.stage.text() == "approved"
    assert not page.letter.isVisibleTo(page)
    assert page.approved.isVisibleTo(page)
    assert letter.says("Approved by M. Attorney on 22 Nov 2026 at 14:11", page.approved)
    assert page.showing() == ShowLetter(kept.id, case)
    change(desk, attorney, case, Person, "surname", "Otherwise")
    letter.write(ShowLetter(kept.id, case))
    assert "Otherwise" not in letter.text()
    page.head.copy.click()
    letter.settle()
    assert kept.library_version in letter.text()
    page.head.copy.click()
    assert kept.library_version not in letter.text()
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        letter.button(page.approved, "Record sending or the answer").click()
    assert wanted.args == ["letters", Place.TO_SEND]
    page.head.new_version.click()
    letter.settle()
    assert page.head.stage.text() == "draft"
    assert page.extras.enclosures.lines() == ("Form I-247A",)
    assert "Otherwise" in letter.text()


def test_an_envelope_is_printed_with_or_without_the_return_address(
    letter: Letter, case: int, desk: Desk
) -> None:
    page = letter.write(case)
    page.head.approve.click()
    letter.settle()
    letter.button(page.message, "Approve and freeze").click()
    letter.settle()
    printed = letter.answers.printed
    assert printed is not None

    def top_of_ink() -> int:
        letter.button(page.approved, "Envelope…").click()
        letter.settle()
        return box_of_ink(printed, 0, desk.qtbot)[1]

    with_return_address = top_of_ink()
    (plain,) = page.approved.findChildren(QCheckBox)
    plain.click()
    assert top_of_ink() > with_return_address + 36
    assert len(set(letter.answers.jobs)) == 1
    assert SURNAME not in letter.answers.jobs[0]


def test_an_entry_that_other_texts_agree_about_is_cited_after_the_attorneys_own_check(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    change(desk, attorney, case, Custody, "facility_state", State.MD)
    page = letter.write(case)
    letter.kind(DECLINE)
    assert "Community Trust Act" not in letter.text()
    page.authorities.boxes["L41"].click()
    letter.settle()
    assert "Community Trust Act" in letter.text()
    kept = desk.done(partial(kept_options, attorney, case, DECLINE))
    assert kept is not None
    assert kept.ticked == {"L41"}


def test_a_translation_is_approved_with_the_name_of_who_read_it(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    change(desk, attorney, case, Person, "language_written", Language.of("es"))
    page = letter.write(case)
    letter.kind("client")
    page.consents.boxes["by_hand"].click()
    letter.settle()
    page.head.approve.click()
    letter.settle()
    assert letter.says("Nobody has checked the translation", page.blockers)
    (block,) = (one for one in page.blockers.blocks.values() if one.reason is not None)
    assert block.reason is not None
    QTest.keyClicks(block.reason.line, "Read by L. Ejemplo.")
    block.reason.use.click()
    letter.settle()
    page.head.approve.click()
    letter.settle()
    letter.button(page.message, "Approve and freeze").click()
    letter.settle()
    (kept,) = desk.done(partial(letters_of, attorney, case))
    assert kept.stage is Stage.APPROVED
    assert [one.reason for one in kept.overrides] == ["Read by L. Ejemplo."]


def test_approving_waits_for_what_was_just_typed(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    page = letter.write(case)
    page.letter.to.change.click()
    QTest.keyClicks(page.letter.to.name, "Warden Quill")
    page.extras.reply_by.setText("2026-11-25 09:00")
    page.head.approve.click()
    letter.settle()
    assert "Warden Quill" in letter.text()
    page.extras.footnotes.click()
    letter.button(page.message, "Approve and freeze").click()
    letter.settle()
    assert page.head.stage.text() == "draft", "what was chosen since was not seen yet"
    letter.button(page.message, "Approve and freeze").click()
    letter.settle()
    assert page.head.stage.text() == "approved"
    assert "Warden Quill" in letter.text()
    assert "November 25, 2026" in letter.text()


def test_a_paralegal_asks_an_attorney_once(desk: Desk, tmp_path: Path) -> None:
    with member(desk, Role.PARALEGAL) as office:
        case = desk.done(partial(case_for_a_letter, office))
        letter = Letter(desk, office, tmp_path)
        page = letter.write(case)
        assert page.head.approve.isHidden()
        page.head.ask.click()
        letter.settle()
        assert page.message.words.text() == "This letter is on every attorney’s desk now."
        (kept,) = desk.done(partial(letters_of, office, case))
        assert kept.stage is Stage.WAITING
        assert not page.head.ask.isEnabled()
        letter.write(case)
        assert page.head.stage.text() == "waits for an attorney"
        assert not page.head.ask.isEnabled()


def test_nothing_typed_for_one_letter_reaches_another(
    letter: Letter, case: int, desk: Desk, attorney: Office
) -> None:
    other = desk.done(partial(case_for_a_letter, attorney))
    page = letter.write(case)
    page.letter.to.change.click()
    QTest.keyClicks(page.letter.to.name, "Warden Quill")
    page.show_for(attorney, other)
    QTest.keyClicks(page.letter.to.title, "X")
    page.leave()
    letter.settle()
    assert "Warden Quill" not in letter.text()
    mine = desk.done(partial(kept_options, attorney, case, DECLINE))
    assert mine is not None
    assert mine.addressee is not None
    assert mine.addressee.name == "Warden Quill"
    assert desk.done(partial(kept_options, attorney, other, DECLINE)) is None


def test_what_can_not_be_read_is_said_before_leaving(letter: Letter, case: int) -> None:
    page = letter.write(case)
    page.extras.reply_by.setText("soon")
    page.leave()
    assert page.unsaved().startswith("Not saved yet. Answer by:")
    page.extras.reply_by.setText("2026-11-25 09:00")
    page.leave()
    letter.settle()
    assert page.unsaved() == ""
    page.show_for(letter.office)
    letter.settle()
    assert "November 25, 2026" in letter.text()


def test_a_draft_that_can_not_be_kept_says_so_and_loses_nothing(
    letter: Letter, case: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_asked: object) -> int:
        raise AppError("The disk is full. Make room and try again.")

    page = letter.write(case)
    monkeypatch.setattr("intake_app.ui.letter_work.keep_letter", refuses)
    page.extras.footnotes.click()
    letter.desk.qtbot.waitUntil(lambda: page.head.saved.text() == "not saved", timeout=5_000)
    assert page.unsaved() == "Not saved yet. The disk is full. Make room and try again."
    monkeypatch.setattr("intake_app.ui.letter_work.keep_letter", keep_letter)
    page.leave()
    letter.settle()
    assert page.unsaved() == ""


def test_saving_writes_the_very_bytes_under_a_name_without_anybody(
    letter: Letter, case: int, tmp_path: Path
) -> None:
    page = letter.write(case)
    page.head.save.click()
    letter.settle()
    (name,) = letter.answers.asked
    assert name.startswith("letter-2026-")
    assert (tmp_path / name).read_bytes() == page.page.pdf
    assert "not encrypted" in page.message.words.text()


def test_printing_sends_every_page_under_a_job_name_without_anybody(
    letter: Letter, case: int, tmp_path: Path, desk: Desk
) -> None:
    page = letter.write(case)
    assert page.page.document is not None
    page.head.print.click()
    desk.settled()
    printed = PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == page.page.document.pageCount()
    (job,) = letter.answers.jobs
    assert job.startswith("Letter 2026-")
    assert "Quintanilla" not in str(printed.metadata)
    assert page.message.words.text() == "Sent to the printer."
    history = desk.done(partial(case_history, letter.office, case))
    assert (history[0].record, history[0].action) == ("Letter", "printed")


def test_it_leads_to_the_case_and_to_the_library(letter: Letter, case: int, desk: Desk) -> None:
    page = letter.write(case)
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        page.head.open_case.click()
    assert wanted.args == ["case", case]
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        letter.cited()[0].click()
    assert wanted.args is not None
    assert wanted.args[0] == "authorities"
    assert page.showing() == case


def test_in_florida_the_letter_that_fits_never_says_the_jail_may_decline(
    made: DemoFolder, desk: Desk, tmp_path: Path
) -> None:
    with opened(made, desk, Role.ATTORNEY, NOW) as office:
        letter = Letter(desk, office, tmp_path)
        page = letter.write(made.number_in("FL"))
        assert page.letter.kind.currentData() != DECLINE
        letter.kind(DECLINE)
        assert page.page.pdf == b""
        assert letter.says("In Florida the law directs jails", page.blockers)


def test_every_control_has_a_name_and_can_be_reached(letter: Letter, case: int) -> None:
    page = letter.write(case)
    letter.paragraph("Thank you").button.click()
    page.letter.to.change.click()
    assert nameless(page) == []
    assert nameless(page.head) == []
    reached = set()
    page.letter.kind.setFocus()
    for _ in range(200):
        focus = QApplication.focusWidget()
        if focus is None or focus in reached:
            break
        reached.add(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    boxes = [one for one in page.findChildren(QCheckBox) if one.isVisible() and one.isEnabled()]
    assert set(boxes) <= reached
    assert set(letter.cited()) <= reached
