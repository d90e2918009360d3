"""An entry as TOML, and the hash of what it says."""

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

from intake_app.core.authorities import Mandate, Status
from intake_app.core.authority_files import read_authorities
from intake_app.core.authority_text import entry_hash, entry_text

FOLDER = Path(__file__).parents[2] / "resources" / "authorities"
SHIPPED = read_authorities({f.name: f.read_text("utf-8") for f in FOLDER.glob("*.toml")})
ONE = SHIPPED.authorities["C01"]


def test_every_entry_is_read_back_as_it_was() -> None:
    texts = [entry_text(one) for one in SHIPPED.authorities.values()]
    texts += [entry_text(one) for one in SHIPPED.states.values()]
    again = read_authorities({"all.toml": "\n".join(texts)})
    assert again.authorities == SHIPPED.authorities
    assert again.states == SHIPPED.states


def test_any_character_can_stand_in_it() -> None:
    odd = 'a "b" \\ c\x7f\x01\n’—é 漢 {x}'
    told = tomllib.loads(entry_text(replace(ONE, caution=odd)))
    assert told["authority"][0]["caution"] == odd


def test_the_hash_is_of_the_words_alone() -> None:
    named = entry_hash(ONE)
    same = replace(ONE, status=Status.UNVERIFIED, verified_on=date(2030, 1, 1), blocked=True)
    assert entry_hash(same) == named
    changed = (
        replace(ONE, caution="x"),
        replace(ONE, quotation="x"),
        replace(ONE, binds=frozenset({"FL"})),
        replace(ONE, not_in=frozenset({"FL"})),
        replace(ONE, print_words={**ONE.print_words, "sued": "x"}),
    )
    assert len({named, *(entry_hash(one) for one in changed)}) == 1 + len(changed)
    rule = SHIPPED.states["FL"]
    assert entry_hash(rule) != entry_hash(replace(rule, mandate=Mandate.PERMITS))
