"""The index in memory: finds what it should, and nothing typed can break it."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.names import fold
from intake_app.store.roster import Roster, RosterQuery, RosterRow

NAMES = ["Nguyễn Đặng, Văn", "Hernández López, Carlos", "O’Brien, Seán", "Li, Wu", "Müller, Jo-Ann"]


def row(number: int, name: str, **other: Any) -> RosterRow:
    made = RosterRow(
        case_id=number,
        number=f"2026-{number:04}",
        name=name,
        masked=False,
        status="open",
        facility="North",
        state="FL",
        opened_on="2026-11-22",
        booking_number="",
        detainer_active=False,
        mine=False,
        words=fold(f"{name} 2026-{number:04}"),
    )
    return made._replace(**other)


@pytest.fixture(scope="module")
def roster() -> Roster:
    made = Roster()
    made.add((row(number, name) for number, name in enumerate(NAMES, 1)), 0)
    return made


def found(roster: Roster, text: str) -> list[int]:
    page = roster.page(RosterQuery(text), 0, 100)
    assert roster.count(RosterQuery(text)) == len(page)
    return [one.case_id for one in page]


@pytest.mark.parametrize(
    ("text", "cases"),
    [
        ("", [5, 4, 3, 2, 1]),
        ("nguyen", [1]),
        ("ĐẶNG van", [1]),
        ("ernan", [2]),
        ("carlos lopez", [2]),
        ("obrien", [3]),
        ("o'brien", [3]),
        ("li", [4]),
        ("l", [5, 4, 2]),
        ("wu li", [4]),
        ("jo ann muller", [5]),
        ("jo-ann", [5]),
        ("2026-0003", [3]),
        ("2026", [5, 4, 3, 2, 1]),
        ("nobody", []),
        ("carlos nguyen", []),
        ('"', []),
        ("*", []),
        ("car*", []),
        ("NOT carlos", []),
        ("carlos OR nguyen", []),
        ("words:carlos", []),
        ("carlos)", []),
        ("carlos AND nguyen", []),
    ],
)
def test_finding(roster: Roster, text: str, cases: list[int]) -> None:
    assert found(roster, text) == cases


@given(
    st.one_of(
        st.text(alphabet=st.characters()),
        st.text(alphabet="\"'*()^:+-{}[]~\\%_.,;&|<>= \0\t\nNEARORANDabc"),
    )
)
def test_nothing_typed_breaks_the_search(roster: Roster, text: str) -> None:
    """And what it finds is what a plain look through every row finds."""
    wanted = fold(text).split()
    rows = {number: fold(f"{name} 2026-{number:04}") for number, name in enumerate(NAMES, 1)}
    expected = [n for n in sorted(rows, reverse=True) if all(word in rows[n] for word in wanted)]
    assert found(roster, text) == expected


@pytest.mark.parametrize(
    "pasted", ["x" * 32_000, "'; ab " * 6_000, "\ufdfa" * 32_000, "xx x " * 900]
)
def test_a_page_pasted_by_mistake_is_looked_for_at_once(pasted: str) -> None:
    """Of it all, SQLite would take no thousand words, and half a minute for one that repeats."""
    roster = Roster()
    roster.add([row(1, "x" * 200_000)], 0)
    began = time.process_time()
    assert found(roster, pasted) in ([], [1])
    assert time.process_time() - began < 3
    roster.close()


def test_the_index_follows_each_change() -> None:
    roster = Roster()
    roster.put(row(1, "Too early"))  # before it is loaded the file will tell
    assert roster.count(RosterQuery()) == 0
    roster.add([row(1, "Old Name"), row(2, "Other")], 0)
    assert roster.loaded
    roster.put(row(1, "New Name"))
    roster.put(row(3, "Added"))
    assert [found(roster, text) for text in ("old", "new", "name", "added")] == [[], [1], [1], [3]]
    for _ in range(20):
        roster.put(row(1, "New Name"))
    assert found(roster, "name") == [1]
    roster.close()


def test_parts_filters_and_pages() -> None:
    roster = Roster()
    everybody = [
        row(n, f"Person {n}", state="TX" if n % 2 else "FL", detainer_active=n % 3 == 0,
            status="closed" if n > 8 else "open")
        for n in range(12, 0, -1)
    ]  # fmt: skip
    roster.add(everybody[:5], 8)
    roster.put(row(3, "Not read yet"))
    roster.put(row(13, "Newer"))
    assert [found(roster, text) for text in ("person", "not", "newer")] == [
        [12, 11, 10, 9, 8],
        [],
        [13],
    ]
    roster.add(everybody[5:], 0)
    query = RosterQuery("person", status="open", state="TX", detainer_active=True)
    assert [one.case_id for one in roster.page(query, 0, 10)] == [3]
    assert roster.count(RosterQuery("person", detainer_active=False)) == 8
    everyone = RosterQuery("person")
    pages = [one.case_id for at in (0, 5, 10) for one in roster.page(everyone, at, 5)]
    assert pages == list(range(12, 0, -1))
    assert roster.page(query, 0, 1)[0].state == "TX"
    roster.close()


def test_a_facility_is_one_however_it_is_capitalised_and_mine_narrows_the_list() -> None:
    roster = Roster()
    places = ["Metro West", "METRO WEST", "Krome", "", "Żabno"]
    roster.add(
        (row(n, f"Person {n}", facility=at, mine=n == 2) for n, at in enumerate(places, 1)), 0
    )
    assert [name.casefold() for name in roster.facilities()] == ["krome", "metro west", "żabno"]

    def listed(query: RosterQuery) -> list[int]:
        return [one.case_id for one in roster.page(query, 0, 10)]

    assert listed(RosterQuery(facility="Metro West")) == [2, 1]
    assert listed(RosterQuery("person", facility="metro west", mine=True)) == [2]
    assert roster.count(RosterQuery(mine=True)) == 1
    roster.put(row(2, "Person 2", facility="Elsewhere"))
    assert listed(RosterQuery(facility="Metro West")) == [1]
    assert listed(RosterQuery(mine=True)) == []
    roster.close()
