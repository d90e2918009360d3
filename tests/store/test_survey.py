"""Survey responses on the disk: what somebody with the file and every key can't tell from them.

The attacker decrypts each page of the file and of the log beside it and reads the b-tree of the
table by hand, as a forensic tool does: the rows, where in the page each was put, and what was
left in the room between them.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from intake_app.core.fields import questions, title_of
from intake_app.core.roles import Key, Role
from intake_app.core.survey import (
    FearReason,
    KnowsDeported,
    StatusGroup,
    SurveyLanguage,
    SurveyResponse,
    SurveyYesNo,
    YearsHere,
)
from intake_app.store import survey
from intake_app.store.office import Office
from intake_app.store.office_file import DATABASE
from intake_app.workflows.keep_survey_response import keep_survey_response
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import raw_office, rows_and_schema, unlocked

TABLE = title_of(SurveyResponse).table
PAGE, USED = 4096, 4016


def response(number: int) -> SurveyResponse:
    """One of 96 different responses; the n-th is not the n-th of any order of its answers."""
    return SurveyResponse(
        language=list(SurveyLanguage)[number % 4],
        afraid=SurveyYesNo.YES if number % 3 else SurveyYesNo.NO,
        reason=list(FearReason)[number % 6] if number % 3 else None,
        knows_deported=list(KnowsDeported)[number % 4],
        years_here=list(YearsHere)[number % 5],
        status=list(StatusGroup)[number // 20 % 5],
    )


def keep_many(office: Office, count: int) -> None:
    for number in range(count):
        keep_survey_response(office, response(number), NOW + timedelta(minutes=number))


@dataclass(frozen=True)
class Cell:
    """A row as it lies in a page: its number in the file, and where in the page it was put."""

    row: int
    page: int
    offset: int


def decrypted(folder: Path, key: bytes) -> dict[int, bytes]:
    """Every page of the database file without its cipher, by number.

    SQLCipher 4 with a raw key: AES-256-CBC, 4096-byte pages that end in 16 bytes of IV and 64 of
    HMAC; the first page starts with 16 bytes of salt.
    """
    data = (folder / DATABASE).read_bytes()
    pages = {}
    for number, at in enumerate(range(0, len(data), PAGE), start=1):
        page = data[at : at + PAGE]
        cipher = Cipher(algorithms.AES256(key), modes.CBC(page[USED : USED + 16])).decryptor()
        salt = 16 if number == 1 else 0
        pages[number] = bytes(salt) + cipher.update(page[salt:USED]) + cipher.finalize()
    return pages


def leaves(pages: dict[int, bytes], root: int) -> Iterator[int]:
    """The leaf pages of a table, from left to right (file format 1.6 of SQLite)."""
    page = pages[root]
    if page[0] == 13:
        yield root
        return
    assert page[0] == 5
    count = int.from_bytes(page[3:5], "big")
    for cell in range(count):
        at = int.from_bytes(page[12 + 2 * cell : 14 + 2 * cell], "big")
        yield from leaves(pages, int.from_bytes(page[at : at + 4], "big"))
    yield from leaves(pages, int.from_bytes(page[8:12], "big"))


def varint(page: bytes, at: int) -> tuple[int, int]:
    """A number as SQLite writes it, and where the next thing stands."""
    value = 0
    for used in range(9):
        byte = page[at + used]
        if used == 8:
            return (value << 8) | byte, at + 9
        value = (value << 7) | (byte & 0x7F)
        if byte < 0x80:
            return value, at + used + 1
    raise AssertionError


def cells(page: bytes, number: int) -> list[Cell]:
    """The rows of a leaf page, in the order of their numbers."""
    count = int.from_bytes(page[3:5], "big")
    found = []
    for cell in range(count):
        offset = int.from_bytes(page[8 + 2 * cell : 10 + 2 * cell], "big")
        _length, at = varint(page, offset)
        found.append(Cell(varint(page, at)[0], number, offset))
    return found


def loot(folder: Path, key: bytes) -> tuple[dict[int, bytes], list[int]]:
    """The decrypted pages of a closed office, and which are the leaves of the survey."""
    with raw_office(folder, key) as raw:
        (root,) = raw.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (TABLE,)
        ).fetchone()
    pages = decrypted(folder, key)
    return pages, list(leaves(pages, root))


def test_a_row_is_a_random_number_a_quarter_and_the_answers(office: Office) -> None:
    keep_many(office, 1)
    with office.reading() as connection:
        ((number, quarter, *answers),) = connection.exec_driver_sql(
            f"SELECT * FROM {TABLE}"  # noqa: S608 - our own table
        ).fetchall()
    assert number > 2**48
    assert quarter == "2026-Q4"
    assert answers == ["en", "no", None, "none", None, None, "under_1", "born", None]


def test_the_table_has_no_column_that_could_tell_who_or_when(office: Office, folder: Path) -> None:
    with office.reading() as connection:
        columns = [
            (row[1], row[2]) for row in connection.exec_driver_sql(f"PRAGMA table_info({TABLE})")
        ]
        assert not connection.exec_driver_sql(f"PRAGMA foreign_key_list({TABLE})").fetchall()
        assert not connection.exec_driver_sql(f"PRAGMA index_list({TABLE})").fetchall()
    assert columns == [
        ("id", "INTEGER"),
        ("quarter", "TEXT"),
        *((asked.name, "TEXT") for asked in questions(SurveyResponse)),
    ]
    assert all(asked.vocabulary is not None for asked in questions(SurveyResponse))


def test_numbers_are_62_random_bits(office: Office) -> None:
    keep_many(office, 60)
    with office.reading() as connection:
        numbers = [
            row[0]
            for row in connection.exec_driver_sql(f"SELECT id FROM {TABLE}")  # noqa: S608
        ]
    assert len(set(numbers)) == 60
    assert all(0 <= number < 2**62 for number in numbers)
    # Each of the upper bits is set in some and not in others (missed once in 2**55 runs).
    for bit in range(62):
        assert len({number >> bit & 1 for number in numbers}) == 2


def test_nothing_else_in_the_file_changes(office: Office, folder: Path) -> None:
    """No history line, no draft, nothing that ties a member or a moment to a response."""
    start_intake(office, NOW)
    key = office.keys[Key.FILE]
    with raw_office(folder, key) as raw:
        before = rows_and_schema(raw)
    keep_many(office, 3)
    with raw_office(folder, key) as raw:
        after = rows_and_schema(raw)
    changed = [
        now[0]
        for was, now in zip(before, after, strict=True)
        if was != now and isinstance(now, tuple)
    ]
    assert changed == [TABLE]


def test_the_file_does_not_show_which_response_came_first(office: Office, folder: Path) -> None:
    keep_many(office, 150)
    key = office.keys[Key.FILE]
    office.close()
    pages, found = loot(folder, key)
    rows = [cell for number in found for cell in cells(pages[number], number)]
    assert len(rows) == 150
    assert len(found) > 1
    numbers = [cell.row for cell in rows]
    assert numbers == sorted(numbers)
    for number in found:
        offsets = [cell.offset for cell in cells(pages[number], number)]
        # Where a row lies follows from its random number alone: the next one lies right below.
        assert offsets == sorted(offsets, reverse=True)


def test_no_bytes_of_an_earlier_response_lie_between_the_rows(office: Office, folder: Path) -> None:
    keep_many(office, 150)
    key = office.keys[Key.FILE]
    office.close()
    pages, found = loot(folder, key)
    for number in found:
        page = pages[number]
        lowest = min(cell.offset for cell in cells(page, number))
        count = int.from_bytes(page[3:5], "big")
        assert int.from_bytes(page[1:3], "big") == 0, "no freed room inside the page"
        assert set(page[8 + 2 * count : lowest]) <= {0}
    # Nor anywhere else: each response stands in the file once.
    everything = b"".join(pages.values())
    answers = b"2026-Q4ht"
    kept = sum(1 for number in range(150) if response(number).language == "ht")
    assert everything.count(answers) == kept


def test_the_layout_is_the_same_in_whatever_order_responses_come(
    office: Office, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same 40 rows, forwards and backwards: the pages are the same, byte for byte."""
    key = office.keys[Key.FILE]
    numbers = [int.from_bytes(os.urandom(8), "big") >> 2 for _ in range(40)]
    layouts = []
    for order in (range(40), range(39, -1, -1)):
        with office.writing() as connection:
            connection.exec_driver_sql(f"DELETE FROM {TABLE}")  # noqa: S608 - our own table
        for number in order:
            monkeypatch.setattr(survey, "_random_number", lambda at=number: numbers[at])
            with office.writing() as connection:
                survey.keep_response(connection, response(number), "2026-Q4")
        with office.reading() as connection:
            survey.leave_no_order(connection)
        pages, found = loot(folder, key)
        layouts.append([(number, pages[number]) for number in found])
    assert layouts[0] == layouts[1]


def test_the_log_beside_the_file_is_empty_once_a_response_is_kept(
    office: Office, folder: Path
) -> None:
    """Otherwise it would show which case was worked on right before."""
    start_intake(office, NOW)
    assert (folder / f"{DATABASE}-wal").stat().st_size > 0
    keep_many(office, 1)
    assert (folder / f"{DATABASE}-wal").stat().st_size == 0


def test_a_response_survives_closing_and_opening(office: Office, folder: Path) -> None:
    keep_many(office, 5)
    office.close()
    with unlocked(folder, Role.ADMINISTRATOR) as again:
        with again.reading() as connection:
            assert survey.count_by_quarter(connection) == {"2026-Q4": 5}
        assert again.damage() == []


def test_quarters_are_counted_one_by_one(office: Office) -> None:
    for days, times in ((0, 3), (60, 2)):
        for number in range(times):
            keep_survey_response(office, response(number), NOW + timedelta(days=days))
    with office.reading() as connection:
        assert survey.count_by_quarter(connection) == {"2026-Q4": 3, "2027-Q1": 2}
