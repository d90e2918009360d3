"""The head of a letter as it will look, before anybody writes one."""

from datetime import datetime

from intake_app.core.letters.facts import Letterhead
from intake_app.core.letters.letter_setup import SignatureBlock, signer_of
from intake_app.documents.letter_template import Block, Paragraph, Run
from intake_app.documents.letter_text import Letter
from intake_app.documents.letter_words import day_in_words
from intake_app.documents.typeset import typeset_letter
from intake_app.store.letter_setup import letter_setup
from intake_app.store.office import Office
from intake_app.workflows import shipped

_WORDS = (
    "This is how a letter of your office begins. Nobody and nothing in it is real: the name, the "
    "number and the address are invented."
)


def preview_letterhead(
    office: Office, name: str, lines: str, block: SignatureBlock, now: datetime
) -> bytes:
    """A letter with an invented text, as a PDF; `name`, `lines` and `block` as typed so far.

    Raises `AppError` for a letter no font can write.
    """
    signer = signer_of(office.member.name, block)
    letter = Letter(
        kind="preview",
        title="Preview of the letterhead",
        letterhead=Letterhead(name, lines, office.profile.zone, letter_setup(office).logo),
        dated=day_in_words(office.today(now)),
        address=(
            "Sheriff or Jail Commander",
            "Invented County Jail",
            "100 Example Road",
            "Exampletown, FL 33000",
        ),
        re=(Run("Jordan Example, booking no. 00-0000 — an invented letter"),),
        greeting="Dear Sheriff or Jail Commander:",
        body=(Paragraph(Block.TEXT, (Run(_WORDS),), key="1"),),
        closing="Respectfully,",
        signer=(signer.name, signer.title, *signer.lines),
        prepared_for="",
        cc=(),
        enclosures=(),
        language="en-US",
        authorities=(),
        checked=(),
        facts=(),
        consents=(),
        footnotes=False,
        template_version="",
        library_version="",
    )
    return typeset_letter(letter, shipped.letter_fonts(), draft=False).pdf
