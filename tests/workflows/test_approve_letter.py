"""An attorney approves a letter: written anew, frozen, and never the same row again."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from intake_app.core.casefile import Consent, Person
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.letters.options import Edit, LetterOptions, Signer
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import ConsentKind, SignedBy, SignedHow, YesNo
from intake_app.store.letters import KeptLetter, Stage
from intake_app.store.office import Office
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.letter_sources import library_of
from intake_app.workflows.read_letters import approved_letter, approved_pdf, letters_of
from intake_app.workflows.save_case import save_answer
from tests.conftest import NOW
from tests.letters import BOOKING, DECLINE, SURNAME, case_for_a_letter, consent
from tests.offices import unlocked

CHOSEN = LetterOptions(signer=Signer("A. Torres", "Staff Attorney"), enclosures=("The detainer",))


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def attorney(staffed: Office) -> Office:
    folder = staffed.folder
    staffed.close()
    return unlocked(folder, Role.ATTORNEY)


def test_what_is_approved_is_what_was_chosen_without_the_draft_mark(attorney: Office) -> None:
    with attorney as office:
        case = case_for_a_letter(office)
        number = keep_letter(office, case, DECLINE, LetterOptions(), NOW)
        kept = approve_letter(office, case, DECLINE, CHOSEN, NOW)
        assert (kept.id, kept.stage, kept.options) == (number, Stage.APPROVED, CHOSEN)
        pdf = approved_pdf(office, kept.id)
        written = text_of(pdf)
        for word in (SURNAME, BOOKING, "A. Torres", "The detainer"):
            assert word in written
            assert word in kept.text
        drafted = compose_letter(office, case, DECLINE, NOW, CHOSEN)
        plain = compose_letter(office, case, DECLINE, NOW, CHOSEN, draft=False)
        assert drafted.pdf is not None
        assert "DRAFT" in text_of(drafted.pdf).upper()
        assert "DRAFT" not in written.upper()
        assert approved_letter(kept) == plain.letter
        library = library_of(office)
        assert kept.library_version == library.version
        assert kept.authorities
        for one in kept.authorities:
            assert one.verified_on == library.authorities[one.id].verified_on
        assert kept.reply_by is not None
        assert office.damage() == []


def test_the_kept_letter_stays_as_the_case_goes_on_and_the_next_is_a_new_version(
    attorney: Office,
) -> None:
    with attorney as office:
        case = case_for_a_letter(office)
        first = approve_letter(office, case, DECLINE, CHOSEN, NOW)
        pdf = approved_pdf(office, first.id)
        save_answer(office, case, Person, None, "surname", "Otherwise", NOW)
        later = NOW + timedelta(hours=3)
        assert approved_pdf(office, first.id) == pdf
        second = approve_letter(office, case, DECLINE, replace(CHOSEN, enclosures=()), later)
        assert (second.version, second.replaces) == (2, first.id)
        assert "Otherwise" in text_of(approved_pdf(office, second.id))
        assert approved_pdf(office, first.id) == pdf
        assert [one.version for one in letters_of(office, case)] == [2, 1]
        assert letters_of(office, case)[1] == first


def test_a_consent_taken_back_stops_a_new_version_and_leaves_the_kept_one(
    attorney: Office,
) -> None:
    with attorney as office:
        case = case_for_a_letter(office)
        entry = consent(
            office,
            case,
            kind=ConsentKind.LETTER,
            recipient="County Jail",
            signed_on=date(2026, 11, 1),
            signed_how=SignedHow.WET,
            signed_by=SignedBy.CLIENT,
            expires_on=date(2027, 1, 31),
            risks_explained=YesNo.YES,
        )
        first = approve_letter(office, case, DECLINE, CHOSEN, NOW)
        pdf = approved_pdf(office, first.id)
        save_answer(office, case, Consent, entry, "withdrawn_on", date(2026, 11, 22), NOW)
        with pytest.raises(AppError, match="taken back"):
            approve_letter(office, case, DECLINE, CHOSEN, NOW)
        assert letters_of(office, case) == (first,)
        assert approved_pdf(office, first.id) == pdf


def test_what_the_gate_refuses_is_not_approved_and_leaves_the_draft(attorney: Office) -> None:
    with attorney as office:
        case = case_for_a_letter(office)
        keep_letter(office, case, DECLINE, CHOSEN, NOW)
        save_answer(office, case, Person, None, "booking_number", None, NOW)
        with pytest.raises(AppError, match=r"can’t be approved.*Booking number"):
            approve_letter(office, case, DECLINE, CHOSEN, NOW)
        assert [one.stage for one in letters_of(office, case)] == [Stage.DRAFT]


@pytest.mark.parametrize("role", list(Role))
def test_only_an_attorney_approves(staffed: Office, role: Role) -> None:
    folder, case = staffed.folder, case_for_a_letter(staffed)
    staffed.close()
    with unlocked(folder, role) as office:
        if may(role, Act.APPROVE_LETTERS):
            assert isinstance(approve_letter(office, case, DECLINE, CHOSEN, NOW), KeptLetter)
        else:
            with pytest.raises(NotAllowed, match="approve letters"):
                approve_letter(office, case, DECLINE, CHOSEN, NOW)
    assert role is Role.ATTORNEY or not may(role, Act.APPROVE_LETTERS)


def test_an_edit_that_may_not_stand_is_withheld_and_closes_the_approval(attorney: Office) -> None:
    with attorney as office:
        case = case_for_a_letter(office)
        plain = compose_letter(office, case, DECLINE, NOW, CHOSEN)
        assert plain.letter is not None
        first = plain.letter.body[0]
        secret = Edit(first.key, first.text, f"{first.text} She is undocumented.")
        old = Edit(first.key, "Other words stood here.", "We write again.")
        for edit, shown in ((secret, False), (old, True)):
            chosen = replace(CHOSEN, edits=(edit,))
            drafted = compose_letter(office, case, DECLINE, NOW, chosen)
            assert drafted.pdf is not None
            assert [one.key for one in drafted.edit_problems] == [first.key]
            assert (edit.now in drafted.letter.text if drafted.letter else None) is shown
            with pytest.raises(AppError, match="a paragraph was edited"):
                approve_letter(office, case, DECLINE, chosen, NOW)
        assert letters_of(office, case) == ()
