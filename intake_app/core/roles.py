"""Kinds of member, the keys each holds, and what each may do.

The keys are what a role *can* do, with a debugger in hand; `MAY` is what the program lets it do.
"""

from enum import StrEnum

from intake_app.core.errors import NotAllowed


class Role(StrEnum):
    """A kind of member of an office."""

    VOLUNTEER = "volunteer"
    PARALEGAL = "paralegal"
    ATTORNEY = "attorney"
    COORDINATOR = "coordinator"
    ADMINISTRATOR = "administrator"


class Key(StrEnum):
    """A random key, made once with the office; slots in the key file wrap them."""

    FILE = "file"
    IDENTITY = "identity"
    PROTECTED = "protected"


class Act(StrEnum):
    """What the program asks leave for; the value completes "may not …"."""

    READ_CASES = "open cases"
    WRITE_CASES = "change cases"
    SEE_PROTECTED = "see victim facts"
    COMPOSE_LETTERS = "write letters"
    APPROVE_LETTERS = "approve letters"
    CHECK_AUTHORITIES = "check authorities"
    DECIDE_LAW = "decide what the law makes of an answer"
    SEE_CONFLICTS = "see whom a conflict check found"
    SET_UP_OFFICE = "change the office’s own tables"
    RELEASE_SUMMARIES = "publish summaries"
    START_SERIES = "start a new series of published figures"
    ALLOW_ROWS = "allow case rows to be published"
    IMPORT = "import cases"
    MANAGE_MEMBERS = "manage members"
    DELETE_CASES = "delete cases"
    SEE_OFFICE_HISTORY = "see the history of the office"
    KEEP_BACKUPS = "look after backups"
    DESTROY = "destroy records whose time is over"
    EXPORT_ALL = "export the whole office"


KEYS: dict[Role, frozenset[Key]] = {
    Role.VOLUNTEER: frozenset({Key.FILE, Key.IDENTITY}),
    Role.PARALEGAL: frozenset(Key),
    Role.ATTORNEY: frozenset(Key),
    Role.COORDINATOR: frozenset({Key.FILE, Key.PROTECTED}),
    Role.ADMINISTRATOR: frozenset(Key),
}

_CASEWORK = frozenset({Act.READ_CASES, Act.WRITE_CASES, Act.SEE_PROTECTED, Act.COMPOSE_LETTERS})

MAY: dict[Role, frozenset[Act]] = {
    Role.VOLUNTEER: frozenset({Act.READ_CASES, Act.WRITE_CASES}),
    Role.PARALEGAL: _CASEWORK | {Act.IMPORT, Act.DELETE_CASES},
    Role.ATTORNEY: _CASEWORK
    | {
        Act.IMPORT,
        Act.DELETE_CASES,
        Act.APPROVE_LETTERS,
        Act.CHECK_AUTHORITIES,
        Act.DECIDE_LAW,
        Act.SEE_CONFLICTS,
        Act.SET_UP_OFFICE,
    },
    Role.COORDINATOR: frozenset({Act.RELEASE_SUMMARIES}),
    Role.ADMINISTRATOR: _CASEWORK
    | {
        Act.IMPORT,
        Act.DELETE_CASES,
        Act.MANAGE_MEMBERS,
        Act.SEE_OFFICE_HISTORY,
        Act.KEEP_BACKUPS,
        Act.DESTROY,
        Act.EXPORT_ALL,
        Act.RELEASE_SUMMARIES,
        Act.SET_UP_OFFICE,
        Act.START_SERIES,
        Act.ALLOW_ROWS,
    },
}


def may(role: Role, act: Act) -> bool:
    """Whether the program lets this kind of member do it."""
    return act in MAY[role]


def who_may(act: Act) -> tuple[str, ...]:
    """The kinds of member that may do it, as they are called in a sentence."""
    return tuple(role.value for role in Role if may(role, act))


def require(role: Role, act: Act) -> None:
    """Raise `NotAllowed`, naming the roles that may, unless `role` may do it."""
    if may(role, act):
        return
    raise NotAllowed(f"A {role.value} may not {act.value}. Ask: {', '.join(who_may(act))}.")
