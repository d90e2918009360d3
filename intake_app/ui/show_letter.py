"""What to ask the letter page for: one letter that is kept."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ShowLetter:
    """`wanted.emit("letter", ShowLetter(letter_id, case_id))`.

    An approved letter is shown as it was approved (`read_letters.approved_pdf`); a draft or one
    that waits for an attorney is opened to be worked on, with its kind and what was chosen
    (`read_letters.find_letter`). A bare number still means a new letter for that case.
    """

    letter_id: int
    case_id: int
