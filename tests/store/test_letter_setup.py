"""What an office sets up for letters: kept, sealed, told in the history, and read once."""

from dataclasses import replace

import pytest

from intake_app.core.directory import DirectoryEntry
from intake_app.core.errors import AppError
from intake_app.core.fields import Compartment
from intake_app.core.letters.letter_setup import LetterSetup, SignatureBlock
from intake_app.core.letters.options import Signer
from intake_app.core.letters.own_kinds import OwnKind
from intake_app.core.roles import Role
from intake_app.core.vocabulary import AddresseeKind
from intake_app.store.addressees import keep_entry, remove_entry
from intake_app.store.history import open_value
from intake_app.store.letter_setup import letter_setup
from intake_app.store.letterhead import save_block, save_letterhead, save_logo
from intake_app.store.office import Office
from intake_app.store.own_kinds import keep_own_kind, remove_own_kind
from intake_app.workflows.set_letterhead import signers_of
from tests.conftest import NOW
from tests.offices import unlocked

SHERIFF = DirectoryEntry(
    AddresseeKind.JAIL,
    agency="Ñandú County Jail",
    name="Robin Example",
    lines=("100 Example Road", "Town"),
    county="Ñandú",
    state="FL",
    email="robin@example.org",
)
OWN = OwnKind("ours", "Our request", "decline", "title: one")


def told(office: Office) -> list[tuple[str, str | None, str | None]]:
    """The lines of history that belong to no case, from the second on."""
    with office.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT seq, action, before, after FROM history WHERE case_id IS NULL AND record IN "
            "('addressees', 'letter_logo', 'signature_blocks', 'office_letter_kinds', 'office') "
            "ORDER BY seq"
        ).all()

    def words(side: str, seq: int, kept: bytes | None) -> str | None:
        return open_value(office.sealer, Compartment.FACTS, side, seq, kept)

    return [(action, words("before", seq, b), words("after", seq, a)) for seq, action, b, a in rows]


def test_a_new_office_has_nothing(office: Office) -> None:
    assert letter_setup(office) == LetterSetup((), None, {}, {})


def test_an_entry_is_kept_changed_and_removed_and_history_tells_it(office: Office) -> None:
    kept = keep_entry(office, SHERIFF, NOW)
    assert kept.id
    changed = keep_entry(office, replace(kept, name="Lee Example"), NOW)
    keep_entry(office, changed, NOW)
    with unlocked_again(office) as again:
        assert letter_setup(again).directory == (changed,)
        remove_entry(again, changed.id, NOW)
        assert letter_setup(again).directory == ()
        with pytest.raises(AppError, match="no longer in the directory"):
            keep_entry(again, changed, NOW)
        with pytest.raises(AppError, match="no longer in the directory"):
            remove_entry(again, changed.id, NOW)
        lines = told(again)
        assert [line[0] for line in lines] == [
            "addressee added", "addressee changed", "addressee removed",
        ]  # fmt: skip
        assert "Robin Example" in str(lines[1][1])
        assert "Lee Example" in str(lines[1][2])
        assert again.damage() == []


def unlocked_again(office: Office) -> Office:
    office.close()
    return unlocked(office.folder)


def test_no_word_of_the_directory_is_in_a_plain_column(office: Office) -> None:
    keep_entry(office, SHERIFF, NOW)
    with office.reading() as connection:
        for table in ("addressees", "history"):
            rows = repr(connection.exec_driver_sql(f"SELECT * FROM {table}").all())  # noqa: S608
            assert "Robin" not in rows
            assert "Example Road" not in rows


def test_a_coordinator_s_keys_open_no_addressee(staffed: Office) -> None:
    keep_entry(staffed, SHERIFF, NOW)
    staffed.close()
    with unlocked(staffed.folder, Role.COORDINATOR) as office:
        assert letter_setup(office).directory == ()


def test_it_is_read_once_until_something_changes(office: Office) -> None:
    first = letter_setup(office)
    assert letter_setup(office) is first
    save_logo(office, b"png", NOW)
    assert letter_setup(office).logo == b"png"
    save_logo(office, b"another", NOW)
    save_logo(office, None, NOW)
    save_logo(office, None, NOW)
    assert letter_setup(office).logo is None
    assert [line[0] for line in told(office)] == ["logo added", "logo changed", "logo removed"]


def test_the_letterhead_is_renewed_and_told(office: Office) -> None:
    old = office.profile
    save_letterhead(office, "Another Name", old.letterhead, NOW)
    save_letterhead(office, "Another Name", old.letterhead, NOW)
    with unlocked_again(office) as again:
        assert again.profile == replace(old, name="Another Name")
        assert told(again) == [("letterhead changed", old.name, "Another Name")]


def test_a_member_s_own_block(staffed: Office) -> None:
    staffed.close()
    with unlocked(staffed.folder, Role.ATTORNEY) as office:
        block = SignatureBlock("", ("Bar No. 1",))
        save_block(office, block, NOW)
        save_block(office, block, NOW)
        assert letter_setup(office).blocks == {office.member.id: block}
        assert signers_of(office) == (Signer(office.member.name, "Attorney", block.lines),)
        save_block(office, SignatureBlock(), NOW)
        assert letter_setup(office).blocks == {}
        assert [line[0] for line in told(office)] == ["signature changed"] * 2


def test_history_keeps_every_text_of_an_own_kind(office: Office) -> None:
    keep_own_kind(office, OWN, NOW)
    keep_own_kind(office, replace(OWN, text="title: two"), NOW)
    keep_own_kind(office, replace(OWN, text="title: two"), NOW)
    remove_own_kind(office, "ours", NOW)
    assert letter_setup(office).own_kinds == {}
    with pytest.raises(AppError, match="no longer among"):
        remove_own_kind(office, "ours", NOW)
    keep_own_kind(office, OWN, NOW)
    (own,) = letter_setup(office).own_kinds.values()
    assert (own.text, own.changed_by) == ("title: one", office.member.name)
    lines = told(office)
    assert [line[0].removeprefix("letter kind ") for line in lines] == [
        "added", "changed", "removed", "added",
    ]  # fmt: skip
    assert str(lines[1][1]).endswith("title: one")
    assert str(lines[2][1]).endswith("title: two")
