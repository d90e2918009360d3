"""Each change of the office's own tables is taken back as a new change, by whoever may make it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from intake_app.core.casefile import Person
from intake_app.core.directory import DirectoryEntry
from intake_app.core.errors import AppError, NotAllowed
from intake_app.core.letters.own_kinds import OwnKind
from intake_app.core.poverty_guidelines import GuidelineKey
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import AddresseeKind, PurgePart
from intake_app.store.addressees import read_directory
from intake_app.store.backups.record import second_folder
from intake_app.store.history import Line, forget_values
from intake_app.store.letterhead import read_blocks, read_logo
from intake_app.store.members import add_member
from intake_app.store.office import Office
from intake_app.store.office_history import Deed, DeedKind, DeedQuery, read_deeds
from intake_app.store.own_kinds import read_own_kinds
from intake_app.store.retention.rules import read_rules
from intake_app.workflows.addressees import addressees_of, keep_addressee, remove_addressee
from intake_app.workflows.back_up_office import set_second_folder
from intake_app.workflows.bring_back import bring_back
from intake_app.workflows.delete_case import delete_case
from intake_app.workflows.deleted_things import deleted_things
from intake_app.workflows.open_case import open_case
from intake_app.workflows.own_kinds import copy_of, keep_own_kind, own_kinds_of, remove_own_kind
from intake_app.workflows.retention_rules import add_rule, remove_rule
from intake_app.workflows.save_case import save_answer
from intake_app.workflows.set_holidays import add_holiday, remove_holiday
from intake_app.workflows.set_letterhead import (
    remove_logo,
    set_letterhead,
    set_logo,
    set_own_block,
)
from intake_app.workflows.set_poverty_guideline import (
    TypedGuideline,
    remove_poverty_guideline,
    set_poverty_guideline,
)
from intake_app.workflows.start_intake import start_intake
from intake_app.workflows.undo_office_change import office_change, undo_office_change
from tests import papers
from tests.conftest import NOW, PASSPHRASE
from tests.offices import new_office, staff, unlocked

Do = Callable[[Office], object]
DAY = date(2027, 3, 31)
LATER = NOW + timedelta(days=2)
GUIDELINE = TypedGuideline(date(2026, 1, 15), "48", Decimal("16000.55"), Decimal(5_600), "INVENTED")
KEY = GuidelineKey(date(2026, 1, 15), "48")
ALASKA = replace(GUIDELINE, region="AK", first_person=Decimal(20_000), each_more=Decimal(7_000))
JAIL = DirectoryEntry(AddresseeKind.JAIL, agency="Ñandú County Jail", lines=("1 Road", "Miami"))


def guideline(office: Office, typed: TypedGuideline, replaces: GuidelineKey | None = None) -> None:
    assert set_poverty_guideline(office, typed, LATER, replaces, sure=True) == ()


def jail(office: Office) -> DirectoryEntry:
    return addressees_of(office)[0]


def ours(office: Office) -> OwnKind:
    return own_kinds_of(office)[0]


def ends(own: OwnKind, words: str) -> OwnKind:
    return replace(own, text=own.text.rstrip() + f"\n\n{words}\n")


def rule_id(office: Office) -> int:
    with office.reading() as connection:
        return read_rules(connection)[0].rule.id


ACTS: dict[str, tuple[Role, Do | None, Do]] = {
    "name": (
        Role.ATTORNEY,
        None,
        lambda o: set_letterhead(o, "Another Office", o.profile.letterhead, LATER),
    ),
    "lines": (
        Role.ATTORNEY,
        lambda o: set_letterhead(o, o.profile.name, "1 Road\nMiami", NOW),
        lambda o: set_letterhead(o, o.profile.name, "", LATER),
    ),
    "name and lines": (Role.ATTORNEY, None, lambda o: set_letterhead(o, "Another", "2 Way", LATER)),
    "logo added": (Role.ATTORNEY, None, lambda o: set_logo(o, papers.png(), LATER)),
    "logo changed": (
        Role.ATTORNEY,
        lambda o: set_logo(o, papers.png(), NOW),
        lambda o: set_logo(o, papers.png(90, 20), LATER),
    ),
    "logo removed": (
        Role.ATTORNEY,
        lambda o: set_logo(o, papers.png(), NOW),
        lambda o: remove_logo(o, LATER),
    ),
    "signature": (
        Role.ATTORNEY,
        lambda o: set_own_block(o, "Attorney", "Bar no. 1\nFlorida", NOW),
        lambda o: set_own_block(o, "Chief", "", LATER),
    ),
    "first signature": (Role.ATTORNEY, None, lambda o: set_own_block(o, "Chief", "Bar", LATER)),
    "signature gone": (
        Role.ATTORNEY,
        lambda o: set_own_block(o, "", "Bar no. 1", NOW),
        lambda o: set_own_block(o, "", "", LATER),
    ),
    "entry added": (Role.PARALEGAL, None, lambda o: keep_addressee(o, JAIL, LATER)),
    "entry changed": (
        Role.PARALEGAL,
        lambda o: keep_addressee(o, JAIL, NOW),
        lambda o: keep_addressee(
            o,
            replace(jail(o), kind=AddresseeKind.ICE, state="FL", lines=(), telephone="555"),
            LATER,
        ),
    ),
    "entry removed": (
        Role.PARALEGAL,
        lambda o: keep_addressee(o, replace(JAIL, state="FL"), NOW),
        lambda o: remove_addressee(o, jail(o).id, LATER),
    ),
    "kind added": (
        Role.ATTORNEY,
        None,
        lambda o: keep_own_kind(o, replace(copy_of(o, "decline"), key="ours"), LATER, new=True),
    ),
    "kind changed": (
        Role.ATTORNEY,
        lambda o: keep_own_kind(o, replace(copy_of(o, "decline"), key="ours"), NOW, new=True),
        lambda o: keep_own_kind(o, replace(ends(ours(o), "Thanks."), title="Other"), LATER),
    ),
    "kind removed": (
        Role.ATTORNEY,
        lambda o: keep_own_kind(o, replace(copy_of(o, "decline"), key="ours"), NOW, new=True),
        lambda o: remove_own_kind(o, "ours", LATER),
    ),
    "day added": (Role.ADMINISTRATOR, None, lambda o: add_holiday(o, DAY, "Chavez Day", LATER)),
    "day renamed": (
        Role.ADMINISTRATOR,
        lambda o: add_holiday(o, DAY, "Cesar Chavez Day", NOW),
        lambda o: add_holiday(o, DAY, "Farmworkers’ Day", LATER),
    ),
    "day removed": (
        Role.ADMINISTRATOR,
        lambda o: add_holiday(o, DAY, "Cesar Chavez Day", NOW),
        lambda o: remove_holiday(o, DAY, LATER),
    ),
    "figures entered": (Role.ADMINISTRATOR, None, lambda o: guideline(o, GUIDELINE)),
    "figures corrected": (
        Role.ADMINISTRATOR,
        lambda o: set_poverty_guideline(o, GUIDELINE, NOW),
        lambda o: guideline(
            o,
            replace(GUIDELINE, effective_on=date(2026, 1, 16), source="(b) checked (c)"),
            replaces=KEY,
        ),
    ),
    "two figures made one": (
        Role.ADMINISTRATOR,
        lambda o: [set_poverty_guideline(o, one, NOW, sure=True) for one in (GUIDELINE, ALASKA)],
        lambda o: guideline(o, replace(ALASKA, region="48"), replaces=replace(KEY, region="AK")),
    ),
    "figures removed": (
        Role.ADMINISTRATOR,
        lambda o: set_poverty_guideline(o, replace(GUIDELINE, source="a) (b"), NOW),
        lambda o: remove_poverty_guideline(o, KEY, LATER),
    ),
    "rule set": (Role.ADMINISTRATOR, None, lambda o: add_rule(o, PurgePart.NARRATIVE, 84, LATER)),
    "rule replaced": (
        Role.ADMINISTRATOR,
        lambda o: add_rule(o, PurgePart.NARRATIVE, 84, NOW),
        lambda o: add_rule(o, PurgePart.NARRATIVE, 12, LATER),
    ),
    "rule removed": (
        Role.ADMINISTRATOR,
        lambda o: add_rule(o, PurgePart.IDENTITY, 120, NOW),
        lambda o: remove_rule(o, rule_id(o), LATER),
    ),
    "first folder": (
        Role.ADMINISTRATOR,
        None,
        lambda o: set_second_folder(o, o.folder.parent / "one", LATER),
    ),
    "another folder": (
        Role.ADMINISTRATOR,
        lambda o: set_second_folder(o, o.folder.parent / "one", NOW),
        lambda o: set_second_folder(o, o.folder.parent / "two", LATER),
    ),
}
"""Who does it, what has to be there before, and what she does."""


def tables(office: Office) -> dict[str, object]:
    """Everything this can be about, as it stands in the file and in the open office."""
    with office.reading() as connection:
        rules = [(one.rule.part, one.rule.months) for one in read_rules(connection)]
        folder = second_folder(connection)
    kinds = read_own_kinds(office).values()
    return {
        "profile": office.profile,
        "logo": read_logo(office),
        "blocks": dict(read_blocks(office)),
        "directory": read_directory(office),
        "kinds": [(one.key, one.title, one.like, one.text) for one in kinds],
        "reference": office.reference,
        "rules": rules,
        "folder": folder,
    }


def deeds(office: Office) -> tuple[Deed, ...]:
    """The history of the office as this member would be shown it, newest first."""
    with office.reading() as connection:
        return read_deeds(office, connection, DeedQuery(), limit=-1).deeds


def newest(office: Office) -> int:
    return deeds(office)[0].seq


@pytest.fixture(scope="module")
def kept_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undo") / "office"
    with new_office(folder).office as office:
        staff(office)
    return folder


@pytest.fixture
def copied(kept_office: Path, tmp_path: Path) -> Path:
    """An office with a member of each role, and two places for backups beside it."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    return Path(shutil.copytree(kept_office, tmp_path / "office"))


