"""The office's directory: whom its letters go to, and which entry fits a case."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from intake_app.core.answers import clean
from intake_app.core.casefile import Custody
from intake_app.core.errors import BadAnswer
from intake_app.core.letters.kinds import LetterKind, Recipient
from intake_app.core.letters.options import Addressee
from intake_app.core.names import fold
from intake_app.core.vocabulary import AddresseeKind

LONGEST = 250
"""Letters in one field or line; a name of 200 is taken and is broken on the page."""

MOST_LINES = 6
"""Lines of an address: what the window of an envelope holds below name, title and agency."""

COUNSEL = "County Counsel"
"""How a copy to counsel begins where the directory has no entry for the county."""

_WIDE = frozenset({AddresseeKind.ICE, AddresseeKind.ICE_RECORDS})
"""Offices that serve whole states, or several: an entry without a state serves all."""

_HOLDS = frozenset({AddresseeKind.JAIL, AddresseeKind.RECORDS})
"""Those of one facility: a letter to another jail would tell it whom this one holds."""


@dataclass(frozen=True)
class DirectoryEntry:
    """One entry. `lines`: the postal address; `state`: two letters, or empty; `id` 0: not kept."""

    kind: AddresseeKind
    agency: str = ""
    title: str = ""
    name: str = ""
    lines: tuple[str, ...] = ()
    county: str = ""
    state: str = ""
    telephone: str = ""
    fax: str = ""
    email: str = ""
    id: int = 0

    @property
    def words(self) -> str:
        """The entry in one line, for lists and copies: name, title, agency."""
        return ", ".join(part for part in (self.name, self.title, self.agency) if part)


def checked_entry(entry: DirectoryEntry) -> DirectoryEntry:
    """The entry as it is kept: cleaned; raise `BadAnswer` with what is missing or too long."""
    lines = tuple(line for line in (clean(one) for one in entry.lines) if line)
    kept = replace(
        entry,
        lines=lines,
        agency=clean(entry.agency),
        title=clean(entry.title),
        name=clean(entry.name),
        county=clean(entry.county),
        telephone=clean(entry.telephone),
        fax=clean(entry.fax),
        email=clean(entry.email),
    )
    if not kept.agency and not kept.name:
        raise BadAnswer("Give the entry an agency or a name: a letter needs somebody to go to.")
    if len(lines) > MOST_LINES:
        raise BadAnswer(f"Write the address in {MOST_LINES} lines at most.")
    people = (kept.agency, kept.title, kept.name, kept.county)
    if any(
        len(words) > LONGEST for words in (*lines, *people, kept.telephone, kept.fax, kept.email)
    ):
        raise BadAnswer(f"Write no more than {LONGEST} letters in one line.")
    if kept.email and ("@" not in kept.email or " " in kept.email):
        raise BadAnswer("Check the e-mail address: it has no @, or has a blank in it.")
    return kept


def addressee_of(entry: DirectoryEntry, cc: tuple[str, ...] = ()) -> Addressee:
    """The entry as a letter addresses it."""
    return Addressee(entry.name, entry.title, entry.agency, entry.lines, cc)


def from_directory(
    directory: Iterable[DirectoryEntry], kind: LetterKind, custody: Custody, usual: Addressee
) -> Addressee:
    """Whom a letter goes to where nobody chose: an entry that fits, or the `usual` addressee.

    An entry of the same agency as the case names comes first, for its address. Another one is
    taken only where the case names nobody surer. A letter to a jail has the counsel of its county
    in copy.
    """
    entries = tuple(directory)
    entry = _named(entries, kind, custody, usual.agency) or _taken(entries, kind, custody, usual)
    found = usual if entry is None else addressee_of(entry, usual.cc)
    counsel = _first(entries, AddresseeKind.COUNSEL, custody)
    if kind.to is Recipient.JAIL and counsel is not None:
        copies = (counsel.words if one.startswith(COUNSEL) else one for one in usual.cc)
        return replace(found, cc=tuple(copies))
    return found


def _named(
    entries: tuple[DirectoryEntry, ...], kind: LetterKind, custody: Custody, agency: str
) -> DirectoryEntry | None:
    state = custody.facility_state.value if custody.facility_state else ""
    for sort in kind.directory:
        for entry in entries:
            same = entry.kind is sort and _same(entry.agency, agency)
            if same and entry.state in ("", state):
                return entry
    return None


def _taken(
    entries: tuple[DirectoryEntry, ...], kind: LetterKind, custody: Custody, usual: Addressee
) -> DirectoryEntry | None:
    """The entry of the first sort of the kind: another sort reads a letter with other eyes."""
    match kind.to:
        case Recipient.CERTIFIER:
            # That somebody is a victim is never told to one who was not named.
            return None
        case Recipient.ICE if usual.agency:
            return None
        case Recipient.JAIL if usual.lines:
            # The address a case has for its own facility is surer than one of its county.
            return None
    return _first(entries, kind.directory[0], custody) if kind.directory else None


def _first(
    entries: tuple[DirectoryEntry, ...], sort: AddresseeKind, custody: Custody
) -> DirectoryEntry | None:
    found = [entry for entry in entries if entry.kind is sort and _fits(entry, custody)]
    if sort in _HOLDS and len(found) > 1:
        # Two jails in one county: a person must choose.
        return None
    return next((one for one in found if one.state), found[0] if found else None)


def _fits(entry: DirectoryEntry, custody: Custody) -> bool:
    state = custody.facility_state.value if custody.facility_state else ""
    in_state = bool(state) and entry.state == state
    if entry.kind in _WIDE:
        return not entry.state or in_state
    return in_state and bool(entry.county) and _same(entry.county, custody.facility_county or "")


_KINDS_OF_COUNTY = ("county", "parish", "borough", "city and county of", "county of")


def _same(one: str, other: str) -> bool:
    """Whether both name the same county or agency: `Miami-Dade` and `Miami Dade County` do."""
    return bool(_bare(one)) and _bare(one) == _bare(other)


def _bare(words: str) -> str:
    folded = fold(words)
    for kind in _KINDS_OF_COUNTY:
        folded = folded.removesuffix(f" {kind}").removeprefix(f"{kind} ")
    return folded
