"""The directory on the office page: added, found, changed, removed and put back in place."""

from functools import partial
from pathlib import Path

from pypdf import PdfReader
from PySide6.QtTest import QTest

from intake_app.core.directory import DirectoryEntry
from intake_app.core.vocabulary import AddresseeKind
from intake_app.store.office import Office
from intake_app.ui.directory_card import DirectoryCard, postal_lines
from intake_app.workflows.addressees import addressees_of, keep_addressee
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, nameless


def shown(desk: Desk, office: Office, answers: Answers | None = None) -> DirectoryCard:
    card = DirectoryCard(desk.jobs, lambda: NOW, answers or Answers())
    desk.qtbot.addWidget(card)
    card.resize(1000, 700)
    card.show_for(office)
    card.show()
    desk.settled()
    return card


def kept(desk: Desk, office: Office) -> list[str]:
    return [one.words for one in desk.done(partial(addressees_of, office))]


def test_an_entry_lives_on_the_page(desk: Desk, office: Office) -> None:
    card = shown(desk, office)
    assert "Nobody yet" in card.nothing.text()
    card.add.click()
    form = card.form
    form.county.setText("Example")
    form.save.click()
    desk.settled()
    # Refused in one sentence, and nothing typed is lost.
    assert "agency or a name" in card.message.words.text()
    assert form.county.text() == "Example"
    form.agency.setText("Ñandú County Jail")
    form.address.setPlainText("1 Road\n\nTown")
    assert nameless(card) == []
    form.save.click()
    desk.settled()
    assert form.isHidden()
    assert kept(desk, office) == ["Ñandú County Jail"]
    card.add.click()
    QTest.keyClicks(form.agency, "Half")
    desk.press(card, "Change Ñandú County Jail")
    assert "half typed" in card.message.words.text()
    assert (form.agency.text(), form.id) == ("Half", 0)
    form.cancel.click()
    desk.press(card, "Change Ñandú County Jail")
    assert form.address.toPlainText() == "1 Road\nTown"
    form.name.setText("Robin Example")
    form.save.click()
    desk.settled()
    card.search.setText("nandu robin")
    desk.settled()
    desk.press(card, "Remove Robin Example, Ñandú County Jail")
    assert kept(desk, office) == []
    assert "Nobody found" in card.nothing.text()
    card.message.button.click()
    desk.settled()
    assert kept(desk, office) == ["Robin Example, Ñandú County Jail"]


def test_labels_are_printed_for_those_found_from_the_first_free_one(
    desk: Desk, office: Office, tmp_path: Path
) -> None:
    answers = Answers(printed=tmp_path / "labels.pdf")
    card = shown(desk, office, answers)
    for agency, lines in (
        ("One Jail", ("1 Road", "Town")),
        ("Two Jail", ("2 Road",)),
        ("None", ()),
    ):
        entry = DirectoryEntry(AddresseeKind.JAIL, agency=agency, lines=lines)
        desk.done(partial(keep_addressee, office, entry, NOW))
    card.show_for(office)
    desk.settled()
    assert nameless(card) == []

    def pages() -> int:
        card.labels.click()
        desk.settled()
        return len(PdfReader(answers.printed or "").pages)

    assert pages() == 1
    card.first.setText("30")
    assert pages() == 2
    card.first.clear()
    card.labels.click()
    desk.settled()
    assert "1 to 30" in card.message.words.text()
    card.first.setText("1")
    card.search.setText("One")
    desk.settled()
    assert pages() == 1
    card.search.setText("Nowhere")
    desk.settled()
    assert not card.labels.isVisibleTo(card)
    assert set(answers.jobs) == {"Labels"}
    assert postal_lines(DirectoryEntry(AddresseeKind.JAIL, name="A", agency="B", lines=("C",))) == (
        *("A", "B", "C"),
    )