@pytest.mark.parametrize("name", ACTS)
def test_each_change_is_taken_back_and_done_again(copied: Path, name: str) -> None:
    role, first, act = ACTS[name]
    with unlocked(copied, role) as office:
        if first is not None:
            first(office)
        before, line = tables(office), newest(office)
        act(office)
        after, made = tables(office), [one for one in deeds(office) if one.seq > line]
        assert before != after
        assert len(made) == (2 if name == "name and lines" else 1)
        for one in made:
            assert one.why_not == ""
            undo_office_change(office, one.seq, LATER)
            told = deeds(office)[0]
            assert told.words.endswith(" (undo)")
            assert told.why_not == ""
        assert tables(office) == before
        for one in made:
            with pytest.raises(AppError, match="changed again later"):
                undo_office_change(office, one.seq, LATER)
        assert tables(office) == before
        for one in deeds(office)[: len(made)]:
            undo_office_change(office, one.seq, LATER)
        assert tables(office) == after
        assert office.damage() == []
    with unlocked(copied, role) as office:
        # What the open office held is what the file holds.
        assert tables(office) == after


@pytest.mark.parametrize("name", [name for name, act in ACTS.items() if act[1] is not None])
def test_a_change_that_was_changed_again_is_left_alone_until_that_is_undone(
    copied: Path, name: str
) -> None:
    role, first, act = ACTS[name]
    assert first is not None
    with unlocked(copied, role) as office:
        empty = tables(office)
        first(office)
        start = tables(office)
        earlier = newest(office)
        act(office)
        latest = newest(office)
        after = tables(office)
        with pytest.raises(AppError, match="changed again later"):
            undo_office_change(office, earlier, LATER)
        assert tables(office) == after
        assert newest(office) == latest
        undo_office_change(office, latest, LATER)
        assert tables(office) == start
        undo_office_change(office, earlier, LATER)
        if name != "two figures made one":
            assert tables(office) == empty


