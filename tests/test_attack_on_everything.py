"""The attack of `test_coordinator_attack.py` on everything an office can hold, backups too.

One word stands in all that tells who somebody is, another in all that tells who is a victim, and
both in what is both. A coordinator must find the first nowhere, a volunteer the second; then what
a volunteer with a debugger can still tell is measured, and compared with what the README admits.
"""

import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from intake_app.core.answers import to_stored
from intake_app.core.backups import BackupReason
from intake_app.core.casefile import RECORDS, Abuser, AdverseParty, Intake, Person, Protection
from intake_app.core.directory import DirectoryEntry
from intake_app.core.document_media import Media
from intake_app.core.fields import Compartment, Kind, questions, title_of
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Key, Role
from intake_app.core.survey import SurveyResponse, SurveyYesNo
from intake_app.core.vocabulary import AddresseeKind, YesNo
from intake_app.store.keyring import KeyFile, new_keys
from intake_app.store.office import Office
from intake_app.store.sealing import Sealer
from intake_app.workflows.add_document import add_document
from intake_app.workflows.addressees import keep_addressee, remove_addressee
from intake_app.workflows.approve_letter import approve_letter
from intake_app.workflows.back_up_office import back_up_office
from intake_app.workflows.check_conflicts import check_conflicts
from intake_app.workflows.decide_conflict import hold_for_conflict
from intake_app.workflows.delete_case import delete_case
from intake_app.workflows.import_cases import import_cases
from intake_app.workflows.keep_draft import keep_draft
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.keep_survey_response import keep_survey_response
from intake_app.workflows.open_case import open_case
from intake_app.workflows.remove_document import remove_document
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.steps import whole
from intake_app.workflows.take_file import TakenFile
from tests import papers
from tests.conftest import NOW, PASSPHRASE
from tests.examples import EVERY_QUESTION, example
from tests.full_tour import COLUMNS
from tests.letters import DECLINE, case_for_a_letter
from tests.marks import forms
from tests.offices import new_office, raw_office, staff, tables_of, unlocked
from tests.soak import SOAK
from tests.test_coordinator_attack import Loot, attack

