"""Letterhead, logo and signature on the office page, with the head of a letter beside them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.letterhead_card import PAUSE, LetterheadCard
from intake_app.workflows.set_letterhead import logo_of, own_block
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import nameless
from tests.workflows.test_set_letterhead import png


class Chooses(Asking):
    """Somebody who always chooses one file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @override
    def open_files(self, parent: QWidget, title: str, start: Path, kinds: str) -> list[Path]:
        return [self.path]


@pytest.fixture
def attorney(desk: Desk) -> Iterator[Office]:
    opened = desk.open(Role.ATTORNEY)
    yield opened
    desk.close(opened)


def shown(desk: Desk, office: Office, logo: Path) -> LetterheadCard:
    card = LetterheadCard(desk.jobs, lambda: NOW, Chooses(logo))
    desk.qtbot.addWidget(card)
    card.show_for(office)
    card.show()
    desk.settled()
    return card


def test_everything_is_saved_and_the_picture_follows(
    desk: Desk, attorney: Office, tmp_path: Path
) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(b"no picture")
    card = shown(desk, attorney, logo)
    assert nameless(card) == []
    before = card.preview.pixmap().toImage()
    card.name.setText("Another Name")
    card.name.textEdited.emit("Another Name")
    desk.qtbot.wait(2 * PAUSE)
    desk.settled()
    typed = card.preview.pixmap().toImage()
    assert typed != before
    card.title_line.setText("Senior Attorney")
    card.save.click()
    desk.settled()
    assert attorney.profile.name == "Another Name"
    # Saving one half leaves what is typed in the other.
    assert card.title_line.text() == "Senior Attorney"
    card.below.setPlainText("Bar No. 1")
    card.sign.click()
    desk.settled()
    assert desk.done(partial(own_block, attorney)).lines == ("Bar No. 1",)
    card.choose.click()
    desk.settled()
    assert "no PNG or JPEG" in card.message.words.text()
    logo.write_bytes(png())
    card.choose.click()
    desk.settled()
    assert desk.done(partial(logo_of, attorney))
    assert card.remove.isVisibleTo(card)
    card.remove.click()
    desk.settled()
    assert desk.done(partial(logo_of, attorney)) is None
    assert not card.remove.isVisibleTo(card)


def test_who_may_not_change_it_sees_it(desk: Desk, office: Office, tmp_path: Path) -> None:
    card = shown(desk, office, tmp_path)
    assert card.who.text() == "An attorney or administrator changes it."
    assert not card.save.isVisibleTo(card)
    assert not card.sign.isVisibleTo(card)
    assert not card.preview.pixmap().isNull()
