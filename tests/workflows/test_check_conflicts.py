"""The conflict check: who is found, who may know it, and what is kept. Real encrypted offices."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from intake_app.core.answers import show_date
from intake_app.core.casefile import (
    Abuser,
    AdverseParty,
    OtherName,
    Person,
    Phone,
    Protection,
)
from intake_app.core.errors import NotAllowed
from intake_app.core.fields import Compartment, title_of
from intake_app.core.partial_date import PartialDate
from intake_app.core.roles import Key, Role
from intake_app.core.vocabulary import YesNo
from intake_app.store.conflict_checks import checks_of
from intake_app.store.office import Office
from intake_app.store.sealing import Sealer, place
from intake_app.workflows.case_history import case_history
from intake_app.workflows.check_conflicts import (
    ConflictQuestion,
    ConflictView,
    Decision,
    Outcome,
    check_conflicts,
    open_conflict_questions,
)
from intake_app.workflows.decide_conflict import decide_conflict
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import new_office, raw_office, staff, unlocked

JOSE = {"given": "José", "surname": "Núñez", "second_surname": "Ibáñez", "born": "1984-03-05"}


def save(office: Office, case_id: int, cls: type, **answers: Any) -> int | None:
    """Save a record through the program's own workflow; the number of a repeated one."""
    entry = add_entry(office, case_id, cls, NOW).entry_id if title_of(cls).many else None
    for field, value in answers.items():
        told = PartialDate.parse(value) if field == "born" else value
        save_answer(office, case_id, cls, entry, field, told, NOW)
    return entry


def case_of(office: Office, **answers: Any) -> int:
    """A new case of somebody."""
    case_id = start_intake(office, NOW).case_id
    save(office, case_id, Person, **answers)
    return case_id


def checked(office: Office, case_id: int) -> ConflictView:
    return check_conflicts(office, case_id, NOW)


@pytest.fixture
def closed(folder: Path) -> Path:
    """A staffed office with one plain client, José; closed."""
    with new_office(folder).office as office:
        staff(office)
        case_of(office, **JOSE)
    return folder


@pytest.fixture
def attorney(closed: Path) -> Iterator[Office]:
    """It, open for the attorney."""
    with unlocked(closed, Role.ATTORNEY) as office:
        yield office


def test_the_same_person_is_found_however_the_paper_writes_him(attorney: Office) -> None:
    for written in (
        {"given": "Jose", "surname": "Ibanez", "second_surname": "Nunez", "born": "1984-03-06"},
        {"given": "Pepe", "surname": "Nuñez-Ibañez", "born": "1984-05-03"},
        {"given": "Núñez", "surname": "José", "born": "1984-03-05"},
        {"given": "Hose", "surname": "Nunyes", "second_surname": "Ibanes", "born": "1984"},
    ):
        case_id = case_of(attorney, **written)
        view = checked(attorney, case_id)
        assert view.outcome is Outcome.POSSIBLE, written
        assert 1 in [match.case_id for match in view.matches], written
        assert view.matches[0].reasons


def test_reasons_are_words_a_paralegal_understands(attorney: Office) -> None:
    case_id = case_of(
        attorney, given="Jose", surname="Ibanez", second_surname="Nunez", born="1984-03-06"
    )
    (match,) = checked(attorney, case_id).matches
    assert match.reasons == (
        "same name, two surnames in the other order",
        "born one day apart",
    )
    assert match.words == "very likely the same person"
    assert (match.name, match.number) == ("Núñez Ibáñez, José", "2026-0001")


def test_nobody_is_found_for_somebody_else(attorney: Office) -> None:
    view = checked(attorney, case_of(attorney, given="Wei", surname="Chen", born="1990-01-02"))
    assert (view.outcome, view.matches, view.compared) == (Outcome.NO_MATCH, (), 1)


def test_the_case_itself_is_left_out(attorney: Office) -> None:
    assert checked(attorney, 1).outcome is Outcome.NO_MATCH


def test_what_is_missing_is_said_before_anybody_can_be_looked_for(attorney: Office) -> None:
    case_id = start_intake(attorney, NOW).case_id
    view = checked(attorney, case_id)
    assert (view.outcome, view.missing) == (Outcome.NOT_CHECKED, "name")
    save(attorney, case_id, Person, surname="Núñez")
    assert checked(attorney, case_id).missing == "given name or date of birth"
    save(attorney, case_id, AdverseParty, name="Jose Nunez Ibanez")
    view = checked(attorney, case_id)
    assert view.outcome is Outcome.POSSIBLE
    assert view.missing == "given name or date of birth"