WHO, VICTIM = "Qvázyrmoktép", "Wíxubandorqu"
WORDS = {
    Compartment.IDENTITY: WHO,
    Compartment.PROTECTED: VICTIM,
    Compartment.BOTH: f"{WHO} {VICTIM}",
}


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder as a thief gets it, with its backups and a -wal."""
    folder = tmp_path_factory.mktemp("everything") / "office"
    with new_office(folder).office as office:
        staff(office)
        rows = (
            f'{COLUMNS}\n1,M,W,29,2014-05-01,"Mexico",54,{WHO},MB,,2014-05-03,SENTENCE COMPLETE\n'
        )
        import_cases(office, rows.encode(), None, NOW)
    with unlocked(folder, Role.ATTORNEY) as office:
        _fill(office)
    with unlocked(folder) as office:
        back_up_office(office, BackupReason.BY_HAND, NOW)
        save_answer(office, 1, Intake, None, "caller_name", f"{WHO} in the log", NOW)
        thief = folder.parent / "taken"
        shutil.copytree(folder, thief)
    assert (thief / "office.db-wal").stat().st_size > 0
    return thief


def _fill(office: Office) -> None:
    """Everything a member can make, and everything she can delete."""
    first = _answered(office)
    second = start_intake(office, NOW).case_id
    save_answer(office, second, Person, None, "surname", WHO, NOW)
    save_answer(
        office,
        second,
        Abuser,
        add_entry(office, second, Abuser, NOW).entry_id,
        "name",
        f"{WHO} {VICTIM}",
        NOW,
    )
    for protected in (False, True):
        words = f"{WHO} {VICTIM}" if protected else WHO
        paper = TakenFile(papers.pdf(words=words), Media.PDF, f"Paper {words}")
        picture = papers.png(seed=words.encode())
        for case in (first, second):
            made = whole(add_document(office, case, paper, picture, NOW, protected=protected))
        remove_document(office, made.id, NOW)
    check_conflicts(office, first, NOW)
    hold_for_conflict(office, first, NOW)
    kept = [
        keep_addressee(office, DirectoryEntry(AddresseeKind.JAIL, agency=f"{WHO} {k}"), NOW)
        for k in range(2)
    ]
    remove_addressee(office, kept[0].id, NOW)
    other = case_for_a_letter(office)
    save_answer(office, other, Person, None, "surname", WHO, NOW)
    approve_letter(office, other, DECLINE, LetterOptions(), NOW)
    keep_letter(office, other, DECLINE, LetterOptions(enclosures=(f"The paper of {WHO}",)), NOW)
    keep_draft(office, other, Protection, None, _free_text(Protection), f"Half {VICTIM}")
    keep_draft(office, other, Intake, None, "caller_name", f"Half {WHO}")
    keep_survey_response(office, SurveyResponse(afraid=SurveyYesNo.YES), NOW)
    abuser = add_entry(office, first, Abuser, NOW).entry_id
    save_answer(office, first, Abuser, abuser, "name", f"{WHO} {VICTIM}", NOW)
    remove_entry(office, first, Abuser, abuser, NOW)
    open_case(office, first, NOW)
    delete_case(office, second, NOW)


def _free_text(cls: type) -> str:
    kinds = (Kind.LINE, Kind.TEXT)
    return next(asked.name for asked in questions(cls) if asked.kind in kinds)


def _answered(office: Office) -> int:
    case = start_intake(office, NOW).case_id
    rows = {
        cls: add_entry(office, case, cls, NOW).entry_id for cls in RECORDS if title_of(cls).many
    }
    for cls, asked in EVERY_QUESTION:
        value = example(cls, asked)
        if asked.kind in (Kind.LINE, Kind.TEXT) and asked.keep in WORDS:
            value = f"{WORDS[asked.keep]} {asked.name}"
        elif asked.kind in (Kind.LINE, Kind.TEXT):
            value = "plain"
        save_answer(office, case, cls, rows.get(cls), asked.name, value, NOW)
    return case


def _places(taken: Path) -> list[Path]:
    """The office, and the backup made when everything stood in it: an office of its own."""
    return [taken, *taken.glob("backups/*-by-hand")]


def _loots(taken: Path, role: Role, work: Path) -> list[Loot]:
    found = []
    for number, place in enumerate(_places(taken)):
        (work / str(number)).mkdir()
        found.append(attack(place, role, work / str(number)))
    return found


def _holds(loot: Loot, word: str) -> list[str]:
    """Where the word came out."""
    wanted = forms(word)
    where = [
        f"{table}.{column}"
        for (table, column), texts in loot.opened.items()
        if any(one in "\n".join(texts).encode() for one in wanted)
    ]
    if any(one in loot.pages for one in wanted):
        where.append("the pages")
    return where


def test_whoever_holds_every_key_finds_both_words_everywhere(taken: Path, tmp_path: Path) -> None:
    """So the attack is seen to open whatever is there to be opened."""
    assert len(_places(taken)) == 2
    loots = _loots(taken if SOAK else _places(taken)[1], Role.PARALEGAL, tmp_path)
    tables = {"documents", "person", "history", "cases", "addressees", "letters"}
    for loot in loots:
        assert tables <= {where.partition(".")[0] for where in _holds(loot, WHO)}
        assert {"documents", "abuser", "history"} <= {
            where.partition(".")[0] for where in _holds(loot, VICTIM)
        }


def test_a_coordinator_finds_nobody_in_any_of_it(taken: Path, tmp_path: Path) -> None:
    for loot in _loots(taken, Role.COORDINATOR, tmp_path):
        assert _holds(loot, WHO) == []
        # She was inside; every free text about a victim may name her, and is shut too.
        assert len({column for _table, column in loot.opened}) > 5
        assert _holds(loot, VICTIM) == []


def test_a_volunteer_finds_no_victim_fact_in_any_of_it(taken: Path, tmp_path: Path) -> None:
    for loot in _loots(taken, Role.VOLUNTEER, tmp_path):
        assert _holds(loot, VICTIM) == []
        assert _holds(loot, WHO), "she was inside: names are hers"


def test_no_file_of_the_folder_holds_either_word(taken: Path) -> None:
    """Key file and its copy, lock, mark, tries, what is said of a backup: for a thief."""
    names = {path.name for path in taken.rglob("*") if path.is_file()}
    assert {"office.db", "keys.json", "keys-copy.json", "backup.json", "office.mark"} <= names
    wanted = forms(WHO) | forms(VICTIM)
    for path in taken.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(one in content for one in wanted), path.name


SEEN = {
    "protection": "that the section was begun",
    "history": "that answers of the section were changed, when and by whom",
}
"""What a volunteer with the file and a debugger can tell of a case: the README says it."""


def test_what_a_volunteer_with_a_debugger_can_still_tell_is_what_is_admitted(
    tmp_path: Path,
) -> None:
    """Two cases alike but for one: of her alone the victim section was answered."""
    folder = tmp_path / "office"
    with new_office(folder).office as office:
        staff(office)
    with unlocked(folder, Role.ATTORNEY) as office:
        cases = []
        for answer in (YesNo.YES, YesNo.NO, None):
            case = start_intake(office, NOW).case_id
            cases.append(case)
            save_answer(office, case, Person, None, "surname", "Alike", NOW)
            save_answer(
                office,
                case,
                AdverseParty,
                add_entry(office, case, AdverseParty, NOW).entry_id,
                "name",
                "Party",
                NOW,
            )
            if answer is not None:
                save_answer(office, case, Protection, None, "survivor", answer, NOW)
    key = KeyFile.read(folder).slot(Role.VOLUNTEER.value).open(PASSPHRASE)[Key.FILE]
    with raw_office(folder, key) as raw:
        victim, asked, silent = (_traces(raw, case) for case in cases)
    # Whether she is one can't be told from one who was asked and is none: not even by a length.
    assert victim == asked
    differs = {table for table in victim | silent if victim.get(table) != silent.get(table)}
    assert differs == set(SEEN)


def _traces(raw: Any, case: int) -> dict[str, list[object]]:
    """All that stands in the open about a case: rows, lengths of what is sealed, plain words."""
    found: dict[str, list[object]] = defaultdict(list)
    for table in tables_of(raw):
        names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
        if "case_id" not in names:
            continue
        told = f"SELECT * FROM {table} WHERE case_id = ?"  # noqa: S608 - its own names
        for row in raw.execute(told, (case,)):
            values = dict(zip(names, row, strict=True))
            found[table].append(
                tuple(
                    (name, len(value) if isinstance(value, bytes) else value)
                    for name, value in values.items()
                    if name not in ("id", "seq", "case_id", "entry_id", "mac")
                )
            )
    return dict(found)


def test_no_length_tells_which_answer_was_chosen() -> None:
    """Every answer of a sealed question of choices is as long as every other, once sealed."""
    sealer, looked_at = Sealer(new_keys()), 0
    for _cls, asked in EVERY_QUESTION:
        if asked.kind is not Kind.CHOICE or asked.keep is Compartment.FACTS:
            continue
        words = [str(to_stored(asked, one)) for one in asked.vocabulary or ()]
        lengths = {len(sealer.seal(asked.keep, "a place", word)) for word in words}
        assert len(lengths) == 1, asked.name
        looked_at += 1
    assert looked_at > 20