def test_another_thing_of_the_same_table_stands_in_no_way(copied: Path) -> None:
    with unlocked(copied, Role.ADMINISTRATOR) as office:
        entry = keep_addressee(office, JAIL, NOW)
        add_holiday(office, DAY, "Cesar Chavez Day", NOW)
        guideline(office, GUIDELINE)
        add_rule(office, PurgePart.NARRATIVE, 84, NOW)
        set_letterhead(office, "Another Office", office.profile.letterhead, NOW)
        mine = [one.seq for one in deeds(office)[:5]]
        keep_addressee(office, replace(JAIL, agency="Elsewhere"), NOW)
        add_holiday(office, date(2027, 4, 1), "Another", NOW)
        guideline(office, ALASKA)
        add_rule(office, PurgePart.IDENTITY, 120, NOW)
        set_letterhead(office, "Another Office", "2 Way", NOW)
        for seq in mine:
            undo_office_change(office, seq, NOW)
        assert [one.agency for one in read_directory(office)] == ["Elsewhere"]
        assert entry.id not in [one.id for one in read_directory(office)]
        assert list(office.reference.holidays) == [date(2027, 4, 1)]
        assert [one.region for one in office.reference.guidelines] == ["AK"]
        assert office.profile.name != "Another Office"
        assert office.profile.letterhead == "2 Way"
        with office.reading() as connection:
            assert [one.rule.part for one in read_rules(connection)] == [PurgePart.IDENTITY]


