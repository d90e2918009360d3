"""The shipped entries against the notes they were taken from, where those are at hand."""

import re
from pathlib import Path

import pytest

from intake_app.core.authorities import VERIFIED, Mandate, Status
from intake_app.core.authority_files import read_authorities
from intake_app.core.vocabulary import State

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "authorities"
NOTES = ROOT.parent / "shared" / "law" / "sources.md"
LIBRARY = read_authorities({f.name: f.read_text("utf-8") for f in FOLDER.glob("*.toml")})

with_notes = pytest.mark.skipif(not NOTES.is_file(), reason="the notes are not here")

ELSEWHERE = {"L38": "C24", "L39": "C25", "L40": "C27"}
"""Rows that only point to another entry."""

STATES_ONLY = {
    "L23": [
        "MS",
        "SC",
        "AR",
        "MO",
        "OK",
        "SD",
        "UT",
        "MT",
        "AZ",
        "OH",
        "KY",
        "NE",
        "WY",
        "ND",
        "AK",
    ],
    "L43": ["ME", "NM", "VT", "RI", "HI", "NV", "DC"],
}
"""Rows of several states of which no law was seen: they stand in states.toml."""

STATUS = {
    "C33": Status.VERIFIED_SECONDARY,
    "L10": Status.UNVERIFIED,  # the article in force was not seen; the old one is TX251
    "L13": Status.CONSISTENT,  # what was seen of Georgia's law in its own words is L13A
    "D02": Status.CONSISTENT,  # the outcome is only reported
    "D05": Status.UNVERIFIED,  # an inference
    "V03": Status.VERIFIED_SECONDARY,
    "L20": Status.CONSISTENT,
}
"""Where a row has more than one status, or none in so many words: the careful one."""

_FORMS = (
    *("I247OLD", "I247AUG", "I247JUN", "I247DEC", "I247TW", "I247D", "I247N", "I247X"),
    *("I247A", "I247AS", "I247AR", "I247G", "I200", "I205", "P01"),
)


def rows() -> dict[str, list[str]]:
    """The rows of the tables whose first cell is an id, of sections 1 to 7."""
    text = NOTES.read_text("utf-8").split("\n## 8.")[0]
    found = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if re.fullmatch(r"[FCMLDV]\d\d", cells[0]):
            found[cells[0]] = cells
    return found


def said_status(cells: list[str]) -> Status:
    whole = cells[-1]
    if "VERIFIED-PRIMARY" in whole:
        return Status.VERIFIED_PRIMARY
    if "CONSISTENT" in whole:
        return Status.CONSISTENT
    if re.match(r"UNVERIFIED", whole):
        return Status.UNVERIFIED
    return Status.VERIFIED_SECONDARY


@with_notes
def test_every_row_of_the_notes_has_its_entry() -> None:
    found = rows()
    assert len(found) == 14 + 12 + 19 + 5 + 22 + 14 + 5 + 17
    for name in found:
        if name in STATES_ONLY:
            assert all(
                LIBRARY.states[code].mandate is Mandate.UNKNOWN for code in STATES_ONLY[name]
            )
        else:
            assert ELSEWHERE.get(name, name) in LIBRARY.authorities, name


@with_notes
def test_every_entry_has_the_status_the_notes_give_it() -> None:
    for name, cells in rows().items():
        if name in STATES_ONLY or name in ELSEWHERE:
            continue
        entry = LIBRARY.authorities[name]
        wanted = STATUS.get(name) or said_status(cells)
        if name not in STATUS and wanted is Status.VERIFIED_PRIMARY and ";" in cells[-1]:
            # Parts of it were seen in other texts only: then either is said.
            assert entry.status in VERIFIED, name
        else:
            assert entry.status is wanted, name


@with_notes
def test_every_quotation_stands_in_the_notes_to_the_byte() -> None:
    notes = NOTES.read_text("utf-8").replace('\\"', '"')
    quoted = {name: one.quotation for name, one in LIBRARY.authorities.items() if one.quotation}
    quoted |= {name: one.quotation for name, one in LIBRARY.states.items() if one.quotation}
    assert len(quoted) > 60
    for name, quotation in quoted.items():
        assert f'"{quotation}"' in notes or name == "M02", name
        assert quotation in notes, name


@with_notes
def test_a_quotation_of_a_row_that_was_seen_is_in_its_entry() -> None:
    for name, cells in rows().items():
        entry = LIBRARY.authorities.get(name)
        cell = next((one for one in cells[3:] if re.match(r'(\(\w+\) |Title: )?"', one)), None)
        if entry is None or cell is None or name.startswith("L10") or entry.status not in VERIFIED:
            continue
        whole = cell.replace('\\"', "'")
        words = re.search(r'"([^"]*)"', whole)
        assert words is not None
        assert entry.quotation is not None, name
        assert entry.quotation.replace('"', "'") == words.group(1), name


def test_the_forms_and_the_policy_are_there() -> None:
    assert set(_FORMS) <= set(LIBRARY.authorities)
    assert LIBRARY.authorities["I247JUN"].status is Status.UNVERIFIED
    assert LIBRARY.authorities["I247A"].quotation == (
        "for a period not to exceed 48 hours beyond the time he or she would otherwise have been "
        "released"
    )


def test_every_state_is_listed_and_only_an_unknown_one_has_no_citation() -> None:
    assert {state.value for state in State} == set(LIBRARY.states)
    for rule in LIBRARY.states.values():
        assert rule.citation or rule.mandate is Mandate.UNKNOWN


def test_what_is_old_after_how_many_days() -> None:
    for name, one in LIBRARY.authorities.items():
        if name[0] == "F" or one.binds == {"nationwide"}:
            assert one.stale_after_days == 365, name
        if re.match(r"L\d", name) and name != "L21":
            assert one.stale_after_days == 180, name
    for pending in ("C36", "L21", "V17"):
        assert LIBRARY.authorities[pending].stale_after_days == 30
    assert {rule.stale_after_days for rule in LIBRARY.states.values()} == {180}


def test_cautions_the_library_enforces() -> None:
    entries = LIBRARY.authorities
    blocked = {name for name, one in entries.items() if one.blocked}
    assert blocked == {"C33", "TX251", "V15", "V16", "SM2021", "C06V"}
    assert entries["C26"].paired_with == ("C27",)
    assert entries["C29"].paired_with == entries["C30"].paired_with == ("C11",)
    assert entries["C28"].not_in == {"MT"}
    assert (entries["M01"].quotation or "").endswith("federal law")
    assert not any(name.startswith("O") for name in entries)
    assert not entries["C10"].print_quotation


def test_a_letter_never_calls_anybody_an_alien_in_our_own_words() -> None:
    for name, one in LIBRARY.authorities.items():
        for text in one.print_words.values():
            own = re.sub(r"Warrant for Arrest of Alien", "", text)
            assert not re.search(r"\b(alien|illegal|undocumented)\b", own, re.IGNORECASE), name
