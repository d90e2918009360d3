"""The office's own copy: the approved words, the library's version and the check dates."""

import io

import pytest
from pypdf import PdfReader

from intake_app.core.casefile import Person
from intake_app.core.errors import AppError
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.office_copy import office_copy
from intake_app.workflows.read_letters import approved_pdf
from intake_app.workflows.save_case import save_answer
from tests.conftest import NOW
from tests.letters import BOOKING, DECLINE, case_for_a_letter
from tests.offices import unlocked


def words(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_only_the_office_copy_tells_the_version_and_it_keeps_the_approved_words(
    staffed: Office,
) -> None:
    case = case_for_a_letter(staffed)
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.ATTORNEY) as office:
        draft = keep_letter(office, case, DECLINE, LetterOptions(), NOW)
        with pytest.raises(AppError, match="Only an approved letter"):
            office_copy(office, draft)
        kept = approve_letter(office, case, DECLINE, LetterOptions(), NOW)
        save_answer(office, case, Person, None, "booking_number", "other", NOW)
        own = words(office_copy(office, kept.id))
        assert kept.library_version in own
        assert BOOKING in own
        assert kept.library_version not in words(approved_pdf(office, kept.id))
