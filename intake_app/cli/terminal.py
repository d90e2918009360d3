"""What every command needs: the office it works on, and how it answers."""

import argparse
import getpass
import json
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from intake_app.core.errors import AppError

if TYPE_CHECKING:
    from intake_app.store.office import Office

PASSPHRASE = "INTAKE_DESK_PASSPHRASE"  # noqa: S105 - the name of the variable


def unlocked(options: argparse.Namespace) -> "Office":
    """The office, open for the member asked for, else an administrator."""
    from intake_app.core.roles import Role
    from intake_app.workflows.unlock_office import members_of, unlock_office

    login = options.member
    if login is None:
        slots = members_of(options.office)
        login = next((slot.login for slot in slots if slot.role is Role.ADMINISTRATOR), "")
    passphrase = passphrase_of(f"Passphrase of {login}: ")
    office = unlock_office(options.office, login, passphrase, now())
    for sentence in office.notices:
        say(sentence)
    return office


def passphrase_of(prompt: str, *, twice: bool = False) -> str:
    """The passphrase from the surroundings, else typed without an echo."""
    given = os.environ.get(PASSPHRASE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise AppError(f"Give the passphrase in {PASSPHRASE}, or run this in a terminal.")
    typed = getpass.getpass(prompt)
    if twice and getpass.getpass("The same again: ") != typed:
        raise AppError("The two passphrases differ. Start again.")
    return typed


def tell(options: argparse.Namespace, told: Any, words: str) -> int:
    """Print JSON where scripts want it, else the words; return exit code 0."""
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))  # noqa: T201
    elif words:
        print(words)  # noqa: T201
    return 0


def text_of(file: Path) -> str:
    """What a text file says; raise `AppError` for one that is no text, `OSError` as it comes."""
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise AppError(
            "That file is not a text in UTF-8. Save it as UTF-8 in a text editor, then try again."
        ) from error


def say(sentence: str) -> int:
    """Print one sentence on standard error; return exit code 1."""
    print(sentence, file=sys.stderr)  # noqa: T201
    return 1


def now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)
