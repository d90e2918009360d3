"""Who of a case is compared with whom: the person held, the parties against her, her abusers.

A caller is no party: who calls for somebody else is not represented and is not against anybody.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from intake_app.core.answers import show_date
from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import Abuser, AdverseParty, OtherName, Person, Phone
from intake_app.core.conflicts import Party, Stands
from intake_app.core.name_likeness import split_name
from intake_app.core.names import written_name
from intake_app.core.vocabulary import DateStatus

ANSWERS: dict[type, tuple[str, ...]] = {
    Person: (
        *("given", "middle", "surname", "second_surname", "suffix", "preferred_name"),
        *("born", "born_status", "a_number"),
    ),
    OtherName: ("name",),
    Phone: ("number",),
    AdverseParty: ("name", "born"),
    Abuser: ("name", "born"),
}
"""The answers a conflict check compares."""

_SHORTEST_PHONE = 7
_SHORTEST_A_NUMBER = 7


@dataclass(frozen=True)
class Asked:
    """Somebody of a case to be looked for.

    entry_id: the row of the adverse party or abuser, 0 for the client. words: her names, birth
    date and numbers as they were searched for.
    """

    entry_id: int
    name: str
    words: str
    party: Party


def client_party(person: Person, others: Iterable[OtherName], phones: Iterable[Phone]) -> Party:
    """The person held, with every name she is known by."""
    surname = " ".join(part for part in (person.surname, person.second_surname) if part)
    given = " ".join(part for part in (person.given, person.middle) if part)
    names = [split_name(given, surname)]
    if person.preferred_name:
        names.append(split_name(person.preferred_name, surname))
    names += [split_name(other=other.name) for other in others if other.name]
    a_number = _digits(person.a_number or "")
    numbers = [_digits(phone.number or "")[-10:] for phone in phones]
    return Party(
        Stands.CLIENT,
        tuple(dict.fromkeys(name for name in names if name.parts)),
        person.born,
        person.born_status is DateStatus.APPROXIMATE,
        a_number.zfill(9) if len(a_number) >= _SHORTEST_A_NUMBER else "",
        tuple(dict.fromkeys(one for one in numbers if len(one) >= _SHORTEST_PHONE)),
    )


def other_party(record: AdverseParty | Abuser) -> Party:
    """A party against a client, or somebody she must be kept safe from."""
    stands = Stands.ABUSER if isinstance(record, Abuser) else Stands.ADVERSE
    name = split_name(other=record.name or "")
    return Party(stands, (name,) if name.parts else (), record.born)


def asked_in(case: CaseFile) -> tuple[Asked, ...]:
    """Everybody of a case who can be looked for, as far as the member's keys open it."""
    return tuple(_asked(case))


def _asked(case: CaseFile) -> Iterator[Asked]:
    person = case.one(Person)
    party = client_party(person, case.all(OtherName), case.all(Phone))
    if _enough(person, party):
        said = [
            written_name(person),
            f"called {person.preferred_name}" if person.preferred_name else "",
            *(f"also {other.name}" for other in case.all(OtherName) if other.name),
            f"born {show_date(person.born)}" if person.born else "",
            f"A-number {person.a_number}" if person.a_number else "",
            *(f"telephone {phone.number}" for phone in case.all(Phone) if phone.number),
        ]
        yield Asked(0, written_name(person), "; ".join(one for one in said if one), party)
    others: tuple[Entry[AdverseParty] | Entry[Abuser], ...]
    others = (*case.kept(AdverseParty), *case.kept(Abuser))
    for entry in others:
        record = entry.record
        party = other_party(record)
        if party.names:
            born = f"; born {show_date(record.born)}" if record.born else ""
            name = record.name or ""
            yield Asked(entry.id, name, f"{party.stands.value}: {name}{born}", party)


def _enough(person: Person, party: Party) -> bool:
    surname = bool(person.surname or person.second_surname)
    known = sum((bool(person.given or person.preferred_name), surname, person.born is not None))
    return bool(party.a_number) or (surname and known >= 2)


def missing_for_check(case: CaseFile) -> str:
    """What must be answered before the person can be looked for; empty where enough is there."""
    person = case.one(Person)
    if _enough(person, client_party(person, case.all(OtherName), case.all(Phone))):
        return ""
    if not (person.surname or person.second_surname):
        return "surname" if person.given else "name"
    return "given name or date of birth"


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark in "0123456789")
