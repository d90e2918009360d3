"""Letters kept: one draft of each kind, approved ones never changed, nothing told to others."""

import hashlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.core.fields import Compartment
from intake_app.core.letters.consented import Opened
from intake_app.core.letters.gate import Overridden
from intake_app.core.letters.options import Edit, LetterOptions
from intake_app.core.roles import Key, Role
from intake_app.core.vocabulary import FactGroup, LetterResult, SentBy
from intake_app.store import letter_changes, letters
from intake_app.store.letter_register import letter_outcomes
from intake_app.store.letters import Frozen, KeptAuthority, KeptLetter, Stage
from intake_app.store.office import Office
from intake_app.store.sealing import Locked, Sealer
from intake_app.workflows.case_history import case_history
from intake_app.workflows.record_letter import record_answer, record_sending
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.offices import raw_office, unlocked

KIND, TITLE = "certification", "Request for a U certification"
WORDS = "She was hurt by Víctor Ochoa"
FROZEN = Frozen(
    text=WORDS,
    letter='{"as": "JSON"}',
    authorities=(KeptAuthority("F01", "8 C.F.R. § 287.7", date(2026, 11, 1)),),
    consents=(Opened(FactGroup.VICTIM, 7, "Police", date(2026, 11, 2), date(2027, 2, 2)),),
    overrides=(Overridden("STATE", "The law is unsettled.", "I read it today."),),
    template_version="abc",
    library_version="2026.11",
    reply_by=NOW + timedelta(days=1),
    pdf=b"%PDF-1.7 " + bytes(range(256)) * 300,
)
CHOSEN = LetterOptions(edits=(Edit("p1", "was", "now"),), overrides={"STATE": "I read it today."})


def draft(office: Office, case: int, options: LetterOptions = CHOSEN, at: datetime = NOW) -> int:
    with office.writing() as connection:
        return letter_changes.keep_draft(office, connection, case, KIND, TITLE, options, at)


def found(office: Office, number: int) -> KeptLetter:
    with office.reading() as connection:
        return letters.find_letter(office, connection, number)


def approved(office: Office, case: int, frozen: Frozen = FROZEN) -> KeptLetter:
    number = draft(office, case)
    with office.writing() as connection:
        kept = letters.find_letter(office, connection, number)
        return letter_changes.freeze(office, connection, kept, TITLE, CHOSEN, frozen, NOW)


def told(office: Office, case: int) -> list[str]:
    return [one.action for one in case_history(office, case) if one.record == "Letter"]


