"""A new recovery sheet: shown first, in force only behind the passphrase, forgotten when left."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest

from intake_app.core.errors import WrongPassphrase
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.recovery_card import RecoveryCard
from intake_app.workflows.unlock_office import unlock_with_recovery
from tests.conftest import NOW, PASSPHRASE
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, nameless

NEW = "tamarind bicycle cloud"


@pytest.fixture
def card(
    staffed_folder: Path, desk: Desk, tmp_path: Path, clock: Callable[[], datetime]
) -> Iterator[tuple[RecoveryCard, Office]]:
    """The card for an administrator, of an office of this test alone."""
    own = replace(desk, folder=Path(shutil.copytree(staffed_folder, tmp_path / "office")))
    office = own.open(Role.ADMINISTRATOR)
    made = RecoveryCard(desk.jobs, clock, Answers(place=tmp_path))
    desk.qtbot.addWidget(made)
    made.resize(800, 700)
    made.show_for(office)
    made.show()
    yield made, office
    desk.close(office)


def drawn(shown: RecoveryCard, desk: Desk) -> str:
    """Make a sheet; its code."""
    shown.make.click()
    desk.settled()
    assert shown.view.isVisible()
    assert shown.view.page.document is not None
    return shown.view.code.text()


def come_in(desk: Desk, office: Office, code: str) -> Office:
    work = partial(unlock_with_recovery, office.folder, code, "volunteer", NEW, NOW)
    return desk.done(work)


def test_the_new_sheet_is_in_force_once_it_is_kept_and_the_passphrase_typed(
    card: tuple[RecoveryCard, Office], desk: Desk, tmp_path: Path
) -> None:
    shown, office = card
    code = drawn(shown, desk)
    assert len(code) == 39
    assert nameless(shown) == []
    assert not shown.use.isEnabled()
    shown.view.save.click()
    desk.settled()
    assert (tmp_path / "recovery-sheet.pdf").stat().st_size > 1_000
    shown.view.tick.setChecked(True)
    shown.use.click()
    assert "will open this office no more" in shown.again.words.text()
    shown.again.field.edit.setText(PASSPHRASE + "x")
    shown.again.go.click()
    desk.settled()
    assert shown.view.isVisible()
    shown.again.field.edit.setText(PASSPHRASE)
    shown.again.go.click()
    desk.settled()
    assert "The new sheet opens the office now" in shown.message.words.text()
    assert shown.view.code.text() == ""
    assert not shown.view.page.pdf
    desk.close(office)
    desk.close(come_in(desk, office, code))


@pytest.mark.parametrize("how", ["Keep the old sheet", "left"])
def test_a_sheet_that_was_not_used_opens_nothing_and_stays_nowhere(
    card: tuple[RecoveryCard, Office], desk: Desk, how: str
) -> None:
    shown, office = card
    code = drawn(shown, desk)
    shown.view.tick.setChecked(True)
    shown.use.click()
    shown.again.field.edit.setText(PASSPHRASE)
    if how == "left":
        shown.leave()
    else:
        shown.cancel.click()
        assert "Nothing was changed" in shown.message.words.text()
    assert shown.view.code.text() == ""
    assert not shown.view.page.pdf
    assert shown.again.field.text() == ""
    assert not shown.view.isVisible()
    desk.close(office)
    with pytest.raises(WrongPassphrase):
        come_in(desk, office, code)


def test_one_that_is_drawn_after_the_card_was_left_is_not_shown(
    card: tuple[RecoveryCard, Office], desk: Desk
) -> None:
    shown, _office = card
    shown.make.click()
    shown.leave()
    desk.settled()
    assert shown.view.code.text() == ""
    assert not shown.view.isVisible()
    assert shown.make.isEnabled()