def test_figures_come_back_with_whoever_had_checked_them(copied: Path) -> None:
    with unlocked(copied, Role.ATTORNEY) as office:
        set_poverty_guideline(office, GUIDELINE, NOW)
        (entered,) = office.reference.guidelines
    with unlocked(copied) as office:
        remove_poverty_guideline(office, KEY, LATER)
        undo_office_change(office, newest(office), LATER)
        assert office.reference.guidelines == (entered,)
        assert entered.checked_by == "Attorney Person"


NEEDS = {
    "name": Act.SET_UP_OFFICE,
    "logo added": Act.SET_UP_OFFICE,
    "day added": Act.SET_UP_OFFICE,
    "figures entered": Act.SET_UP_OFFICE,
    "signature": Act.APPROVE_LETTERS,
    "kind added": Act.APPROVE_LETTERS,
    "entry added": Act.COMPOSE_LETTERS,
    "rule set": Act.DESTROY,
    "first folder": Act.KEEP_BACKUPS,
}


@pytest.mark.parametrize("role", Role)
def test_who_may_not_make_a_change_may_not_undo_it(copied: Path, role: Role) -> None:
    lines: dict[str, int] = {}
    for name, (by, _first, act) in ACTS.items():
        if name in NEEDS:
            with unlocked(copied, by) as office:
                act(office)
                lines[name] = newest(office)
    with unlocked(copied, role) as office:
        kept = tables(office) if role is not Role.COORDINATOR else {}
        told = {one.seq: one.why_not for one in deeds(office)}
        for name, seq in lines.items():
            if not may(role, NEEDS[name]):
                with pytest.raises(NotAllowed):
                    undo_office_change(office, seq, NOW)
                assert told[seq].startswith(("Only", "Only the attorney")), name
            else:
                assert told[seq] == "", name
        assert kept == (tables(office) if kept else {})
        assert newest(office) == max(lines.values())
        for name, seq in lines.items():
            if may(role, NEEDS[name]):
                undo_office_change(office, seq, NOW)


def test_nobody_undoes_the_signature_of_another(copied: Path) -> None:
    with unlocked(copied) as office:
        add_member(office, "second", "S. Second", Role.ATTORNEY, PASSPHRASE, NOW)
    with unlocked(copied, Role.ATTORNEY) as office:
        set_own_block(office, "Chief", "", NOW)
        seq, kept = newest(office), tables(office)
    with unlocked(copied, "second") as office:
        assert deeds(office)[0].why_not.startswith("Only the attorney who signs")
        with pytest.raises(AppError, match="Only the attorney who signs"):
            undo_office_change(office, seq, NOW)
        # Her own block is another thing.
        set_own_block(office, "Deputy", "", NOW)
        undo_office_change(office, newest(office), NOW)
        assert tables(office) == kept
    with unlocked(copied, Role.ATTORNEY) as office:
        undo_office_change(office, seq, NOW)
        assert read_blocks(office) == {}


