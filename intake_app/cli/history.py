"""The command about the history: who did what in the office."""

import argparse
from collections.abc import Callable

from intake_app.cli import values
from intake_app.cli.terminal import tell, unlocked
from intake_app.core.errors import AppError


def add_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add it; `command` makes one that works on an office."""
    history = command("history", "who did what, newest first; case numbers and no names of clients")
    history.add_argument("--case", default="", metavar="NO", help="only of this case")
    history.add_argument("--by", metavar="LOGIN", help="only what this member did")
    history.add_argument("--since", type=values.day, metavar="YYYY-MM-DD")
    history.add_argument("--until", type=values.day, metavar="YYYY-MM-DD")


def _history(options: argparse.Namespace) -> int:
    from intake_app.store.office_history import DeedQuery
    from intake_app.workflows.manage_members import list_members
    from intake_app.workflows.office_history import office_history

    with unlocked(options) as office:
        member_id = None
        if options.by is not None:
            found = [one for one in list_members(office) if one.login == options.by]
            if not found:
                raise AppError("There is no member with that login. Check how it is written.")
            member_id = found[0].id
        query = DeedQuery(member_id, None, options.since, options.until, options.case.strip())
        deeds = office_history(office, query, limit=-1).deeds
    told = [
        {
            "entry": one.seq,
            "at": one.at.isoformat(),
            "member": one.member,
            "kind": one.kind.value,
            "what": one.words,
            "case": one.number,
        }
        for one in deeds
    ]
    lines = [f"{one.at:%Y-%m-%d %H:%M}  {one.member}  {one.number}  {one.words}" for one in deeds]
    return tell(options, told, "\n".join(lines) or "Nothing of the kind stands in the history.")


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"history": _history}
