"""A kept letter is read back whole, so that it can be set again the same."""

from intake_app.documents.letter_json import letter_from_json, letter_to_json
from intake_app.documents.typeset import typeset_letter
from intake_app.store.office import Office
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.shipped import letter_fonts
from tests.conftest import NOW
from tests.letters import DECLINE, case_for_a_letter


def test_a_letter_comes_back_whole_and_sets_the_same_page(office: Office) -> None:
    composed = compose_letter(office, case_for_a_letter(office), DECLINE, NOW, draft=False)
    assert composed.letter is not None
    kept = letter_to_json(composed.letter)
    back = letter_from_json(kept)
    assert back == composed.letter
    assert letter_to_json(back) == kept
    assert typeset_letter(back, letter_fonts(), draft=False).pdf == composed.pdf