def test_adverse_parties_and_abusers_are_compared_with_clients_both_ways(attorney: Office) -> None:
    other = case_of(attorney, given="Ana", surname="Reyes", born="1990-02-02")
    save(attorney, other, AdverseParty, name="Wilmer Zelaya")
    save(attorney, other, Abuser, name="Óscar Menjívar", born="1979-09-09")
    ours = case_of(attorney, given="Wilmer", surname="Zelaya")
    (match,) = checked(attorney, ours).matches
    assert (match.stands.value, match.case_id) == ("adverse party", other)
    ours = case_of(attorney, given="Oscar", surname="Menjibar", born="1979-09-09")
    (match,) = checked(attorney, ours).matches
    assert (match.stands.value, match.protected) == ("abuser", True)
    save(attorney, other, AdverseParty, name="José Núñez Ibáñez", born="1984-03-05")
    found = {
        (match.asked_stands.value, match.case_id) for match in checked(attorney, other).matches
    }
    assert ("adverse party", 1) in found


def test_two_adverse_parties_who_are_one_person_are_no_conflict(attorney: Office) -> None:
    for given in ("Ana", "Wei"):
        case_id = case_of(attorney, given=given, surname="Reyes" * 2)
        save(attorney, case_id, AdverseParty, name="Gulf Coast Poultry")
    assert checked(attorney, case_id).matches == ()


def test_an_alias_a_telephone_and_an_a_number_find_people(attorney: Office) -> None:
    save(attorney, 1, OtherName, name="El Chino Villatoro")
    save_answer(attorney, 1, Person, None, "a_number", "A204 118 730", NOW)
    save(attorney, 1, Phone, number="(305) 555-0142")
    by_alias = case_of(attorney, given="Chino", surname="Villatoro")
    assert [match.case_id for match in checked(attorney, by_alias).matches] == [1]
    by_number = case_of(attorney, a_number="204118730")
    (match,) = checked(attorney, by_number).matches
    assert (match.case_id, match.reasons) == (1, ("same A-number",))
    by_phone = case_of(attorney, given="Jose", surname="Pineda")
    save(attorney, by_phone, Phone, number="305.555.0142")
    found = {match.case_id: match.reasons for match in checked(attorney, by_phone).matches}
    assert "same telephone number" in found[1]


def test_a_telephone_that_many_share_tells_nothing(attorney: Office) -> None:
    for number in range(12):
        case_id = case_of(attorney, given="José", surname="Quispe" + "aeiou"[number % 5] * 3)
        save(attorney, case_id, Phone, number="305-555-0100")
    case_id = case_of(attorney, given="José", surname="Zelaya")
    save(attorney, case_id, Phone, number="305-555-0100")
    assert checked(attorney, case_id).matches == ()


def test_the_index_follows_every_change(attorney: Office) -> None:
    case_id = case_of(attorney, given="Jose", surname="Nunez", born="1984-03-05")
    assert checked(attorney, case_id).matches
    save_answer(attorney, 1, Person, None, "given", "Wilfredo", NOW)
    save_answer(attorney, 1, Person, None, "surname", "Quispe", NOW)
    assert checked(attorney, case_id).matches == ()
    entry = save(attorney, 1, AdverseParty, name="José Núñez")
    assert entry is not None
    assert checked(attorney, case_id).matches
    remove_entry(attorney, 1, AdverseParty, entry, NOW)
    assert checked(attorney, case_id).matches == ()


# What is kept.


def kept(office: Office) -> list[Any]:
    with office.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT case_id, whole, result, keep, decision FROM conflict_checks ORDER BY id"
        )
        return [tuple(row) for row in rows]


def test_a_check_is_kept_only_where_it_differs_from_the_last(attorney: Office) -> None:
    case_id = case_of(attorney, given="Jose", surname="Nunez", born="1984-03-05")
    for _ in range(3):
        checked(attorney, case_id)
    assert kept(attorney) == [(case_id, 1, "possible", "both", None)]
    save_answer(attorney, case_id, Person, None, "sex", None, NOW)
    checked(attorney, case_id)
    assert len(kept(attorney)) == 1
    save_answer(attorney, case_id, Person, None, "middle", "Ángel", NOW)
    checked(attorney, case_id)
    assert len(kept(attorney)) == 2
    save_answer(attorney, 1, Person, None, "born", PartialDate(1950, 1, 2), NOW)
    assert checked(attorney, case_id).outcome is Outcome.NO_MATCH
    assert len(kept(attorney)) == 3


