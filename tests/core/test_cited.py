"""What the program cites by itself agrees with the library a lawyer keeps."""

import re
from pathlib import Path

from intake_app.core.authority_files import read_authorities
from intake_app.core.cited import CITED, STATE_OF

FOLDER = Path(__file__).parents[2] / "resources" / "authorities"
LIBRARY = read_authorities({f.name: f.read_text("utf-8") for f in FOLDER.glob("*.toml")})


def test_every_citation_is_the_librarys_own() -> None:
    for one in CITED:
        authority = LIBRARY.authorities[one]
        assert CITED[one] in (authority.citation, authority.short_name)
        assert not authority.blocked


def test_nothing_blocked_or_rescinded_is_cited() -> None:
    told = " ".join(CITED.values())
    for dead in ("2.251", "10076.1", "11005.3", "Lopez-Aguilar"):
        assert dead not in told


def test_a_state_law_names_its_own_state() -> None:
    state_laws = {one for one in CITED if re.match("L", one)}
    assert state_laws == set(STATE_OF)
    assert all(state in LIBRARY.states for state in STATE_OF.values())
