"""What became of a letter: recorded, corrected with both kept, and refused where it can't be."""

from datetime import date, timedelta

import pytest

from intake_app.core.casefile import Intake
from intake_app.core.errors import BadAnswer, NotAllowed
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import CaseStatus, LetterAnswer, LetterResult, SentBy
from intake_app.store.letters import KeptLetter
from intake_app.store.office import Office
from intake_app.workflows.case_history import case_history
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.read_desk import read_desk
from intake_app.workflows.read_letters import Place, approved_pdf, case_letters, letter_register
from intake_app.workflows.record_letter import record_answer, record_sending
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import unlocked
from tests.store.test_letters import FROZEN, approved

TODAY = date(2026, 11, 22)
LATER = NOW + timedelta(days=5)


@pytest.fixture
def kept(office: Office) -> KeptLetter:
    return approved(office, start_intake(office, NOW).case_id)


def test_each_step_moves_it_on_in_the_register_and_the_pdf_stays(
    office: Office, kept: KeptLetter
) -> None:
    def place() -> Place:
        (row,) = letter_register(office, NOW)
        assert case_letters(office, kept.case_id, NOW) == (row,)
        return row.place

    pdf = approved_pdf(office, kept.id)
    assert place() is Place.TO_SEND
    record_sending(office, kept.id, TODAY, SentBy.FAX, NOW)
    assert place() is Place.SENT
    now = record_answer(
        office, kept.id, TODAY, LetterAnswer.AGREED, LetterResult.RELEASED, " by phone ", NOW
    )
    assert place() is Place.ANSWERED
    assert (now.sent_on, now.sent_by, now.answered_on) == (TODAY, SentBy.FAX, TODAY)
    assert (now.answer, now.result, now.note) == (
        LetterAnswer.AGREED,
        LetterResult.RELEASED,
        "by phone",
    )
    assert approved_pdf(office, kept.id) == pdf
    assert office.damage() == []


def test_a_correction_keeps_both_in_the_history(office: Office, kept: KeptLetter) -> None:
    record_sending(office, kept.id, TODAY, SentBy.FAX, LATER)
    record_sending(office, kept.id, TODAY, SentBy.FAX, LATER)
    record_sending(office, kept.id, TODAY + timedelta(days=1), SentBy.MAIL, LATER)
    record_answer(office, kept.id, None, None, LetterResult.REFUSED, "", LATER)
    record_answer(office, kept.id, None, None, None, "", LATER)
    record_sending(office, kept.id, None, None, LATER)
    lines = [(one.action, one.before, one.after) for one in case_history(office, kept.case_id)]
    assert lines[:5] == [
        ("sending corrected", "23 Nov 2026 · Mail", ""),
        ("answer corrected", "Result: Refused", ""),
        ("answer recorded", "", "Result: Refused"),
        ("sending corrected", "22 Nov 2026 · Fax", "23 Nov 2026 · Mail"),
        ("sending recorded", "", "22 Nov 2026 · Fax"),
    ]
    assert not any(one.undoable for one in case_history(office, kept.case_id)[:5])


def test_days_that_can_not_be_are_refused_and_nothing_is_kept(
    office: Office, kept: KeptLetter
) -> None:
    for day, why in (
        (TODAY - timedelta(days=1), "before the letter was approved"),
        (TODAY + timedelta(days=1), "not come yet"),
    ):
        with pytest.raises(BadAnswer, match=why):
            record_sending(office, kept.id, day, SentBy.FAX, NOW)
    with pytest.raises(BadAnswer, match="first when the letter was sent"):
        record_answer(office, kept.id, TODAY, LetterAnswer.AGREED, None, "", NOW)
    record_sending(office, kept.id, TODAY, None, LATER)
    for day, why in (
        (TODAY - timedelta(days=1), "before the letter was sent"),
        (TODAY + timedelta(days=9), "not come yet"),
    ):
        with pytest.raises(BadAnswer, match=why):
            record_answer(office, kept.id, day, LetterAnswer.AGREED, None, "", LATER)
    with pytest.raises(BadAnswer, match="Choose what was answered"):
        record_answer(office, kept.id, TODAY, None, None, "", LATER)
    with pytest.raises(BadAnswer, match="Shorten"):
        record_answer(office, kept.id, None, LetterAnswer.NONE, None, "x" * 1001, LATER)
    record_answer(office, kept.id, TODAY, LetterAnswer.AGREED, None, "", LATER)
    with pytest.raises(BadAnswer, match="Take that back first"):
        record_sending(office, kept.id, None, None, LATER)
    with pytest.raises(BadAnswer, match="after the answer came"):
        record_sending(office, kept.id, TODAY + timedelta(days=1), None, LATER)
    (row,) = letter_register(office, LATER)
    assert (row.sent_on, row.answer, row.result) == (TODAY, LetterAnswer.AGREED, None)


def test_a_draft_can_not_have_been_sent(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    number = keep_letter(office, case, "decline", LetterOptions(), NOW)
    with pytest.raises(BadAnswer, match="Only an approved letter"):
        record_sending(office, number, TODAY, SentBy.FAX, NOW)


def test_the_desk_reminds_once_the_day_to_answer_has_passed(
    office: Office, kept: KeptLetter
) -> None:
    def late(at: object = LATER) -> list[int]:
        desk = read_desk(office, LATER if at is LATER else NOW)
        assert desk.unanswered_in_all == len(desk.unanswered)
        return [row.letter_id for row in desk.unanswered]

    assert late() == []
    record_sending(office, kept.id, TODAY, SentBy.FAX, NOW)
    assert late(NOW) == []
    assert late() == [kept.id]
    (row,) = letter_register(office, LATER)
    assert row.late
    record_answer(office, kept.id, None, LetterAnswer.NONE, None, "", LATER)
    assert late() == []
    record_answer(office, kept.id, None, None, None, "", LATER)
    assert late() == [kept.id]
    save_answer(office, kept.case_id, Intake, None, "status", CaseStatus.CLOSED, LATER)
    assert late() == []
    save_answer(office, kept.case_id, Intake, None, "status", CaseStatus.OPEN, LATER)
    approved(office, kept.case_id, FROZEN)
    assert late() == []


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_letters_records_and_reads_the_register(staffed: Office, role: Role) -> None:
    folder = staffed.folder
    one = approved(staffed, start_intake(staffed, NOW).case_id)
    staffed.close()
    with unlocked(folder, role) as office:
        acts = (
            lambda: record_sending(office, one.id, TODAY, SentBy.FAX, NOW),
            lambda: record_answer(office, one.id, TODAY, LetterAnswer.AGREED, None, "", NOW),
            lambda: letter_register(office, NOW),
            lambda: approved_pdf(office, one.id),
            lambda: case_letters(office, one.case_id, NOW),
        )
        for act in acts:
            if may(role, Act.COMPOSE_LETTERS):
                assert act()
            else:
                with pytest.raises(NotAllowed):
                    act()