def test_who_searched_for_whom_and_why_it_was_found_is_in_the_record(attorney: Office) -> None:
    case_id = case_of(attorney, given="Jose", surname="Nunez", born="1984-03-05")
    checked(attorney, case_id)
    with attorney.reading() as connection:
        (check,) = checks_of(attorney, connection, case_id)
    assert (check.by, check.at, check.version) == ("Attorney Person", NOW, 1)
    assert check.searched == (f"Jose Nunez; born {show_date(PartialDate(1984, 3, 5))}",)
    (found,) = check.found
    assert (found.name, found.number, found.reasons[-1]) == (
        "Núñez Ibáñez, José",
        "2026-0001",
        "same date of birth",
    )


def test_each_check_and_decision_has_its_line_of_history(attorney: Office) -> None:
    case_id = case_of(attorney, given="Jose", surname="Nunez", born="1984-03-05")
    view = checked(attorney, case_id)
    assert view.check_id is not None
    decide_conflict(attorney, case_id, view.check_id, Decision.NONE, "", NOW)
    told = [(line.action, line.before, line.after) for line in case_history(attorney, case_id)]
    assert told[:2] == [("conflict decided", "", ""), ("conflict check", "", "")]
    assert attorney.damage() == []


def test_a_decision_stands_while_no_more_is_found(attorney: Office) -> None:
    case_id = case_of(attorney, given="Jose", surname="Nunez")
    view = checked(attorney, case_id)
    assert view.check_id is not None
    decide_conflict(attorney, case_id, view.check_id, Decision.NONE, "his cousin", NOW)
    save_answer(attorney, case_id, Person, None, "pronouns", "he", NOW)
    save(attorney, case_id, OtherName, name="Zzyzx")
    view = checked(attorney, case_id)
    assert (view.outcome, view.reason) == (Outcome.NO_CONFLICT, "his cousin")
    # The same birth date speaks for it now: somebody must look again.
    save_answer(attorney, case_id, Person, None, "born", PartialDate(1984, 3, 5), NOW)
    assert checked(attorney, case_id).outcome is Outcome.POSSIBLE
    case_of(attorney, given="José", surname="Núñez", born="1984-03-05")
    assert len(checked(attorney, case_id).matches) == 2


def test_a_confirmed_conflict_is_not_undone_by_writing_another_name(attorney: Office) -> None:
    case_id = case_of(attorney, given="Jose", surname="Nunez", born="1984-03-05")
    view = checked(attorney, case_id)
    assert view.check_id is not None
    decide_conflict(attorney, case_id, view.check_id, Decision.CONFIRMED, "", NOW)
    save_answer(attorney, case_id, Person, None, "surname", "Quispe", NOW)
    save_answer(attorney, case_id, Person, None, "given", "Wilfredo", NOW)
    view = checked(attorney, case_id)
    assert (view.outcome, view.matches, view.may_decide) == (Outcome.CONFIRMED, (), True)


# Who may know what.


@pytest.fixture
def hidden(closed: Path) -> Path:
    """Beside José: Rosa, a survivor, whose abuser is Óscar Menjívar and employer Ana Tum."""
    with unlocked(closed) as office:
        rosa = case_of(office, given="Rosalía", surname="Ajpacajá", born="1991-07-14")
        save(office, rosa, Protection, survivor=YesNo.YES)
        save(office, rosa, Abuser, name="Óscar Menjívar")
        save(office, rosa, AdverseParty, name="Anastasia Tumbador")
        case_of(office, given="Rosalia", surname="Ajpacaja", born="1991-07-14")
        case_of(office, given="Oscar", surname="Menjivar", born="1980-01-09")
        case_of(office, given="Anastasia", surname="Tumbador")
        case_of(office, given="Jose", surname="Nunez Ibanez", born="1984-03-05")
        case_of(office, given="Wei", surname="Chen", born="1990-01-02")
    return closed


