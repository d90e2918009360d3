"""The letter page: the page itself, what it says and cites, what blocks, saving and printing."""

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from intake_app.core.casefile import ToDo
from intake_app.core.roles import Role
from intake_app.core.vocabulary import ToDoKind
from intake_app.store.office import Office
from intake_app.ui.letter_page import LetterPage
from intake_app.ui.letters_page import LettersPage
from intake_app.ui.widgets import Pill
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.open_case import open_case
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import Answers, DemoFolder, demo_folder, nameless, opened


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> DemoFolder:
    return demo_folder(tmp_path_factory.mktemp("demo") / "office", NOW, 40)


@pytest.fixture
def attorney(made: DemoFolder, desk: Desk) -> Iterator[Office]:
    with opened(made, desk, Role.ATTORNEY, NOW) as office:
        yield office


class Letter:
    """What a person does on the page."""

    def __init__(self, desk: Desk, office: Office, tmp: Path) -> None:
        self.desk, self.office = desk, office
        self.answers = Answers(place=tmp, printed=tmp / "printed.pdf")
        self.page = LetterPage(desk.jobs, lambda: NOW, asking=self.answers)
        self.bar = self.page.bar()
        for widget in (self.page, self.bar):
            assert isinstance(widget, QWidget)
            desk.qtbot.addWidget(widget)
        self.page.resize(1100, 760)
        self.page.show()

    def write(self, case_id: int) -> LetterPage:
        self.page.show_for(self.office, case_id)
        self.desk.settled()
        return self.page

    def words(self) -> list[str]:
        """Every word at the left that can be seen."""
        return [
            label.text()
            for label in self.page.findChildren(QLabel)
            if label.isVisibleTo(self.page) and label.text()
        ]

    def cited(self) -> list[QPushButton]:
        """The names of authorities that can be pressed."""
        buttons = self.page.authorities.findChildren(QPushButton)
        return [button for button in buttons if button.isVisibleTo(self.page)]

    def text(self) -> str:
        """The words of the page itself, read back from the PDF."""

        pages = PdfReader(io.BytesIO(self.page.page.pdf)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def letter(desk: Desk, attorney: Office, tmp_path: Path) -> Letter:
    return Letter(desk, attorney, tmp_path)


def open_letter(made: DemoFolder, desk: Desk, office: Office) -> int:
    """The first case with a letter that nothing blocks."""
    for case_id in range(1, len(made.demo.cases) + 1):
        work = partial(compose_letter, office, case_id, "decline", NOW)
        if desk.done(work).pdf is not None:
            return case_id
    raise AssertionError("the demonstration has no letter")


def test_the_page_is_shown_with_what_it_says_and_cites(
    letter: Letter, made: DemoFolder, desk: Desk, attorney: Office
) -> None:
    case_id = open_letter(made, desk, attorney)
    page = letter.write(case_id)
    made_now = desk.done(partial(compose_letter, attorney, case_id, "decline", NOW))
    assert page.page.pdf == made_now.pdf
    assert page.page.document is not None
    assert page.page.document.pageCount() == made_now.pages
    words = letter.words()
    for fact in made_now.facts:
        assert f"✓ {fact.label}: {fact.text}" in words
    cited = [button.text() for button in letter.cited()]
    assert cited[: len(made_now.authorities)] == [one.short_name for one in made_now.authorities]
    stances = [pill.text() for pill in page.authorities.findChildren(Pill)]
    assert stances[: len(made_now.authorities)] == [one.stance for one in made_now.authorities]
    assert any("checked 22 Nov 2026" in said for said in words)
    assert page.draft.text() == "draft"
    assert not page.blockers.isVisibleTo(page)
    case = desk.done(partial(open_case, attorney, case_id))
    assert letter.page.title.accessibleName().endswith(case.name)


def test_in_florida_it_refuses_and_says_why_and_who_can_open_it(
    letter: Letter, made: DemoFolder
) -> None:
    page = letter.write(made.number_in("FL"))
    assert page.page.document is None
    assert page.draft.text() == "blocked"
    assert not page.save.isEnabled()
    assert not page.print.isEnabled()
    words = letter.words()
    assert any("In Florida the law directs jails" in said for said in words)
    assert "Who can open it: nobody" in words


def test_what_is_typed_stands_on_the_page_at_once(
    letter: Letter, made: DemoFolder, desk: Desk, attorney: Office
) -> None:
    page = letter.write(open_letter(made, desk, attorney))
    assert "Warden Quill" not in letter.text()
    page.attention.setFocus()
    QTest.keyClicks(page.attention, "Warden Quill")
    desk.qtbot.waitUntil(lambda: "Warden Quill" in letter.text(), timeout=5_000)
    page.signer.clear()
    QTest.keyClicks(page.signer, "R. Okafor")
    desk.qtbot.waitUntil(lambda: "R. Okafor" in letter.text(), timeout=5_000)
    assert "Sheriff or Jail Commander" in letter.text()


def test_another_case_starts_over(
    letter: Letter, made: DemoFolder, desk: Desk, attorney: Office
) -> None:
    page = letter.write(open_letter(made, desk, attorney))
    QTest.keyClicks(page.attention, "Warden Quill")
    page = letter.write(made.number_in("FL"))
    assert page.attention.text() == ""
    assert page.page.pdf == b""


def test_saving_writes_the_very_bytes_under_a_name_without_anybody(
    letter: Letter, made: DemoFolder, desk: Desk, attorney: Office, tmp_path: Path
) -> None:
    case_id = open_letter(made, desk, attorney)
    page = letter.write(case_id)
    page.save.click()
    desk.settled()
    number = made.demo.cases[case_id - 1].number
    assert letter.answers.asked == [f"letter-{number}.pdf"]
    assert (tmp_path / f"letter-{number}.pdf").read_bytes() == page.page.pdf
    assert "not encrypted" in page.message.words.text()


def test_printing_sends_every_page_under_a_job_name_without_anybody(
    letter: Letter, made: DemoFolder, desk: Desk, attorney: Office, tmp_path: Path
) -> None:
    case_id = open_letter(made, desk, attorney)
    page = letter.write(case_id)
    assert page.page.document is not None
    page.print.click()
    printed = PdfReader(tmp_path / "printed.pdf")
    assert len(printed.pages) == page.page.document.pageCount()
    assert letter.answers.jobs == [f"Letter {made.demo.cases[case_id - 1].number}"]
    case = desk.done(partial(open_case, attorney, case_id))
    surname = case.name.split(",")[0]
    assert surname not in str(printed.metadata)
    assert page.message.words.text() == "Sent to the printer."


def test_it_leads_to_the_case_and_to_the_library(
    letter: Letter, made: DemoFolder, desk: Desk, attorney: Office
) -> None:
    case_id = open_letter(made, desk, attorney)
    page = letter.write(case_id)
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        page.open_case.click()
    assert wanted.args == ["case", case_id]
    with desk.qtbot.waitSignal(page.wanted) as wanted:
        letter.cited()[0].click()
    assert wanted.args is not None
    assert wanted.args[0] == "authorities"
    assert page.showing() == case_id


def test_the_letters_page_lists_whom_to_write_for(made: DemoFolder, desk: Desk) -> None:
    with opened(made, desk, Role.PARALEGAL, NOW) as office:
        page = LettersPage(desk.jobs, lambda: NOW)
        desk.qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show_for(office)
        page.show()
        desk.settled()
        first = page.people.findChildren(QPushButton)[0]
        with desk.qtbot.waitSignal(page.wanted) as wanted:
            first.click()
        assert wanted.args is not None
        assert wanted.args[0] == "letter"
        assert nameless(page) == []


def test_every_control_has_a_name(
    letter: Letter, made: DemoFolder, desk: Desk, attorney: Office
) -> None:
    page = letter.write(open_letter(made, desk, attorney))
    assert nameless(page) == []
    assert letter.bar is not None
    letter.bar.show()
    assert nameless(letter.bar) == []


def test_a_paralegal_asks_an_attorney_once(made: DemoFolder, desk: Desk, tmp_path: Path) -> None:
    with opened(made, desk, Role.PARALEGAL, NOW) as office:
        letter = Letter(desk, office, tmp_path)
        case = open_letter(made, desk, office)
        page = letter.write(case)
        assert not page.ask.isHidden()
        page.ask.click()
        desk.settled()
        assert page.message.words.text() == "This letter is on every attorney’s desk now."
        page.ask.click()
        desk.settled()
        assert page.message.words.text() == "This letter waits for an attorney already."
        kept = desk.done(partial(open_case, office, case)).all(ToDo)
        waiting = [one for one in kept if one.what == "Request to decline the detainer"]
        assert [one.kind for one in waiting] == [ToDoKind.LETTER]


def test_an_attorney_need_not_ask(letter: Letter, made: DemoFolder, desk: Desk) -> None:
    letter.write(open_letter(made, desk, letter.office))
    assert letter.page.ask.isHidden()