def test_what_was_destroyed_or_never_kept_is_said(office: Office) -> None:
    add_holiday(office, DAY, "Cesar Chavez Day", NOW)
    gone = newest(office)
    old = Line(NOW.isoformat(), 1, "logo changed", record="letter_logo")
    plain = Line(
        NOW.isoformat(),
        1,
        "guideline removed",
        record="poverty_guidelines",
        before="2026-01-15 48: 16000.55 + 5600.00 for each further person (INVENTED)",
    )
    with office.writing() as connection:
        forget_values(connection, [gone])
        never, unsaid = office.record(connection, old, plain)
    shown = {one.seq: one.why_not for one in deeds(office)}
    for seq, words in ((gone, "destroyed for good"), (never, "did not keep what stood before")):
        assert words in shown[seq]
        with pytest.raises(AppError, match=words):
            undo_office_change(office, seq, NOW)
    with pytest.raises(AppError, match="did not say who had checked"):
        undo_office_change(office, unsaid, NOW)
    assert office.reference.guidelines == ()
    assert newest(office) == unsaid


def test_an_entry_that_came_back_another_way_is_not_taken_back_twice(office: Office) -> None:
    keep_addressee(office, JAIL, NOW)
    remove_addressee(office, jail(office).id, NOW)
    removed = newest(office)
    (thing,) = deleted_things(office, NOW)
    bring_back(office, thing, NOW)
    with pytest.raises(AppError, match="changed again later"):
        undo_office_change(office, removed, NOW)
    assert len(addressees_of(office)) == 1


def test_an_entry_deleted_long_ago_stays_gone(office: Office) -> None:
    keep_addressee(office, JAIL, NOW)
    remove_addressee(office, jail(office).id, NOW)
    with pytest.raises(AppError, match="more than 30 days ago"):
        undo_office_change(office, newest(office), NOW + timedelta(days=31))
    assert addressees_of(office) == ()


def test_every_other_line_says_why_it_stays(office: Office) -> None:
    staff(office)
    case = start_intake(office, NOW).case_id
    save_answer(office, case, Person, None, "surname", "Núñez", NOW)
    open_case(office, case, NOW)
    delete_case(office, case, NOW)
    kept = newest(office)
    for one in deeds(office):
        assert one.why_not.endswith("."), one.words
        with pytest.raises(AppError, match="can’t be undone"):
            undo_office_change(office, one.seq, NOW)
    with pytest.raises(AppError, match="can’t be undone"):
        undo_office_change(office, 99_999, NOW)
    assert newest(office) == kept
    told = {one.words: one.why_not for one in deeds(office)}
    assert "keys were made or destroyed" in told["Member added: Volunteer Person"]
    assert "“Recently deleted”" in told["Case deleted"]
    assert told["Office created"] == "There is nothing to undo."
    assert {one.kind for one in deeds(office)} >= {DeedKind.MEMBERS, DeedKind.CASES}


TOLD = {
    "name": ("Legal Aid Office of the Bay", "Another Office"),
    "lines": ("1 Road, Miami", ""),
    "logo removed": ("a picture", ""),
    "signature": ("Attorney, Bar no. 1, Florida", "Chief"),
    "entry removed": ("Jail or sheriff, Ñandú County Jail, 1 Road, Miami, FL", ""),
    "day renamed": ("2027-03-31 Cesar Chavez Day", "2027-03-31 Farmworkers’ Day"),
    "rule replaced": ("Narrative, 7 years after closing", "Narrative, 1 year after closing"),
}


@pytest.mark.parametrize("name", TOLD)
def test_what_stood_before_and_after_is_told(copied: Path, name: str) -> None:
    role, first, act = ACTS[name]
    with unlocked(copied, role) as office:
        if first is not None:
            first(office)
        act(office)
        seq = newest(office)
        assert office_change(office, seq) == TOLD[name]
    with unlocked(copied, Role.VOLUNTEER) as office, pytest.raises(NotAllowed):
        office_change(office, seq)


def test_a_kind_of_letter_is_told_by_its_title_and_text(copied: Path) -> None:
    role, first, act = ACTS["kind changed"]
    assert first is not None
    with unlocked(copied, role) as office:
        first(office)
        act(office)
        before, after = office_change(office, newest(office))
        assert after.startswith("Other: ")
        assert after.endswith(" Thanks.")
        assert before.split(": ", 1)[1] == after.split(": ", 1)[1].removesuffix(" Thanks.")