SURVIVOR, ABUSER, EMPLOYER, PLAIN, NOBODY = 3, 4, 5, 6, 7


def test_the_attorney_sees_everybody(hidden: Path) -> None:
    with unlocked(hidden, Role.ATTORNEY) as office:
        for case_id, name in (
            (SURVIVOR, "Ajpacajá, Rosalía"),
            (ABUSER, "Óscar Menjívar"),
            (EMPLOYER, "Anastasia Tumbador"),
        ):
            (match,) = checked(office, case_id).matches
            assert (match.name, match.protected, match.case_id) == (name, True, 2)


@pytest.mark.parametrize("role", [Role.PARALEGAL, Role.ADMINISTRATOR])
def test_a_protected_client_is_nobody_to_a_paralegal(hidden: Path, role: Role) -> None:
    with unlocked(hidden, role) as office:
        views = [checked(office, case_id) for case_id in (SURVIVOR, ABUSER, EMPLOYER)]
        plain = checked(office, PLAIN)
        assert [view.outcome for view in views] == [Outcome.ASK] * 3
        assert plain.outcome is Outcome.POSSIBLE
        assert [match.case_id for match in plain.matches] == [1]
        for view in views:
            assert view.matches == ()
            assert not view.may_decide
            assert not view.may_clear


def test_how_many_were_found_is_not_told(hidden: Path) -> None:
    with unlocked(hidden) as office:
        again = case_of(office, given="Rosalía", surname="Ajpacajá", born="1991-07-14")
        save(office, again, Protection, fleeing_now=YesNo.YES)
        save(office, again, Abuser, name="Zenaida Quiñones")
        once = case_of(office, given="Zenaida", surname="Quinones")
    with unlocked(hidden, Role.PARALEGAL) as office:
        one, two = checked(office, once), checked(office, SURVIVOR)
        assert one.outcome is two.outcome is Outcome.ASK
        shown = [
            {name: value for name, value in vars(view).items() if name != "check_id"}
            for view in (one, two)
        ]
        assert shown[0] == shown[1]
        # A sealed blob of a length of its own would tell the rest.
        with office.reading() as connection:
            rows = connection.exec_driver_sql("SELECT length(found) FROM conflict_checks")
            assert len({row[0] for row in rows}) == 1


def test_the_history_a_paralegal_reads_has_no_line_of_it(hidden: Path) -> None:
    with unlocked(hidden, Role.ATTORNEY) as office:
        view = checked(office, SURVIVOR)
        assert view.check_id is not None
        decide_conflict(office, SURVIVOR, view.check_id, Decision.WAIVED, "Rosalía agreed", NOW)
        assert "conflict decided" in [line.action for line in case_history(office, SURVIVOR)]
    for role in (Role.PARALEGAL, Role.VOLUNTEER):
        with unlocked(hidden, role) as office:
            view = checked(office, SURVIVOR)
            assert view.outcome is Outcome.WAIVED
            assert view.reason == ""
            told = [line.action for line in case_history(office, SURVIVOR)]
            assert not [action for action in told if "conflict" in action]


def test_a_volunteer_never_sees_anybody(hidden: Path) -> None:
    with unlocked(hidden, Role.VOLUNTEER) as office:
        outcomes = {case_id: checked(office, case_id) for case_id in range(1, 8)}
        assert all(view.matches == () for view in outcomes.values())
        assert outcomes[PLAIN].outcome is Outcome.ASK
        # The abuser stands in a table her keys don't open: nobody told her, nobody may.
        assert outcomes[ABUSER].outcome is Outcome.NO_MATCH_SO_FAR
        assert outcomes[NOBODY].outcome is Outcome.NO_MATCH_SO_FAR
        assert not any(view.may_decide or view.may_clear for view in outcomes.values())
        assert {row[1] for row in kept(office)} == {0}


