"""The poverty guidelines on the office page: one form for a new one and for a correction."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from PySide6.QtTest import QTest

from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.poverty_card import PovertyCard
from intake_app.workflows.set_poverty_guideline import TypedGuideline, set_poverty_guideline
from tests.conftest import NOW
from tests.ui.conftest import Desk

THE_STATES = "for the 48 contiguous states and D.C."
OF_2026 = f"the guideline of 15 Jan 2026 {THE_STATES}"
OF_2025 = f"the guideline of 15 Jan 2025 {THE_STATES}"


@pytest.fixture
def card(desk: Desk) -> Iterator[PovertyCard]:
    """With two guidelines, all figures invented."""
    office: Office = desk.open(Role.ATTORNEY)
    for year in (2025, 2026):
        typed = TypedGuideline(
            date(year, 1, 15), "48", Decimal(16_000), Decimal(5_600), "INVENTED, vol. 0 p. 0"
        )
        desk.done(partial(set_poverty_guideline, office, typed, NOW, sure=True))
    made = PovertyCard(desk.jobs, lambda: NOW)
    desk.qtbot.addWidget(made)
    made.show_for(office)
    made.show()
    yield made
    desk.close(office)


def test_what_is_half_typed_is_not_filled_over_nor_removed_with_another_row(
    card: PovertyCard, desk: Desk
) -> None:
    desk.press(card, card.enter.text())
    QTest.keyClicks(card.first_person, "17")
    desk.press(card, f"Correct {OF_2026}")
    assert "half typed" in card.message.words.text()
    for _twice in range(2):
        desk.press(card, f"Remove {OF_2025}")
    assert "Removed." in card.message.words.text()
    assert card.form.isVisible()
    assert card.first_person.text() == "17"


def test_a_guideline_that_is_removed_is_corrected_no_more(card: PovertyCard, desk: Desk) -> None:
    desk.press(card, f"Correct {OF_2026}")
    for _twice in range(2):
        desk.press(card, f"Remove {OF_2026}")
    assert not card.form.isVisible()
