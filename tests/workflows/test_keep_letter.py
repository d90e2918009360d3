"""A letter being written is kept with every edit, and only by who writes letters."""

from collections.abc import Callable

import pytest

from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.letters.options import Edit, LetterOptions
from intake_app.core.roles import Act, Role, may
from intake_app.store.office import Office
from intake_app.workflows.keep_letter import discard_letter, keep_letter
from intake_app.workflows.read_letters import letters_of
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.letters import kept_options
from tests.offices import unlocked

KIND = "decline"
CHOSEN = LetterOptions(edits=(Edit("p3", "It was so.", ""),), overrides={"R": "because"})


def test_a_draft_is_kept_renewed_and_discarded(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    assert kept_options(office, case, KIND) is None
    number = keep_letter(office, case, KIND, LetterOptions(), NOW)
    assert keep_letter(office, case, KIND, CHOSEN, NOW) == number
    assert kept_options(office, case, KIND) == CHOSEN
    discard_letter(office, number, NOW)
    assert kept_options(office, case, KIND) is None
    assert letters_of(office, case) == ()


def test_an_unknown_kind_and_a_case_that_is_not_there_are_refused(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    with pytest.raises(AppError, match="no such letter"):
        keep_letter(office, case, "love", CHOSEN, NOW)
    with pytest.raises(AppError, match="no longer in the office"):
        keep_letter(office, 99, KIND, CHOSEN, NOW)


@pytest.mark.parametrize("role", list(Role))
def test_who_writes_no_letters_neither_keeps_nor_reads_nor_discards(
    staffed: Office, role: Role
) -> None:
    folder, case = staffed.folder, start_intake(staffed, NOW).case_id
    number = keep_letter(staffed, case, KIND, CHOSEN, NOW)
    staffed.close()
    with unlocked(folder, role) as office:
        acts: tuple[Callable[[], object], ...] = (
            lambda: keep_letter(office, case, KIND, CHOSEN, NOW),
            lambda: kept_options(office, case, KIND),
            lambda: discard_letter(office, number, NOW),
        )
        for act in acts:
            if may(role, Act.COMPOSE_LETTERS):
                act()
            else:
                with pytest.raises(NotAllowed):
                    act()
