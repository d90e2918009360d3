"""How checks are kept: sealed, of one length, and comparable for who may compare."""

import pytest

from intake_app.core.conflict_parties import asked_in
from intake_app.core.conflicts import Stands
from intake_app.core.fields import Compartment
from intake_app.core.roles import Role
from intake_app.store.cases import read_case
from intake_app.store.conflict_checks import (
    Decision,
    Found,
    Result,
    checks_of,
    identity_mac,
    keep_check,
    keep_decision,
    waiting,
    widest,
)
from intake_app.store.office import Office
from tests.conftest import NOW
from tests.offices import unlocked
from tests.workflows.test_check_conflicts import case_of


def found(case_id: int, stands: Stands = Stands.CLIENT, bits: float = 20.04) -> Found:
    return Found(
        asked_stands=Stands.CLIENT,
        asked_entry=0,
        case_id=case_id,
        stands=stands,
        entry_id=0,
        name="Núñez, José",
        born="5 Mar 1984",
        number="2026-0002",
        protected=False,
        bits=bits,
        words="possibly the same person",
        reasons=("same name",),
    )


def kept(office: Office, case_id: int, *matches: Found) -> None:
    with office.writing() as connection:
        asked = asked_in(read_case(office, connection, case_id))
        mac = identity_mac(office, case_id, asked, matches)
        keep_check(office, connection, case_id, asked, matches, mac, NOW, None)


def test_a_check_comes_back_as_it_was(office: Office) -> None:
    case_id = case_of(office, given="Jose", surname="Nunez")
    kept(office, case_id, found(2))
    with office.writing() as connection:
        (check,) = checks_of(office, connection, case_id)
        keep_decision(office, connection, case_id, check.id, Decision.WAIVED, "sí, José", NOW)
        (decided,) = checks_of(office, connection, case_id)
    assert (check.result, check.whole, check.decision) == (Result.POSSIBLE, True, None)
    assert check.found[0].told == found(2).told
    assert check.searched == ("Jose Nunez",)
    assert (decided.decision, decided.reason) == (Decision.WAIVED, "sí, José")
    assert decided.decided_at == NOW


@pytest.mark.parametrize("count", [1, 2, 15])
def test_the_length_of_what_was_found_does_not_tell_how_many(office: Office, count: int) -> None:
    case_id = case_of(office, given="Jose", surname="Nunez")
    kept(office, case_id, *(found(number) for number in range(2, count + 2)))
    with office.reading() as connection:
        length = connection.exec_driver_sql("SELECT length(found) FROM conflict_checks").scalar()
    assert 8_192 < int(length or 0) < 8_500


def test_the_hash_follows_what_a_volunteer_may_compare_and_nothing_else(office: Office) -> None:
    case_id = case_of(office, given="Jose", surname="Nunez")
    with office.reading() as connection:
        asked = asked_in(read_case(office, connection, case_id))
    plain = identity_mac(office, case_id, asked, [found(2)])
    assert plain == identity_mac(office, case_id, asked, [found(2, bits=31)])
    assert plain == identity_mac(office, case_id, asked, [found(2), found(3, Stands.ABUSER)])
    assert plain != identity_mac(office, case_id, asked, [found(2), found(3)])
    assert plain != identity_mac(office, case_id + 1, asked, [found(2)])


def test_a_volunteer_opens_her_own_check_and_not_a_paralegals(staffed: Office) -> None:
    case_id = case_of(staffed, given="Jose", surname="Nunez")
    kept(staffed, case_id, found(2))
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.VOLUNTEER) as office:
        assert widest(office) is Compartment.IDENTITY
        kept(office, case_id, found(2))
        with office.reading() as connection:
            mine, hers = checks_of(office, connection, case_id)
            (half,) = waiting(connection)
        assert (mine.opened, mine.whole, mine.found) == (True, False, ())
        assert (hers.opened, hers.whole, hers.found) == (False, True, ())
        assert (half.whole, half.result) == (False, Result.POSSIBLE)
