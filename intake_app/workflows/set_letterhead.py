"""The head and the foot of the office's letters: name, lines, logo, and signature blocks."""

from datetime import datetime
from pathlib import Path

from intake_app.core.answers import clean
from intake_app.core.errors import AppError, BadAnswer
from intake_app.core.letters.letter_setup import SignatureBlock, checked_block, signer_of
from intake_app.core.letters.options import Signer
from intake_app.core.roles import Act, Role, require
from intake_app.documents.logo import LARGEST_FILE, plain_logo
from intake_app.store import letterhead as kept
from intake_app.store.letter_setup import letter_setup
from intake_app.store.members import list_members
from intake_app.store.office import Office

LONGEST_LINE = 120
MOST_LINES = 6


def set_letterhead(office: Office, name: str, lines: str, now: datetime) -> None:
    """Give the office another name or letterhead; for attorneys and administrators.

    Raises `BadAnswer` for an office without a name, and for a head that leaves no room.
    """
    require(office.member.role, Act.SET_UP_OFFICE)
    name = clean(name)
    told = [line for line in (clean(one) for one in lines.splitlines()) if line]
    if not name:
        raise BadAnswer("Give the office a name: it stands at the head of every letter.")
    if len(told) > MOST_LINES or any(len(line) > LONGEST_LINE for line in (name, *told)):
        raise BadAnswer(
            f"Write no more than {MOST_LINES} lines, and {LONGEST_LINE} letters in each: the "
            "letter needs the room."
        )
    kept.save_letterhead(office, name, "\n".join(told), now)


def logo_of(office: Office) -> bytes | None:
    """The logo as a PNG; None where the office has none."""
    return letter_setup(office).logo


def set_logo(office: Office, content: bytes, now: datetime) -> None:
    """Keep a PNG or JPEG as the logo; raise `AppError` for what is no picture or too large."""
    require(office.member.role, Act.SET_UP_OFFICE)
    kept.save_logo(office, plain_logo(content), now)


def set_logo_file(office: Office, path: Path, now: datetime) -> None:
    """`set_logo` with a file somebody chose; never reads more of it than a logo may have."""
    require(office.member.role, Act.SET_UP_OFFICE)
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise AppError(
            "The file can’t be read. Check that it is still there, or copy it to this computer."
        ) from error
    set_logo(office, content, now)


def remove_logo(office: Office, now: datetime) -> None:
    """Letters begin with the office's name again."""
    require(office.member.role, Act.SET_UP_OFFICE)
    kept.save_logo(office, None, now)


def own_block(office: Office) -> SignatureBlock:
    """What stands below the name of the member whose office this is; empty where nothing does."""
    return letter_setup(office).blocks.get(office.member.id, SignatureBlock())


def set_own_block(office: Office, title: str, lines: str, now: datetime) -> None:
    """Change one's own signature block; nobody writes another's. Raises `BadAnswer`."""
    require(office.member.role, Act.APPROVE_LETTERS)
    block = SignatureBlock(title, tuple(lines.splitlines()))
    kept.save_block(office, checked_block(block), now)


def signers_of(office: Office) -> tuple[Signer, ...]:
    """The attorneys a letter may be prepared for, as they sign, in the order they joined."""
    require(office.member.role, Act.COMPOSE_LETTERS)
    blocks = letter_setup(office).blocks
    return tuple(
        signer_of(one.name, blocks.get(one.id))
        for one in list_members(office)
        if one.active and one.role is Role.ATTORNEY
    )
