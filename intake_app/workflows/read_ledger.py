"""The ledger as a coordinator reads it: one line for each entry."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from intake_app.core.disclosure.figures import SingleFigure
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.periods import read_period
from intake_app.core.reports.released import released_from_json
from intake_app.core.reports.series import Entry, EntryKind
from intake_app.core.roles import Act, require
from intake_app.store.ledger import read_ledger as read_entries
from intake_app.store.members import list_members
from intake_app.store.office import Office


@dataclass(frozen=True)
class LedgerLine:
    """One entry: its number, the day it was made and by whom, and what it is."""

    number: int
    made_on: date
    made_by: str
    kind: EntryKind
    sentence: str


def read_ledger(office: Office) -> tuple[LedgerLine, ...]:
    """Every entry that counts, oldest first. Raises `NotAllowed`, or `NotSafe` for a broken one."""
    require(office.member.role, Act.RELEASE_SUMMARIES)
    with office.reading() as connection:
        entries = read_entries(office, connection)
    names = {member.id: member.name for member in list_members(office)}
    zone = ZoneInfo(office.profile.zone)
    return tuple(
        LedgerLine(
            entry.id,
            entry.made_at.astimezone(zone).date(),
            names.get(entry.made_by, ""),
            entry.kind,
            _sentence(entry),
        )
        for entry in entries
    )


def _sentence(entry: Entry) -> str:
    told = entry.published
    match entry.kind:
        case EntryKind.TABLE:
            return f"“{told['title']}” published by an older version of Intake Desk."
        case EntryKind.SERIES:
            after = (
                "" if told["earliest"] is None else f" It counts nothing before {told['earliest']}."
            )
            return f"Series {told['series']} of published figures started.{after}"
        case EntryKind.PERIOD:
            words = read_period(told["period"]).words
            return f"{words[:1].upper()}{words[1:]} closed: its figures can’t change any more."
        case EntryKind.RELEASE:
            released = released_from_json(entry.id, entry.made_at, told)
            parts = ", ".join(part.part.title for part in released.parts.values())
            return f"Published for {released.asked.window.words}: {parts}."
        case EntryKind.ROWS:
            words = read_period(told["period"]).words
            columns = ", ".join(column["title"] for column in told["columns"])
            return f"Case rows published for {words}: {columns}."
        case EntryKind.ROWS_ALLOWED:
            if not told["allowed"]:
                return "Case rows are not allowed any more."
            asked = (DIMENSIONS[name].title for name in told["columns"] if name in DIMENSIONS)
            besides = ", ".join(asked)
            return f"Case rows are allowed{f', with {besides}' if besides else ''}."
        case EntryKind.KNOWN:
            return _known(SingleFigure.from_json(told["figure"]))


def _known(figure: SingleFigure) -> str:
    of = "; ".join(
        f"{DIMENSIONS[name].title}: "
        + ", ".join(DIMENSIONS[name].words.get(word, word) for word in sorted(words))
        for name, words in sorted(figure.conditions)
        if name in DIMENSIONS
    )
    return f"Known from elsewhere for {figure.window.words}: {of or 'total'}, {figure.value}."