def test_a_volunteers_check_is_made_whole_by_who_opens_the_case_next(hidden: Path) -> None:
    with unlocked(hidden, Role.VOLUNTEER) as office:
        checked(office, ABUSER)
        checked(office, NOBODY)
        assert open_conflict_questions(office) == ()
    with unlocked(hidden, Role.PARALEGAL) as office:
        waiting = open_conflict_questions(office)
        assert [(one.case_id, one.waits_for) for one in waiting] == [
            (ABUSER, "protected comparison"),
            (NOBODY, "protected comparison"),
        ]
        assert checked(office, ABUSER).outcome is Outcome.ASK
        assert checked(office, NOBODY).outcome is Outcome.NO_MATCH
        assert open_conflict_questions(office) == ()
    with unlocked(hidden, Role.ATTORNEY) as office:
        assert open_conflict_questions(office) == (ConflictQuestion(ABUSER, NOW, "attorney"),)
    with unlocked(hidden, Role.VOLUNTEER) as office:
        before = len(kept(office))
        assert checked(office, ABUSER).outcome is Outcome.ASK
        assert checked(office, NOBODY).outcome is Outcome.NO_MATCH
        assert len(kept(office)) == before


def test_a_volunteer_who_changes_the_name_makes_the_check_half_again(hidden: Path) -> None:
    with unlocked(hidden, Role.PARALEGAL) as office:
        checked(office, NOBODY)
    with unlocked(hidden, Role.VOLUNTEER) as office:
        save_answer(office, NOBODY, Person, None, "surname", "Cheng", NOW)
        assert checked(office, NOBODY).outcome is Outcome.NO_MATCH_SO_FAR
    with unlocked(hidden, Role.ATTORNEY) as office:
        assert open_conflict_questions(office)[0].waits_for == "protected comparison"


def test_a_volunteer_with_the_folder_and_a_debugger_learns_nothing(hidden: Path) -> None:
    with unlocked(hidden, Role.VOLUNTEER) as office:
        for case_id in range(1, 8):
            checked(office, case_id)
        keys = dict(office.keys)
    with unlocked(hidden, Role.PARALEGAL) as office:
        for case_id in range(1, 8):
            checked(office, case_id)
    with unlocked(hidden, Role.ATTORNEY) as office:
        for case_id in (SURVIVOR, ABUSER, EMPLOYER, PLAIN):
            view = checked(office, case_id)
            assert view.check_id is not None
            reason = "Rosalía Ajpacajá and Óscar Menjívar agreed"
            decide_conflict(office, case_id, view.check_id, Decision.WAIVED, reason, NOW)
        whole = dict(office.keys)
    mine, everything = Sealer(keys), Sealer(whole)
    assert Key.PROTECTED not in keys
    with raw_office(hidden, keys[Key.FILE]) as raw:
        checks = raw.execute("SELECT * FROM conflict_checks").fetchall()
        names = [column[1] for column in raw.execute("PRAGMA table_info(conflict_checks)")]
    rows = [dict(zip(names, row, strict=True)) for row in checks]
    read, clear = [], []
    for row in rows:
        for column, value in row.items():
            if not isinstance(value, bytes) or column == "identity_mac":
                clear.append(str(value))
                continue
            for keep in Compartment:
                if keep.value and mine.opens(keep):
                    try:
                        spot = place("conflict_checks", column, row["id"])
                        read.append((column, json.loads(mine.open(keep, spot, value))))
                    except Exception:  # noqa: BLE001, S112 - an attack tries everything
                        continue
    assert ("found", []) in read
    assert all(told == [] for column, told in read if column == "found")
    assert not [column for column, _ in read if column == "reason"]
    # Of the searched words only those of the case's own client and adverse parties.
    assert not [told for _, told in read if "abuser" in str(told) or "Óscar" in str(told)]
    assert not [word for word in clear if "ajpa" in word.lower() or "menj" in word.lower()]
    # The same attack with every key finds it: it works.
    both = [
        everything.open(
            Compartment.BOTH, place("conflict_checks", "found", row["id"]), row["found"]
        )
        for row in rows
        if row["keep"] == "both"
    ]
    assert any("Menjívar" in text for text in both)


def test_a_coordinator_may_not_check(hidden: Path) -> None:
    with unlocked(hidden, Role.COORDINATOR) as office:
        with pytest.raises(NotAllowed):
            check_conflicts(office, 1, NOW)
        with pytest.raises(NotAllowed):
            open_conflict_questions(office)


def test_the_oldest_question_comes_first(hidden: Path) -> None:
    with unlocked(hidden, Role.ATTORNEY) as office:
        for hours, case_id in enumerate((ABUSER, SURVIVOR, PLAIN)):
            check_conflicts(office, case_id, NOW + timedelta(hours=hours))
        assert [one.case_id for one in open_conflict_questions(office)] == [
            ABUSER,
            SURVIVOR,
            PLAIN,
        ]
