"""Whose work something is: the login or the name of a member, as people write it down."""

from intake_app.core.names import fold


def names_member(words: str | None, login: str, name: str) -> bool:
    """Whether an answer such as "Attorney" or "Who" names this member, alone or among others.

    Capitals, accents and points don't matter: `m duarte` names M. Duarte.
    """
    said = f" {fold(words or '')} "
    return any(f" {known} " in said for known in (fold(login), fold(name)) if known)
