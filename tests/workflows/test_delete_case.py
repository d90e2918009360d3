"""A deleted case stands nowhere, and nothing of it can be changed, until it is brought back."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake_app.core.casefile import Charge, Person, Phone, ToDo
from intake_app.core.document_media import Media
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, Role, may
from intake_app.store import cases as kept_cases
from intake_app.store.deleted_things import What
from intake_app.store.desk import held_cases
from intake_app.store.letter_register import all_letters
from intake_app.store.office import Office
from intake_app.store.report_facts import read_episodes, read_letters
from intake_app.workflows.add_document import add_document
from intake_app.workflows.bring_back import bring_back
from intake_app.workflows.case_history import case_history
from intake_app.workflows.check_conflicts import check_conflicts, open_conflict_questions
from intake_app.workflows.delete_case import delete_case
from intake_app.workflows.deleted_things import deleted_things
from intake_app.workflows.find_people import CaseQuery, find_people, list_cases
from intake_app.workflows.import_cases import import_cases
from intake_app.workflows.keep_draft import keep_draft
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.open_case import open_case, open_case_numbered
from intake_app.workflows.read_deadlines import read_deadlines
from intake_app.workflows.read_desk import read_clocks, read_desk
from intake_app.workflows.read_documents import list_documents, read_document, read_pictures
from intake_app.workflows.read_letters import case_letters, letter_register, letters_of
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from intake_app.workflows.undo_change import undo_change
from intake_app.workflows.unlock_office import unlock_office
from intake_app.workflows.write_batch import running_clocks
from tests.conftest import NOW
from tests.offices import unlocked
from tests.ui.demo_office import DemoFolder, demo_folder
from tests.workflows.test_import_cases import HEADER

CASES = 24


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoFolder:
    """An office of invented people with clocks, to-dos, letters and conflicts."""
    return demo_folder(tmp_path_factory.mktemp("demo") / "office", NOW, CASES)


@pytest.fixture
def demo(made: DemoFolder, tmp_path: Path) -> Iterator[Office]:
    """A copy of it, open for an attorney."""
    folder = Path(shutil.copytree(made.folder, tmp_path / "office"))
    with unlock_office(folder, "attorney", made.demo.passphrases["attorney"], NOW) as office:
        alike(office)
        yield office


def alike(office: Office) -> tuple[int, int]:
    """Two cases of people with one name; the second one's conflict check waits for an attorney."""
    first, second = (start_intake(office, NOW).case_id for _ in range(2))
    for case_id in (first, second):
        save_answer(office, case_id, Person, None, "given", "Wilhelmina", NOW)
        save_answer(office, case_id, Person, None, "surname", "Quattlebaum", NOW)
    check_conflicts(office, second, NOW)
    return first, second


def places(office: Office) -> dict[str, list[int]]:
    """Everywhere a case stands: the place and the numbers of the cases there, in its order."""
    desk = read_desk(office, NOW)
    deadlines = read_deadlines(office, NOW)
    assert deadlines is not None
    with office.reading() as connection:
        found = {
            "held": [one.case_id for one in held_cases(connection)],
            "roster": [one.case_id for one in kept_cases.roster_rows(office, connection)],
            "letters": [one.case_id for one in all_letters(office, connection)],
            "count": [0] * kept_cases.count_cases(connection),
            "episodes": [0] * len(read_episodes(office, connection, NOW).days),
            "letters in reports": [0] * len(read_letters(office, connection, NOW).days),
        }
    return found | {
        "first page": [one.case_id for one in list_cases(office, CaseQuery(), 0, 500).rows],
        "search": [one.case_id for one in find_people(office, "", -1)],
        "filtered": [
            one.case_id for one in list_cases(office, CaseQuery(text="2026"), 0, 500).rows
        ],
        "clocks": [one.case_id for one in desk.clocks],
        "all clocks": [one.case_id for one in read_clocks(office, NOW)],
        "to do": [one.case_id for one in desk.to_do] + [0] * desk.to_do_in_all,
        "letters on the desk": [one.case_id for one in (*desk.letters, *desk.unanswered)],
        "unfinished": [one.case_id for one in desk.unfinished],
        "notices": [0] * len(deadlines.clocks),
        "register": [one.case_id for one in letter_register(office, NOW)],
        "batch": [one.case_id for one in running_clocks(office, NOW)],
        "conflicts": [one.case_id for one in open_conflict_questions(office)],
    }


def ids(office: Office) -> list[int]:
    with office.reading() as connection:
        return sorted(row.case_id for row in kept_cases.roster_rows(office, connection))


def test_an_office_whose_every_case_was_deleted_lists_nothing_and_all_come_back(
    demo: Office,
) -> None:
    before = places(demo)
    # A place that was empty before would prove nothing.
    assert [name for name, found in before.items() if not found] == []
    for case_id in ids(demo):
        delete_case(demo, case_id, NOW)
    left = {name: found for name, found in places(demo).items() if found}
    assert left == {}
    things = deleted_things(demo, NOW)
    assert {one.what for one in things} == {What.CASE}
    for thing in things:
        bring_back(demo, thing, NOW)
    after = places(demo)
    # Nothing was touched: every list is as it was, in its order.
    assert after == before
    assert demo.damage() == []


@pytest.mark.parametrize("fresh", [True, False], ids=["opened anew", "lists in memory"])
def test_one_deleted_case_is_gone_from_every_place_and_the_others_stay(
    demo: Office, fresh: bool
) -> None:
    before = places(demo)
    case_id = before["register"][0]
    if fresh:
        demo.roster.close()
        demo.roster = type(demo.roster)()
    delete_case(demo, case_id, NOW)
    after = places(demo)
    for name, found in after.items():
        assert case_id not in found, name
    assert after["roster"] == [one for one in before["roster"] if one != case_id]
    assert after["search"] == [one for one in before["search"] if one != case_id]
    assert after["register"] == [one for one in before["register"] if one != case_id]
    assert len(after["count"]) == len(before["count"]) - 1


