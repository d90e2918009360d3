"""The answers of the forms, to an entry and back."""

from pathlib import Path

import pytest

from intake_app.core.authorities import Authority, Mandate, Stance, StateRule
from intake_app.core.authority_answers import answers_of, entry_from
from intake_app.core.authority_checks import Entry
from intake_app.core.authority_files import read_authorities
from intake_app.core.authority_text import entry_hash
from intake_app.core.errors import BadAnswer

FOLDER = Path(__file__).parents[2] / "resources" / "authorities"
SHIPPED = read_authorities({f.name: f.read_text("utf-8") for f in FOLDER.glob("*.toml")})


def test_every_entry_comes_back_from_its_answers() -> None:
    entries: list[Entry] = [*SHIPPED.authorities.values(), *SHIPPED.states.values()]
    for one in entries:
        assert entry_hash(entry_from(one, answers_of(one))) == entry_hash(one)


def test_a_new_entry_takes_its_words_and_quotation() -> None:
    answers = {
        **answers_of(None),
        "short_name": " Ours ",
        "citation": "1 Ex. 2",
        "binds": "fl, GA",
        "quotation": "as seen",
        "stance": "adverse",
        "paired_with": "c01 F01",
        "words: words": "It says {quote}.",
    }
    made = entry_from(None, answers)
    assert isinstance(made, Authority)
    assert made.binds == {"FL", "GA"}
    assert made.print_quotation
    assert made.stance is Stance.ADVERSE
    assert made.paired_with == ("C01", "F01")
    assert made.short_name == "Ours"
    # A letter prints the law of a state by this name.
    assert made.print_words == {"state": "It says {quote}."}
    anywhere = entry_from(None, {**answers, "binds": "Nationwide"})
    assert isinstance(anywhere, Authority)
    assert anywhere.print_words == {"words": "It says {quote}."}


def test_a_correction_keeps_the_quotation_whatever_was_typed() -> None:
    one = SHIPPED.authorities["C01"]
    made = entry_from(one, {**answers_of(one), "quotation": "Other words."})
    assert made.quotation == one.quotation


def test_a_state_takes_another_mandate() -> None:
    one = SHIPPED.states["PA"]
    made = entry_from(one, {**answers_of(one), "mandate": "LIMITS", "authority": "o01"})
    assert isinstance(made, StateRule)
    assert made.mandate is Mandate.LIMITS
    assert made.authority == "O01"


def test_answers_that_can_not_be_read_are_a_sentence() -> None:
    with pytest.raises(BadAnswer, match="“Florida” under “Binds in”"):
        entry_from(None, {**answers_of(None), "binds": "Florida"})
    with pytest.raises(BadAnswer, match="Good for days"):
        entry_from(None, {**answers_of(None), "stale_after_days": "a year"})
