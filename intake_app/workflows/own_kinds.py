"""The office's own kinds of letter: what they may hold, keeping one, taking it out."""

from datetime import datetime

from intake_app.core.case import CaseFile
from intake_app.core.errors import BadAnswer
from intake_app.core.letters.facts import letter_facts
from intake_app.core.letters.gate import RULES_OF
from intake_app.core.letters.kinds import KINDS
from intake_app.core.letters.own_kinds import OwnKind, checked_kind
from intake_app.core.roles import Act, require
from intake_app.documents.own_text import Usable, check_text, usable
from intake_app.store import own_kinds as kept
from intake_app.store.letter_setup import letter_setup
from intake_app.store.office import Office
from intake_app.workflows import shipped
from intake_app.workflows.compose_letter import letterhead_of
from intake_app.workflows.letter_sources import kind_of, library_of, text_of


def own_kinds_of(office: Office) -> tuple[OwnKind, ...]:
    """The kinds this office wrote itself, by title; for whoever writes letters."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    return tuple(letter_setup(office).own_kinds.values())


def copy_of(office: Office, key: str) -> OwnKind:
    """A kind to begin a new one from, the shipped one or the office's; it has no key yet."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    kind = kind_of(office, key)
    return OwnKind("", kind.title, kind.gate, text_of(office, kind, "en"))


def usable_in(office: Office, like: str, now: datetime) -> tuple[Usable, ...]:
    """Every placeholder the text of a kind like this shipped one may hold."""
    empty = CaseFile(0, "", {})
    facts = letter_facts(empty, letterhead_of(office), now, KINDS[like])
    return usable(facts, RULES_OF[like], library_of(office))


def check_own_text(office: Office, like: str, text: str, now: datetime) -> None:
    """Raise `AppError`, with the line where there is one, for a text that would not compose."""
    if like not in KINDS:
        raise BadAnswer("Choose the shipped letter whose rules this one keeps.")
    laws = frozenset({*library_of(office).authorities, "state_law"})
    check_text(text, shipped.letter_text(like), usable_in(office, like, now), laws)


def keep_own_kind(office: Office, own: OwnKind, now: datetime, *, new: bool = False) -> OwnKind:
    """Keep a kind; only for those who approve letters, since its words go out over their names.

    Raises `AppError` for a text that would not compose, and where it is `new` and its key taken.
    """
    require(office.member.role, Act.APPROVE_LETTERS)
    checked = checked_kind(own)
    if new and checked.key in letter_setup(office).own_kinds:
        raise BadAnswer(f"There is a letter “{checked.key}” already. Choose another short name.")
    check_own_text(office, checked.like, checked.text, now)
    kept.keep_own_kind(office, checked, now)
    return letter_setup(office).own_kinds[checked.key]


def remove_own_kind(office: Office, key: str, now: datetime) -> None:
    """Take a kind out; letters written from it stay as they are."""
    require(office.member.role, Act.APPROVE_LETTERS)
    kept.remove_own_kind(office, key, now)