def test_nothing_of_a_deleted_case_is_read_or_changed(demo: Office) -> None:
    case_id = letter_register(demo, NOW)[0].case_id
    number = open_case(demo, case_id).number
    phone = add_entry(demo, case_id, Phone, NOW).entry_id
    seq = case_history(demo, case_id)[0].seq
    paper = TakenFile(b"%PDF-1.4 a paper", Media.PDF, "Order")
    document = whole(add_document(demo, case_id, paper, None, NOW)).id
    delete_case(demo, case_id, NOW)
    acts: tuple[Callable[[], object], ...] = (
        lambda: open_case(demo, case_id),
        lambda: open_case(demo, case_id, NOW),
        lambda: open_case_numbered(demo, number, NOW),
        lambda: save_answer(demo, case_id, Person, None, "surname", "Other", NOW),
        lambda: add_entry(demo, case_id, Charge, NOW),
        lambda: remove_entry(demo, case_id, Phone, phone, NOW),
        lambda: undo_change(demo, seq, NOW),
        lambda: keep_letter(demo, case_id, "expired", LetterOptions(), NOW),
        lambda: whole(add_document(demo, case_id, paper, None, NOW)),
        lambda: check_conflicts(demo, case_id, NOW),
        lambda: delete_case(demo, case_id, NOW),
    )
    for act in acts:
        with pytest.raises(AppError, match="That case was deleted"):
            act()
    assert list_documents(demo, case_id) == ()
    assert read_pictures(demo, case_id) == {}
    assert letters_of(demo, case_id) == ()
    assert case_letters(demo, case_id, NOW) == ()
    with pytest.raises(AppError, match="no longer in the case"):
        whole(read_document(demo, document))


def test_the_conflict_check_still_finds_who_stands_in_a_deleted_case(office: Office) -> None:
    """The duty to somebody who told the office something does not end with deleting her case."""
    first, second = alike(office)
    delete_case(office, first, NOW)
    folder = office.folder
    office.close()
    with unlocked(folder) as again:
        found = check_conflicts(again, second, NOW)
        assert [one.case_id for one in found.matches] == [first]


def test_an_import_leaves_deleted_cases_deleted(office: Office) -> None:
    lines = (f"K{number},M,W,29,2014-05-01,Mexico,54,THEFT,MB,,,," for number in range(5))
    table = (HEADER + "".join(f"{line}\n" for line in lines)).encode()
    assert import_cases(office, table, None, NOW).cases_added == 5
    gone, changed, *others = ids(office)
    delete_case(office, gone, NOW)
    again = import_cases(office, table.replace(b"THEFT", b"ARSON", 2), None, NOW)
    assert (again.cases_added, again.cases_updated, again.cases_unchanged) == (0, 1, 3)
    assert again.cases_deleted == 1
    assert ids(office) == [changed, *others]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_delete_and_bring_back(staffed: Office, role: Role) -> None:
    case_id, folder = start_intake(staffed, NOW).case_id, staffed.folder
    gone = start_intake(staffed, NOW).case_id
    delete_case(staffed, gone, NOW)
    (thing,) = deleted_things(staffed, NOW)
    staffed.close()
    with unlocked(folder, role) as office:
        if may(role, Act.DELETE_CASES):
            delete_case(office, case_id, NOW)
            bring_back(office, thing, NOW)
            return
        acts: tuple[Callable[[], None], ...] = (
            lambda: delete_case(office, case_id, NOW),
            lambda: bring_back(office, thing, NOW),
        )
        for act in acts:
            with pytest.raises(NotAllowed, match=f"A {role.value} may not"):
                act()
        if may(role, Act.WRITE_CASES):
            assert deleted_things(office, NOW) == ()


def test_after_30_days_a_case_does_not_come_back(office: Office) -> None:
    case_id = start_intake(office, NOW).case_id
    delete_case(office, case_id, NOW)
    (thing,) = deleted_things(office, NOW)
    assert thing.days_left == 30
    last = NOW + timedelta(days=30)
    assert [one.days_left for one in deleted_things(office, last)] == [0]
    later = last + timedelta(seconds=1)
    assert deleted_things(office, later) == ()
    with pytest.raises(AppError, match="more than 30 days ago"):
        bring_back(office, thing, later)
    bring_back(office, thing, last)
    with pytest.raises(AppError, match="in the case list already"):
        bring_back(office, thing, last)
    assert ids(office) == [case_id]


def test_numbers_are_not_given_twice(office: Office) -> None:
    first = start_intake(office, NOW)
    delete_case(office, first.case_id, NOW)
    assert start_intake(office, NOW).number != first.number


def test_a_half_typed_word_waits_for_the_case_to_come_back(office: Office) -> None:
    case_id = start_intake(office, NOW).case_id
    keep_draft(office, case_id, Person, None, "surname", "Núñez")
    delete_case(office, case_id, NOW)
    bring_back(office, deleted_things(office, NOW)[0], NOW)
    assert open_case(office, case_id, NOW).one(Person).surname == "Núñez"


def test_a_to_do_of_a_deleted_case_is_on_no_desk(office: Office) -> None:
    case_id = start_intake(office, NOW).case_id
    entry = add_entry(office, case_id, ToDo, NOW).entry_id
    save_answer(office, case_id, ToDo, entry, "due_on", date(2026, 11, 23), NOW)
    assert read_desk(office, NOW).to_do_in_all == 1
    delete_case(office, case_id, NOW)
    assert read_desk(office, NOW).to_do_in_all == 0
