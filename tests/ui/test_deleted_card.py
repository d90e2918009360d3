"""Recently deleted: what is listed, how long it is left, and bringing it back by its button."""

from datetime import timedelta
from functools import partial

from PySide6.QtCore import QAbstractItemModel

from intake_app.core.casefile import Charge, Person, Phone
from intake_app.core.roles import Role
from intake_app.store.office import Office
from intake_app.ui.deleted_card import DeletedCard
from intake_app.workflows.bring_back import bring_back
from intake_app.workflows.delete_case import delete_case
from intake_app.workflows.deleted_things import deleted_things
from intake_app.workflows.find_people import find_people
from intake_app.workflows.open_case import open_case
from intake_app.workflows.save_case import add_entry, remove_entry, save_answer
from intake_app.workflows.start_intake import start_intake
from tests.conftest import NOW
from tests.ui.conftest import Desk
from tests.ui.demo_office import nameless


def shown(desk: Desk, office: Office, later: timedelta = timedelta()) -> DeletedCard:
    card = DeletedCard(desk.jobs, lambda: NOW + later)
    desk.qtbot.addWidget(card)
    card.resize(1000, 500)
    card.show_for(office)
    card.show()
    desk.settled()
    return card


def lines(card: DeletedCard) -> list[list[str]]:
    model: QAbstractItemModel = card.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def delete_two(office: Office) -> tuple[int, int]:
    gone, kept = start_intake(office, NOW).case_id, start_intake(office, NOW).case_id
    save_answer(office, gone, Person, None, "surname", "Quattlebaum", NOW)
    entry = add_entry(office, kept, Phone, NOW).entry_id
    save_answer(office, kept, Phone, entry, "number", "305-555-0100", NOW)
    remove_entry(office, kept, Phone, entry, NOW)
    delete_case(office, gone, NOW + timedelta(minutes=1))
    return gone, kept


def test_a_case_and_a_row_are_listed_and_come_back(desk: Desk, office: Office) -> None:
    gone, kept = desk.done(partial(delete_two, office))
    card = shown(desk, office, timedelta(days=29, hours=12))
    told = lines(card)
    assert told[0][1:4] == ["M. Paralegal", "Case", "Quattlebaum"]
    assert told[0][5] == told[1][5] == "last day"
    assert told[1][2] == "Telephone"
    assert "305-555-0100" in told[1][3]
    assert nameless(card) == []
    card.back.click()
    desk.settled()
    assert card.message.words.text().startswith("Brought back: Case · Quattlebaum.")
    assert [row.case_id for row in desk.done(lambda: find_people(office, "quattlebaum"))] == [gone]
    card.back.click()
    desk.settled()
    assert len(desk.done(partial(open_case, office, kept)).all(Phone)) == 1
    assert card.nothing.isVisibleTo(card) is (lines(card) == [])
    assert card.back.isEnabled() is (lines(card) != [])


def test_a_refusal_is_a_line_and_leaving_forgets_the_names(desk: Desk, office: Office) -> None:
    case = desk.done(partial(start_intake, office, NOW)).case_id
    entry = desk.done(partial(add_entry, office, case, Charge, NOW)).entry_id
    desk.done(partial(remove_entry, office, case, Charge, entry, NOW))
    card = shown(desk, office)
    thing, *_ = desk.done(partial(deleted_things, office, NOW))
    desk.done(partial(bring_back, office, thing, NOW))
    card.back.click()
    desk.settled()
    assert "in the case already" in card.message.words.text()
    card.leave()
    assert lines(card) == []
    assert card.message.isHidden()


def test_a_volunteer_is_shown_no_deleted_case(desk: Desk, office: Office) -> None:
    desk.done(partial(delete_two, office))
    desk.close(office)
    volunteer = desk.open(Role.VOLUNTEER)
    card = shown(desk, volunteer)
    assert "Case" not in [line[2] for line in lines(card)]
    assert "Telephone" in [line[2] for line in lines(card)]
    desk.close(volunteer)
