"""Who of a case is looked for, and what must be known of her first."""

import pytest

from intake_app.core.casefile import Abuser, AdverseParty, OtherName, Person, Phone
from intake_app.core.conflict_parties import asked_in, missing_for_check
from intake_app.core.conflicts import Stands
from intake_app.core.partial_date import PartialDate
from tests.cases import case_of


@pytest.mark.parametrize(
    ("person", "missing"),
    [
        (Person(), "name"),
        (Person(given="José"), "surname"),
        (Person(surname="Núñez"), "given name or date of birth"),
        (Person(surname="Núñez", born=PartialDate(1984)), ""),
        (Person(given="José", second_surname="Ibáñez"), ""),
        (Person(preferred_name="Pepe", surname="Núñez"), ""),
        (Person(a_number="A204 118 730"), ""),
        (Person(a_number="12"), "name"),
    ],
)
def test_what_must_be_known_first(person: Person, missing: str) -> None:
    case = case_of(person)
    assert missing_for_check(case) == missing
    assert bool(asked_in(case)) == (not missing)


def test_everybody_of_a_case_is_asked_about_with_all_her_names() -> None:
    case = case_of(
        Person(given="José", surname="Núñez", preferred_name="Pepe", a_number="A-04118730"),
        OtherName(name="El Chino"),
        Phone(number="+1 (305) 555-0142"),
        Phone(number="5"),
        AdverseParty(name="Gulf Coast Poultry"),
        AdverseParty(),
        Abuser(name="Óscar Menjívar", born=PartialDate(1979)),
    )
    client, employer, abuser = asked_in(case)
    assert len(client.party.names) == 3
    assert (client.party.a_number, client.party.phones) == ("004118730", ("3055550142",))
    assert "also El Chino" in client.words
    assert (employer.party.stands, employer.entry_id) == (Stands.ADVERSE, 5)
    assert abuser.words == "abuser: Óscar Menjívar; born 1979"
