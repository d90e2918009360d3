"""Signature blocks: what stands below a name."""

import pytest

from intake_app.core.errors import BadAnswer
from intake_app.core.letters.letter_setup import SignatureBlock, checked_block, signer_of
from intake_app.core.letters.options import Signer


def test_a_block_is_cleaned_and_an_attorney_without_one_signs_as_attorney() -> None:
    block = checked_block(SignatureBlock(" Senior  Attorney ", ("Bar No. 1", " ", "x")))
    assert block == SignatureBlock("Senior Attorney", ("Bar No. 1", "x"))
    assert signer_of("A. Ruiz", None) == Signer("A. Ruiz", "Attorney")
    assert signer_of("A. Ruiz", block) == Signer("A. Ruiz", "Senior Attorney", block.lines)


@pytest.mark.parametrize("lines", [("a",) * 6, ("x" * 121,)])
def test_a_block_that_leaves_the_letter_no_room_is_refused(lines: tuple[str, ...]) -> None:
    with pytest.raises(BadAnswer, match="no more than 5 lines"):
        checked_block(SignatureBlock("", lines))
