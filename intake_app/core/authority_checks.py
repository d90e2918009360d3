"""What an office's attorneys checked, corrected, blocked and added, folded over what ships.

The rules:

* A check is of the words the attorney saw. After an update of the program that changed them the
  check counts no more, and the page asks for a new one; a correction of words that are gone takes
  the entry out of letters until an attorney has checked it anew. A block stays.
* "With the source itself" makes an entry `VERIFIED-PRIMARY`. "With another text that gives its
  words" keeps a verified entry `VERIFIED-SECONDARY`, and makes one so that has a quotation. Without
  a quotation an entry that only other texts agree about stays `CONSISTENT`: the day of the check is
  renewed, and a letter still needs a lawyer's tick of its own.
* A corrected or an added entry is `UNVERIFIED`, and so never printed, until it is checked.
* While a corrected rule of a state waits for its check, a duty to comply that stood there stays.
* A correction can't change a quotation: other words are an entry of their own.
* What ships blocked stays blocked.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from intake_app.core.authorities import COMPLY, VERIFIED, Authority, Library, StateRule, Status
from intake_app.core.authority_files import read_office_entry
from intake_app.core.authority_text import entry_hash, entry_text
from intake_app.core.errors import AppError, BadAnswer

Entry = Authority | StateRule
OFFICE_ENTRY = "O"
"""Ids of the office's own entries begin so; no shipped one does."""


class CheckAction(StrEnum):
    """What an attorney did to an entry, as it is kept."""

    WITH_SOURCE = "checked with the source"
    WITH_OTHER = "checked with another text"
    CORRECTED = "corrected"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    ADDED = "added"


@dataclass(frozen=True)
class AuthorityCheck:
    """One act. `entry`: an authority's id, or "state FL".

    of_entry: `entry_hash` of what the attorney saw. text: the entry as TOML after a correction or
    an addition. note: the reason of a block, or anything the attorney noted.
    """

    on: date
    by: str
    entry: str
    action: CheckAction
    of_entry: str
    text: str | None = None
    note: str = ""


@dataclass(frozen=True)
class OfficeLibrary:
    """The library as one office has it.

    checks: every act, by entry, in the order it was done. lapsed: entries the office had checked
    or corrected and whose words a new version of the program has changed since.
    """

    library: Library
    checks: Mapping[str, tuple[AuthorityCheck, ...]] = field(default_factory=dict)
    lapsed: frozenset[str] = frozenset()

    def entry(self, name: str) -> Entry | None:
        """An authority by its id, a state's rule by "state FL"; None where there is none."""
        if name.startswith("state "):
            return self.library.states.get(name.removeprefix("state "))
        return self.library.authorities.get(name)

    def next_id(self) -> str:
        """The id of the next entry of the office's own."""
        taken = [int(one[1:]) for one in self.checks if one.startswith(OFFICE_ENTRY)]
        return f"{OFFICE_ENTRY}{max(taken, default=0) + 1:02}"


def entry_name(entry: Entry) -> str:
    """How checks name it."""
    return entry.id if isinstance(entry, Authority) else f"state {entry.code}"


def fold(shipped: Library, checks: Iterable[AuthorityCheck]) -> OfficeLibrary:
    """The shipped library after all of an office's acts, the oldest first."""
    by_entry: dict[str, tuple[AuthorityCheck, ...]] = {}
    for check in checks:
        by_entry[check.entry] = (*by_entry.get(check.entry, ()), check)
    if not by_entry:
        return OfficeLibrary(shipped)
    authorities, states = dict(shipped.authorities), dict(shipped.states)
    lapsed: set[str] = set()
    for name, acts in by_entry.items():
        entry = OfficeLibrary(shipped).entry(name)
        for act in acts:
            entry = _after(entry, act, shipped, lapsed)
        if isinstance(entry, Authority):
            authorities[entry.id] = entry
        elif entry is not None:
            states[entry.code] = entry
    for one in authorities.values():
        gone = [pair for pair in one.paired_with if pair not in authorities]
        if gone:
            why = f"it goes only with {gone[0]}, which is no longer in the library."
            authorities[one.id] = replace(one, paired_with=(), blocked=True, blocked_reason=why)
    library = Library(authorities, states, _version(shipped, authorities, states))
    return OfficeLibrary(library, by_entry, frozenset(lapsed))