def test_there_is_one_draft_of_a_kind_and_edits_make_no_history(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    number = draft(office, case)
    later = NOW + timedelta(hours=1)
    edited = replace(CHOSEN, next_step="We will sue.")
    assert draft(office, case, edited, later) == number
    kept = found(office, number)
    assert (kept.options, kept.stage, kept.kind) == (edited, Stage.DRAFT, KIND)
    assert (kept.version, kept.replaces, kept.changed_at) == (1, None, later)
    assert told(office, case) == ["made"]


def test_what_is_approved_comes_back_whole(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    kept = approved(office, case)
    assert kept == found(office, kept.id)
    assert (kept.stage, kept.approved_by, kept.approved_at) == (Stage.APPROVED, "A. Ruiz", NOW)
    for name in (
        "text",
        "letter",
        "authorities",
        "consents",
        "overrides",
        "template_version",
        "library_version",
        "reply_by",
    ):
        assert getattr(kept, name) == getattr(FROZEN, name), name
    assert kept.options == CHOSEN
    assert kept.sha256 == hashlib.sha256(FROZEN.pdf).hexdigest()
    with office.reading() as connection:
        assert letters.read_pdf(office, connection, kept.id) == FROZEN.pdf
    (line, _) = (one for one in case_history(office, case) if one.record == "Letter")
    assert line.action == "approved"
    assert kept.sha256 in line.after
    assert not line.undoable
    assert office.damage() == []


def test_a_new_version_stands_beside_the_one_it_replaces(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    first = approved(office, case)
    second = approved(office, case, replace(FROZEN, text="Better words", pdf=b"%PDF another"))
    third = found(office, draft(office, case))
    assert [one.version for one in (first, second, third)] == [1, 2, 3]
    assert [one.replaces for one in (first, second, third)] == [None, first.id, second.id]
    assert found(office, first.id) == first
    with office.reading() as connection:
        assert letters.read_pdf(office, connection, first.id) == FROZEN.pdf
        assert letters.read_pdf(office, connection, second.id) == b"%PDF another"
    assert office.damage() == []


def test_an_approved_letter_is_neither_approved_again_nor_discarded(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    kept = approved(office, case)
    with office.writing() as connection, pytest.raises(AppError, match="kept for good"):
        letter_changes.discard_draft(office, connection, kept, TITLE, NOW)
    with office.writing() as connection, pytest.raises(AppError, match="approved already"):
        letter_changes.freeze(office, connection, kept, TITLE, CHOSEN, FROZEN, NOW)


def test_a_discarded_draft_is_gone_and_the_next_one_is_new(office: Office) -> None:
    case = start_intake(office, NOW).case_id
    number = draft(office, case)
    with office.writing() as connection:
        letter_changes.discard_draft(
            office, connection, letters.find_letter(office, connection, number), TITLE, NOW
        )
    with pytest.raises(AppError, match="no longer in the case"):
        found(office, number)
    assert draft(office, case) != number
    assert told(office, case) == ["made", "discarded", "made"]


CHANGES = (
    "content = x'00'",
    "pdf = NULL",
    "kind = x'00'",
    "sha256 = x'00'",
    "stage = 'draft'",
    "version = 9",
    "reply_by = NULL",
    "approved_at = '2020'",
    "removed_at = '2026'",
)


@pytest.mark.parametrize("change", CHANGES)
def test_the_file_itself_refuses_to_change_what_was_approved(office: Office, change: str) -> None:
    case = start_intake(office, NOW).case_id
    approved(office, case)
    folder, key = office.folder, office.keys[Key.FILE]
    office.close()
    with raw_office(folder, key) as raw:
        with pytest.raises(sqlcipher.DatabaseError, match="never changed"):
            raw.execute(f"UPDATE letters SET {change}")  # noqa: S608 - words of this test
        # What is recorded later is no part of it.
        raw.execute("UPDATE letters SET sent_on = '2026-11-23', replaces = NULL")
    with unlocked(folder) as opened:
        assert opened.damage() == []


def _resealed(sealer: Sealer, raw: Any, column: str, content: bytes) -> None:
    """What a member with every key and a bare connection could write."""
    where = f"letters.{column}:1"
    sealed = sealer.seal_bytes(Compartment.BOTH, where, content, letter_changes.STEP)
    raw.execute(f"UPDATE letters SET {column} = ?", (sealed,))  # noqa: S608


@pytest.mark.parametrize(
    "harm",
    ["pdf", "pdf and hash", "content", "deleted", "unapproved", "cut", "never approved"],
)
def test_the_check_finds_an_approved_letter_that_was_changed(office: Office, harm: str) -> None:
    case = start_intake(office, NOW).case_id
    kept = approved(office, case)
    folder, key, sealer = office.folder, office.keys[Key.FILE], Sealer(dict(office.keys))
    office.close()
    with raw_office(folder, key) as raw:
        raw.execute("DROP TRIGGER letters_kept")
        if harm in ("pdf", "pdf and hash"):
            _resealed(sealer, raw, "pdf", b"%PDF other words")
        if harm == "pdf and hash":
            other = hashlib.sha256(b"%PDF other words").hexdigest()
            sealed = sealer.seal(Compartment.BOTH, f"letters.sha256:{kept.id}", other)
            raw.execute("UPDATE letters SET sha256 = ?", (sealed,))
        if harm == "content":
            (content,) = raw.execute("SELECT content FROM letters").fetchone()
            plain = sealer.open_bytes(Compartment.BOTH, "letters.content:1", content)
            _resealed(sealer, raw, "content", plain.replace(b"was hurt", b"was free"))
        if harm == "deleted":
            raw.execute("DELETE FROM letters")
        if harm == "unapproved":
            raw.execute("UPDATE letters SET stage = 'draft'")
        if harm == "cut":
            raw.execute("UPDATE letters SET pdf = NULL")
        if harm == "never approved":
            raw.execute(
                "INSERT INTO letters (case_id, made_at, made_by, changed_at, stage, version, kind,"
                " content) SELECT case_id, made_at, made_by, changed_at, stage, 2, kind, content"
                " FROM letters"
            )
    with unlocked(folder) as opened:
        assert any("no longer as approved" in said for said in opened.damage())
        if harm == "pdf":
            with opened.reading() as connection, pytest.raises(OfficeDamaged):
                letters.read_pdf(opened, connection, kept.id)


def test_a_check_by_a_volunteer_misses_no_letter_and_cries_no_wolf(staffed: Office) -> None:
    case = start_intake(staffed, NOW).case_id
    approved(staffed, case)
    folder, key = staffed.folder, staffed.keys[Key.FILE]
    staffed.close()
    for role in (Role.VOLUNTEER, Role.COORDINATOR):
        with unlocked(folder, role) as opened:
            assert opened.damage() == []
    with raw_office(folder, key) as raw:
        raw.execute("DELETE FROM letters")
    with unlocked(folder, Role.VOLUNTEER) as opened:
        assert any("no longer as approved" in said for said in opened.damage())


def test_a_volunteer_with_her_keys_and_the_file_learns_neither_kind_nor_words(
    staffed: Office,
) -> None:
    case = start_intake(staffed, NOW).case_id
    kept = approved(staffed, case)
    record_sending(staffed, kept.id, date(2026, 11, 22), SentBy.PORTAL, NOW)
    record_answer(staffed, kept.id, None, None, LetterResult.CERTIFIED, "signed today", NOW)
    folder, key = staffed.folder, staffed.keys[Key.FILE]
    other = start_intake(staffed, NOW).case_id
    with staffed.writing() as connection:
        letter_changes.keep_draft(
            staffed, connection, other, "decline", "Other", LetterOptions(), NOW
        )
    staffed.close()
    with raw_office(folder, key) as raw:
        rows = raw.execute("SELECT * FROM letters ORDER BY id").fetchall()
        names = [one[1] for one in raw.execute("PRAGMA table_info(letters)").fetchall()]
        lines = raw.execute(
            "SELECT action, field, before, after FROM history WHERE record = 'letters'"
        ).fetchall()
    everything = repr((rows, lines)).lower()
    for word in ("certif", "portal", "hurt", "ochoa", "signed today", "i247", "decline"):
        assert word not in everything
    # The kind can't be told from how long anything is.
    first, second = (dict(zip(names, row, strict=True)) for row in rows)
    for column in ("kind", "content"):
        assert len(first[column]) == len(second[column]), column
    with unlocked(folder, Role.VOLUNTEER) as opened:
        for column in ("kind", "sent_by", "result"):
            with pytest.raises(Locked):
                opened.sealer.open(Compartment.PROTECTED, f"letters.{column}:1", first[column])
        with pytest.raises(Locked):
            opened.sealer.open_bytes(Compartment.BOTH, "letters.content:1", first["content"])
        assert not told(opened, case)


def test_a_coordinators_keys_count_kinds_and_open_nothing_else(staffed: Office) -> None:
    case = start_intake(staffed, NOW).case_id
    kept = approved(staffed, case)
    draft(staffed, start_intake(staffed, NOW).case_id)
    record_sending(staffed, kept.id, date(2026, 11, 22), SentBy.FAX, NOW)
    record_answer(staffed, kept.id, None, None, LetterResult.CERTIFIED, "a secret", NOW)
    folder = staffed.folder
    staffed.close()
    with unlocked(folder, Role.COORDINATOR) as opened, opened.reading() as connection:
        (one,) = letter_outcomes(opened, connection)
        assert (one.kind, one.approved_on, one.sent_on) == (KIND, NOW.date(), NOW.date())
        assert (one.sent_by, one.answer, one.result) == (SentBy.FAX, None, LetterResult.CERTIFIED)
        row = connection.exec_driver_sql("SELECT * FROM letters WHERE id = 1").one()
        for column in ("sha256", "reply_by", "note"):
            with pytest.raises(Locked):
                opened.sealer.open(Compartment.BOTH, f"letters.{column}:1", getattr(row, column))
        for column in ("content", "pdf"):
            with pytest.raises(Locked):
                opened.sealer.open_bytes(
                    Compartment.BOTH, f"letters.{column}:1", getattr(row, column)
                )
