"""The command that writes everything an office holds into a folder."""

import argparse
from collections.abc import Callable
from pathlib import Path

from intake_app.cli.terminal import now, passphrase_of, tell, unlocked


def add_commands(command: Callable[..., argparse.ArgumentParser]) -> None:
    """Add it; `command` makes one that works on an office."""
    export = command("export", "write everything, NOT encrypted, to leave with it")
    export.add_argument("folder", type=Path, metavar="DIR", help="where to make a new folder")


def _export(options: argparse.Namespace) -> int:
    from intake_app.workflows.export_office import export_office
    from intake_app.workflows.reauthenticate import reauthenticate
    from intake_app.workflows.steps import whole

    with unlocked(options) as office:
        again = passphrase_of("Everything will be written without encryption. Passphrase again: ")
        proof = reauthenticate(office, again, now())
        made = whole(export_office(office, options.folder, proof, now()))
    told = {
        "folder": str(made.folder),
        "tables": made.tables,
        "rows": made.rows,
        "documents": made.documents,
        "letters": made.letters,
    }
    words = (
        f"{made.rows} rows, {made.documents} documents and {made.letters} letters are in "
        f"{made.folder}, not encrypted."
    )
    return tell(options, told, words)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {"export": _export}
