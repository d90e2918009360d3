"""The office's directory: reading it, keeping an entry, and what fits a letter."""

from collections.abc import Iterable
from datetime import datetime

from intake_app.core.directory import DirectoryEntry, checked_entry
from intake_app.core.names import fold
from intake_app.core.roles import Act, require
from intake_app.core.vocabulary import AddresseeKind
from intake_app.store import addressees as kept
from intake_app.store.letter_setup import letter_setup
from intake_app.store.office import Office


def addressees_of(
    office: Office, kinds: Iterable[AddresseeKind] = (), state: str = ""
) -> tuple[DirectoryEntry, ...]:
    """The entries of these kinds; of every kind where none is named.

    state: two letters; then entries of that state, and of no state. In the order of `kinds`,
    then as they were added. Raises `NotAllowed` for a role that writes no letters.
    `core.addressees.addressee_of(entry)` makes the `Addressee` of a letter from one.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    order = tuple(kinds) or tuple(AddresseeKind)
    found = [
        entry
        for entry in letter_setup(office).directory
        if entry.kind in order and (not state or entry.state in ("", state))
    ]
    return tuple(sorted(found, key=lambda entry: order.index(entry.kind)))


def find_addressees(office: Office, words: str) -> tuple[DirectoryEntry, ...]:
    """The entries in which every typed word begins a word; accents don't matter."""
    wanted = fold(words).split()
    return tuple(entry for entry in addressees_of(office) if _found(entry, wanted))


def keep_addressee(office: Office, entry: DirectoryEntry, now: datetime) -> DirectoryEntry:
    """Add an entry (id 0) or change one; whoever writes letters may, since she learns addresses.

    Raises `BadAnswer` for an entry without agency and name or too long, `AppError` where the
    entry is gone.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    return kept.keep_entry(office, checked_entry(entry), now)


def remove_addressee(office: Office, entry_id: int, now: datetime) -> None:
    """Take an entry out; letters already written keep their address."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    kept.remove_entry(office, entry_id, now)


def _found(entry: DirectoryEntry, wanted: list[str]) -> bool:
    parts = (entry.words, *entry.lines, entry.county, entry.state, entry.kind.label)
    words = fold(" ".join((*parts, entry.telephone, entry.fax, entry.email))).split()
    return all(any(word.startswith(one) for word in words) for one in wanted)
