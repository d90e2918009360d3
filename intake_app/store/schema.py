"""The tables of an office file, built from the declared records.

`REVISION` is the newest migration under `db/versions`; a test holds both to these tables.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from intake_app.core.casefile import RECORDS
from intake_app.core.fields import Kind, Question, questions, title_of
from intake_app.core.survey import SurveyResponse

REVISION = "0005"

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _index_removed(table: Table) -> None:
    """What was deleted is found without reading what is there."""
    removed_at = table.c.removed_at
    Index(f"ix_{table.name}_removed", removed_at, sqlite_where=removed_at.is_not(None))


OFFICE = Table(
    "office",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("zone", Text, nullable=False),
    Column("letterhead", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    # Where each backup is copied to as well, on another disk.
    Column("second_folder", Text),
)

MEMBERS = Table(
    "members",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("active", Integer, nullable=False),
    Column("added_at", Text, nullable=False),
)

CASES = Table(
    "cases",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("created_by", Integer, ForeignKey("members.id"), nullable=False),
    # The line of the case list and the words it is found by, sealed with the identity key.
    Column("roster_line", LargeBinary),
    # A deleted case can be brought back for 30 days.
    Column("removed_at", Text),
)

_index_removed(CASES)

HISTORY = Table(
    "history",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
    # No foreign keys below: history outlives what it is about.
    Column("case_id", Integer),
    Column("action", Text, nullable=False),
    Column("record", Text),
    Column("entry_id", Integer),
    Column("field", Text),
    Column("before", LargeBinary),
    Column("after", LargeBinary),
    Column("undoes", Integer),
    Column("mac", LargeBinary, nullable=False),
)
Index(None, HISTORY.c.case_id)

BACKUPS = Table(
    "backups",
    METADATA,
    # What became of each backup: the second folder may be a drive that is not there today.
    Column("id", Integer, primary_key=True),
    Column("made_at", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("name", Text, nullable=False),
    # Empty where it could not be written or was not sound; `fault` then holds the sentence.
    Column("verified_at", Text),
    Column("fault", Text),
)

RETENTION_RULES = Table(
    "retention_rules",
    METADATA,
    # What is destroyed of cases closed so many months ago; a case’s own date goes before.
    Column("id", Integer, primary_key=True),
    Column("part", Text, nullable=False),
    Column("months", Integer, nullable=False),
    Column("set_at", Text, nullable=False),
    Column("set_by", Integer, ForeignKey("members.id"), nullable=False),
    Column("removed_at", Text),
)

PURGES = Table(
    "purges",
    METADATA,
    # What was destroyed, of which cases (numbers of rows only), and why: never what it said.
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
    # JSON: for each case its row and number, the parts destroyed, the rule; and the counts.
    Column("done", Text, nullable=False),
)

IMPORTED = Table(
    "imported",
    METADATA,
    Column("source", Text, nullable=False),
    # Keyed hashes: the row's number in the other system is an identifier too.
    Column("key_mac", LargeBinary, nullable=False),
    Column("content_mac", LargeBinary, nullable=False),
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    PrimaryKeyConstraint("source", "key_mac"),
)

DRAFTS = Table(
    "drafts",
    METADATA,
    # Words typed and not finished; at most one for each answer, gone when the edit is over.
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("record", Text, nullable=False),
    Column("entry_id", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
    Column("words", LargeBinary, nullable=False),
    PrimaryKeyConstraint("case_id", "record", "entry_id", "field"),
)

RELEASES = Table(
    "releases",
    METADATA,
    Column("id", Integer, primary_key=True),
    # What was published, or decided about it: see `store/ledger.py`.
    Column("kind", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Integer, ForeignKey("members.id"), nullable=False),
    Column("published", Text, nullable=False),
    Column("mac", LargeBinary, nullable=False),
    # What a closed period counts: sealed with the protected key, which a coordinator holds.
    Column("sealed", LargeBinary),
)

CONFLICT_CHECKS = Table(
    "conflict_checks",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("at", Text, nullable=False),
    Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
    # Which rules compared the names: a later version may find what this one missed.
    Column("version", Integer, nullable=False),
    # Whether people in victim tables were compared too; a volunteer's keys don't open them.
    Column("whole", Integer, nullable=False),
    Column("result", Text, nullable=False),
    # The compartment of what stands below: every key the searcher holds.
    Column("keep", Text, nullable=False),
    # Keyed by the identity key: lets a volunteer see that nothing she may compare has changed.
    Column("identity_mac", LargeBinary, nullable=False),
    # Names searched for and what was found.
    Column("searched", LargeBinary, nullable=False),
    Column("found", LargeBinary, nullable=False),
    Column("decision", Text),
    Column("decided_at", Text),
    Column("decided_by", Integer, ForeignKey("members.id")),
    Column("reason", LargeBinary),
)
Index(None, CONFLICT_CHECKS.c.case_id)

DOCUMENTS = Table(
    "documents",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("added_at", Text, nullable=False),
    Column("added_by", Integer, ForeignKey("members.id"), nullable=False),
    # The compartment of title, picture and pages: identity, or both for victim papers.
    Column("keep", Text, nullable=False),
    Column("media", Text, nullable=False),
    # Which sealing of the pages is the true one: sealing them anew makes the next.
    Column("edition", Integer, nullable=False),
    # Empty until the last part is in: what a crash cut off was never there.
    Column("parts", Integer),
    # Sealed: the exact length of a known paper would name it.
    Column("size", LargeBinary),
    Column("title", LargeBinary, nullable=False),
    Column("thumbnail", LargeBinary),
    Column("removed_at", Text),
)
Index(None, DOCUMENTS.c.case_id)
_index_removed(DOCUMENTS)

DOCUMENT_PARTS = Table(
    "document_parts",
    METADATA,
    Column("document_id", Integer, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    PrimaryKeyConstraint("document_id", "edition", "part"),
)

OFFICE_HOLIDAYS = Table(
    "office_holidays",
    METADATA,
    # Days the office added: executive-order, state or county holidays.
    Column("day", Text, primary_key=True),
    Column("name", Text, nullable=False),
)

POVERTY_GUIDELINES = Table(
    "poverty_guidelines",
    METADATA,
    Column("effective_on", Text, nullable=False),
    Column("region", Text, nullable=False),
    # Cents a year.
    Column("first_person", BigInteger, nullable=False),
    Column("each_more", BigInteger, nullable=False),
    Column("source", Text, nullable=False),
    Column("checked_on", Text, nullable=False),
    Column("checked_by", Integer, ForeignKey("members.id"), nullable=False),
    PrimaryKeyConstraint("effective_on", "region"),
)

ADDRESSEES = Table(
    "addressees",
    METADATA,
    # The office's directory: whom letters go to.
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    # Agency, name, title, address, telephone, fax, e-mail, county: sealed, as every free text.
    Column("entry", LargeBinary, nullable=False),
    Column("removed_at", Text),
)

LETTER_LOGO = Table(
    "letter_logo",
    METADATA,
    # One row, or none.
    Column("id", Integer, primary_key=True),
    Column("media", Text, nullable=False),
    Column("picture", LargeBinary, nullable=False),
)

SIGNATURE_BLOCKS = Table(
    "signature_blocks",
    METADATA,
    Column("member_id", Integer, ForeignKey("members.id"), primary_key=True),
    Column("lines", Text, nullable=False),
)

OFFICE_LETTER_KINDS = Table(
    "office_letter_kinds",
    METADATA,
    # Kinds of letter the office wrote itself; each goes through the gate of a shipped one.
    Column("key", Text, primary_key=True),
    Column("title", Text, nullable=False),
    Column("like_kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("changed_by", Integer, ForeignKey("members.id"), nullable=False),
    Column("removed_at", Text),
)

AUTHORITY_CHECKS = Table(
    "authority_checks",
    METADATA,
    # Never changed: what an attorney checked, corrected, blocked or added, one row each time.
    Column("id", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("member_id", Integer, ForeignKey("members.id"), nullable=False),
    # An authority's id, or "state FL" for a state's rule.
    Column("entry", Text, nullable=False),
    Column("action", Text, nullable=False),
    # Hash of the entry the attorney saw: a check says nothing of an entry that was changed since.
    Column("of_entry", Text, nullable=False),
    # The entry as TOML as it stands after a correction or an addition.
    Column("text", Text),
    Column("note", Text, nullable=False),
)
Index(None, AUTHORITY_CHECKS.c.entry)

LETTERS = Table(
    "letters",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", Text, nullable=False),
    Column("made_by", Integer, ForeignKey("members.id"), nullable=False),
    Column("changed_at", Text, nullable=False),
    # draft, waiting (for an attorney), approved. A trigger of the migration lets nobody change
    # what was approved.
    Column("stage", Text, nullable=False),
    # Which version of this letter; a new one never overwrites the one it replaces.
    Column("version", Integer, nullable=False),
    Column("replaces", Integer, ForeignKey("letters.id", ondelete="SET NULL")),
    # Sealed with the protected key alone: the kind may say that somebody is a victim, and a
    # coordinator counts kinds.
    Column("kind", LargeBinary, nullable=False),
    Column("approved_at", Text),
    Column("approved_by", Integer, ForeignKey("members.id")),
    Column("sha256", LargeBinary),
    # Sealed: some kinds give a jail a day, others a certifier weeks.
    Column("reply_by", LargeBinary),
    Column("sent_on", Text),
    Column("answered_on", Text),
    # As the kind: "Certified" says as much as the kind does.
    Column("sent_by", LargeBinary),
    Column("answer", LargeBinary),
    Column("result", LargeBinary),
    Column("note", LargeBinary),
    Column("removed_at", Text),
    # Last: a list would else wade through the pages of each letter to what stands behind them.
    # What was chosen and edited; for an approved letter its text, authorities, consents too.
    Column("content", LargeBinary, nullable=False),
    Column("pdf", LargeBinary),
)
Index(None, LETTERS.c.case_id)
Index(None, LETTERS.c.stage)
Index(None, LETTERS.c.replaces)
_index_removed(LETTERS)


def _column(question: Question) -> Column[object]:
    if question.keep.value:
        return Column(question.name, LargeBinary, info={"question": question})
    kind = {Kind.NUMBER: Integer, Kind.MONEY: BigInteger}.get(question.kind, Text)
    return Column(question.name, kind(), info={"question": question})


def _table(record: type) -> Table:
    title = title_of(record)
    table = Table(
        title.table,
        METADATA,
        Column("id", Integer, primary_key=True),
        Column("case_id", Integer, ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
        Column("removed_at", Text),
        *(_column(question) for question in questions(record)),
    )
    # A case has one row at most of a record that is not declared `many`.
    Index(f"ix_{title.table}_case_id", table.c.case_id, unique=not title.many)
    _index_removed(table)
    return table


RECORD_TABLES: dict[type, Table] = {record: _table(record) for record in RECORDS}

SURVEY_RESPONSES = Table(
    title_of(SurveyResponse).table,
    METADATA,
    # Random, not counted up; and no case, no member, no day: see `store/survey.py`.
    Column("id", Integer, primary_key=True),
    Column("quarter", Text, nullable=False),
    *(_column(question) for question in questions(SurveyResponse)),
)