def corrected(before: Entry, text: str, library: Library) -> Entry:
    """The entry as an attorney rewrote it; raise `BadAnswer` where that can't be.

    Its quotation, and whether that may be printed, are not the attorney's to change here.
    """
    after = read_office_entry(text, library)
    if entry_name(after) != entry_name(before):
        raise BadAnswer("A correction can’t make another entry of it. Add an entry instead.")
    if not _same_words(before, after):
        raise BadAnswer(
            "A quotation can’t be changed. Add an entry with the words as you saw them, then "
            "check that one."
        )
    return after


def checked_status(entry: Entry, action: CheckAction) -> Status:
    """How far an entry is checked after it was compared."""
    if action is CheckAction.WITH_SOURCE:
        return Status.VERIFIED_PRIMARY
    known = entry.status in VERIFIED or entry.quotation is not None
    return Status.VERIFIED_SECONDARY if known else Status.CONSISTENT


def may_unblock(name: str, shipped: Library) -> bool:
    """Whether an attorney may lift a block: not one that ships with the program."""
    return name not in shipped.authorities or not shipped.authorities[name].blocked


def _same_words(before: Entry, after: Entry) -> bool:
    if before.quotation != after.quotation:
        return False
    if isinstance(before, Authority) and isinstance(after, Authority):
        return before.print_quotation == after.print_quotation
    return True


def _after(
    entry: Entry | None, act: AuthorityCheck, shipped: Library, lapsed: set[str]
) -> Entry | None:
    """The entry after one more act; None while there is none, as for an act of a lost entry."""
    if entry is None:
        return _unchecked(act) if act.action is CheckAction.ADDED else None
    if act.action in (CheckAction.BLOCKED, CheckAction.UNBLOCKED):
        return _block(entry, act, shipped)
    rewritten = _rewritten(entry, act) if act.action is CheckAction.CORRECTED else entry
    if rewritten is None or act.of_entry != entry_hash(entry):
        lapsed.add(act.entry)
        undone = act.action is CheckAction.CORRECTED
        return replace(entry, status=Status.UNVERIFIED) if undone else entry
    lapsed.discard(act.entry)
    if act.action is CheckAction.CORRECTED:
        return rewritten
    status = checked_status(entry, act.action)
    if isinstance(entry, StateRule):
        entry = replace(entry, until_checked=None)
    return replace(entry, status=status, verified_on=max(entry.verified_on, act.on))


def _unchecked(act: AuthorityCheck) -> Entry | None:
    """The entry in an act's text, not yet compared with anything; None where it can't be read."""
    try:
        read = read_office_entry(act.text or "")
    except AppError:
        return None
    read = replace(read, status=Status.UNVERIFIED, verified_on=act.on)
    return replace(read, blocked=False, blocked_reason="") if isinstance(read, Authority) else read


def _rewritten(entry: Entry, act: AuthorityCheck) -> Entry | None:
    """What a correction made of it; None where its words are none that a correction can make."""
    after = _unchecked(act)
    if after is None or entry_name(after) != act.entry or not _same_words(entry, after):
        return None
    if isinstance(entry, Authority) and isinstance(after, Authority):
        return replace(after, blocked=entry.blocked, blocked_reason=entry.blocked_reason)
    if isinstance(entry, StateRule) and isinstance(after, StateRule):
        held = entry.until_checked or entry.mandate
        return replace(after, until_checked=held if held in COMPLY else None)
    return after


def _block(entry: Entry, act: AuthorityCheck, shipped: Library) -> Entry:
    if not isinstance(entry, Authority):
        return entry
    if act.action is CheckAction.BLOCKED:
        return replace(entry, blocked=True, blocked_reason=act.note)
    if may_unblock(entry.id, shipped):
        return replace(entry, blocked=False, blocked_reason="")
    return entry


def _version(
    shipped: Library, authorities: Mapping[str, Authority], states: Mapping[str, StateRule]
) -> str:
    """Names these very texts: the shipped version, and every entry the office made different."""
    own: list[Entry] = [
        one for name, one in authorities.items() if shipped.authorities.get(name) != one
    ]
    own += [one for name, one in states.items() if shipped.states.get(name) != one]
    if not own:
        return shipped.version
    texts = (shipped.version, *sorted(entry_text(one) for one in own))
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]
