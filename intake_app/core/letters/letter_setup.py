"""What an office has set up for its letters: directory, logo, signatures, own kinds."""

from collections.abc import Mapping
from dataclasses import dataclass

from intake_app.core.answers import clean
from intake_app.core.directory import DirectoryEntry
from intake_app.core.errors import BadAnswer
from intake_app.core.letters.options import Signer
from intake_app.core.letters.own_kinds import OwnKind

LONGEST_LINE = 120
MOST_LINES = 5


@dataclass(frozen=True)
class SignatureBlock:
    """What stands below a member's name: her title, then such as a bar number, a line each."""

    title: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterSetup:
    """Read once for an open office. `blocks` by member; `own_kinds` by key; `logo` is a PNG.

    directory is empty for a member whose keys don't open it.
    """

    directory: tuple[DirectoryEntry, ...]
    logo: bytes | None
    blocks: Mapping[int, SignatureBlock]
    own_kinds: Mapping[str, OwnKind]


def checked_block(block: SignatureBlock) -> SignatureBlock:
    """The block as it is kept; raise `BadAnswer` for one that is too long."""
    lines = tuple(line for line in (clean(one) for one in block.lines) if line)
    kept = SignatureBlock(clean(block.title), lines)
    if len(lines) > MOST_LINES or any(len(one) > LONGEST_LINE for one in (kept.title, *lines)):
        raise BadAnswer(
            f"Write no more than {MOST_LINES} lines below the title, and {LONGEST_LINE} letters "
            "in each."
        )
    return kept


def signer_of(name: str, block: SignatureBlock | None) -> Signer:
    """An attorney as her letters are signed; `Attorney` where she wrote no title."""
    said = block or SignatureBlock()
    return Signer(name, said.title or "Attorney", said.lines)
