"""The demonstration office has a letter in each place of the register, and a case for each kind."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from intake_app.core.errors import AppError
from intake_app.core.letters.kinds import KINDS
from intake_app.core.letters.options import LetterOptions
from intake_app.store.keyring import OWASP_MINIMUM
from intake_app.store.office import Office
from intake_app.workflows.addressees import addressees_of
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.make_demo import make_demo
from intake_app.workflows.read_letters import Place, approved_pdf, letter_register
from intake_app.workflows.unlock_office import unlock_office

NOW = datetime(2026, 11, 22, 12, 11, tzinfo=ZoneInfo("America/New_York"))
COUNT = 300
GROUNDS = {
    "cancel": frozenset({"no_cause"}),
    "court_notice": frozenset({"plea"}),
    "client": frozenset({"decline", "by_hand"}),
}
"""What a person chooses of the kinds that say nothing of themselves."""


@pytest.fixture(scope="module", name="office")
def _office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder: Path = tmp_path_factory.mktemp("demo") / "office"
    demo = make_demo(folder, NOW, COUNT, cost=OWASP_MINIMUM)
    with unlock_office(folder, "attorney", demo.passphrases["attorney"], NOW) as opened:
        yield opened


def test_there_is_a_letter_in_each_place_of_the_register(office: Office) -> None:
    rows = letter_register(office, NOW)
    assert {row.place for row in rows} == set(Place)
    assert len({row.case_id for row in rows}) == len(rows) == 7
    for row in rows:
        if row.place in (Place.TO_SEND, Place.SENT, Place.ANSWERED):
            assert approved_pdf(office, row.letter_id).startswith(b"%PDF-")
    waiting = [row for row in rows if row.place is Place.WAITING]
    assert {row.made_by for row in waiting} == {"Marisol Duarte"}
    assert office.damage() == []


def test_the_office_has_a_directory(office: Office) -> None:
    assert len(addressees_of(office)) > 20


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_can_be_written_for_somebody(office: Office, kind: str) -> None:
    options = LetterOptions(
        grounds=GROUNDS.get(kind, frozenset()),
        tell=frozenset(group.value for group in KINDS[kind].tells),
    )
    why: set[str] = set()
    for case_id in range(1, COUNT + 1):
        try:
            composed = compose_letter(office, case_id, kind, NOW, options)
        except AppError as error:
            why.add(error.sentence)
            continue
        if composed.pdf is not None:
            return
        why |= {one.why for one in composed.blocked_by}
    raise AssertionError("\n".join(sorted(why)))
