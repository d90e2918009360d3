"""What the office has set up for letters, read once and kept until something of it changes."""

from intake_app.core.fields import Compartment
from intake_app.core.letters.letter_setup import LetterSetup
from intake_app.store.addressees import read_directory
from intake_app.store.letterhead import read_blocks, read_logo
from intake_app.store.office import Office
from intake_app.store.own_kinds import read_own_kinds


def letter_setup(office: Office) -> LetterSetup:
    """All of it; every module that changes a part empties `Office.letter_setup`."""
    if office.letter_setup is None:
        opens = office.sealer.opens(Compartment.IDENTITY)
        office.letter_setup = LetterSetup(
            directory=read_directory(office) if opens else (),
            logo=read_logo(office),
            blocks=read_blocks(office),
            own_kinds=read_own_kinds(office),
        )
    return office.letter_setup
