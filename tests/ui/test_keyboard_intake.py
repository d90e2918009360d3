"""A whole intake from the keyboard alone, counted: keys pressed, and stops on the way."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QApplication

from intake_app.core.answers import show
from intake_app.core.case import Entry
from intake_app.core.casefile import (
    Abuser,
    Charge,
    Consent,
    Contact,
    Custody,
    Dependent,
    Detainer,
    Household,
    Intake,
    Person,
    Phone,
    Protection,
    ToDo,
)
from intake_app.core.fields import question, title_of
from intake_app.core.roles import Role
from intake_app.ui.case_page import NEW, CasePage
from intake_app.ui.page import Clock
from intake_app.workflows.open_case import open_case
from tests.ui.conftest import Desk
from tests.ui.typing_hand import TypingHand

# The first case of the demonstration office, as her sister tells it on the telephone.
INTAKE: tuple[tuple[type, tuple[tuple[str, str], ...]], ...] = (
    (Person, (("given", "Marie"), ("surname", "Jean-Baptiste"), ("born", "1992-03-14"))),
    (Intake, (("mode", "Family call"), ("caller", "Friend or relative"))),
    (
        Person,
        (
            ("booking_number", "26-104417"),
            ("country_of_birth", "Haiti"),
            ("us_citizen_claim", "No claim"),
            ("language_spoken", "Haitian Creole"),
            ("interpreter", "Yes"),
        ),
    ),
    (Contact, (("safe_to_talk_now", "Yes"), ("if_other_answers", "Say it is the dentist."))),
    (
        Phone,
        (
            ("number", "305 555 0142"),
            ("kind", "Relative"),
            ("safe", "Ask first"),
            ("voicemail", "Not safe"),
        ),
    ),
    (
        Custody,
        (
            ("arrested_at", "2026-11-18 23:40"),
            ("arresting_agency", "Heron Bay Police"),
            ("facility", "Heron County Jail"),
            ("facility_state", "Florida"),
            ("facility_zone", "Eastern"),
            ("custody_basis", "Detainer only"),
            ("in_custody", "Yes"),
            ("release_due_at", "2026-11-20 09:10"),
            ("release_basis", "Charges dismissed"),
        ),
    ),
    (
        Charge,
        (
            ("charge_text", "Battery"),
            ("level", "Misdemeanor"),
            ("category", "Violent"),
            ("outcome", "Nolle prosequi or declined"),
            ("outcome_on", "2026-11-20"),
        ),
    ),
    (
        Charge,
        (
            ("charge_text", "Resisting without violence"),
            ("level", "Misdemeanor"),
            ("category", "Public order"),
            ("outcome", "Dismissed"),
            ("outcome_on", "2026-11-20"),
        ),
    ),
    (
        Detainer,
        (
            ("form", "I-247A"),
            ("received_at", "2026-11-19 14:00"),
            ("box", "Box 1: probable cause"),
            ("probable_cause", "Biometric match and records"),
            ("served", "No"),
            ("warrant", "None"),
            ("copy_seen", "Yes"),
            ("status", "Active"),
        ),
    ),
    (
        Household,
        (("adults", "1"), ("children", "3"), ("primary_breadwinner", "Primary earner")),
    ),
    (
        Dependent,
        (
            ("relation", "Child"),
            ("age", "6–12"),
            ("us_citizen", "Yes"),
            ("care_now", "Relative"),
        ),
    ),
    (Protection, (("screened_privately", "Yes"), ("survivor", "Yes"))),
    (Abuser, (("name", "Jean Toussaint"), ("relation", "Former partner"))),
    (
        Consent,
        (
            ("kind", "Letter"),
            ("recipient", "Heron County Jail"),
            ("facts", "Name and booking number|Charges and outcomes"),
            ("signed_on", "2026-11-22"),
            ("signed_how", "Signed on paper"),
            ("expires_on", "2026-12-22"),
        ),
    ),
    (ToDo, (("what", "Call the jail about the release"), ("due_on", "2026-11-22"))),
)
ANSWERS = sum(len(answers) for _, answers in INTAKE)


def take(desk: Desk, clock: Clock, *, only_tab: bool) -> TypingHand:
    """Take the whole intake, and see that the file has every answer."""
    office = desk.open(Role.PARALEGAL)
    page = CasePage(desk.jobs, clock)
    desk.qtbot.addWidget(page)
    desk.qtbot.addWidget(page.bar())
    page.resize(1100, 760)
    page.show_for(office, NEW)
    page.show()
    desk.qtbot.waitExposed(page)
    page.activateWindow()
    desk.qtbot.waitUntil(page.isActiveWindow)
    desk.settled()
    hand = TypingHand(page, only_tab=only_tab)
    rows: dict[type, int] = {}
    for record, answers in INTAKE:
        if title_of(record).many:
            hand.add(record)
            desk.settled()
            rows[record] = rows.get(record, 0) + 1
        for field, words in answers:
            hand.answer(record, field, words)
    page.leave()
    desk.settled()
    assert page.unsaved() == ""
    assert page.case is not None
    case = desk.done(partial(open_case, office, page.case.case_id))
    seen: dict[type, int] = {}
    for record, answers in INTAKE:
        kept: tuple[Entry[Any], ...] = case.kept(record)
        place = seen.get(record, 0) if title_of(record).many else 0
        seen[record] = place + 1
        for field, words in answers:
            value = getattr(kept[place].record, field)
            assert value is not None, (record, field)
            asked = question(record, field)
            if asked.vocabulary is not None:
                assert show(asked, value) == words.replace("|", "; "), (record, field)
    desk.close(office)
    QApplication.processEvents()
    return hand


ON_THE_WAY, STOPS = 90, 80
"""Keys that are no part of an answer, and places the keyboard stopped at: may only go down.

On a quiet machine it is 76 stops; on a busy one a few more are seen.
"""


def test_an_intake_is_taken_from_the_keyboard_alone_in_few_keys(desk: Desk, clock: Clock) -> None:
    """With Tab and Ctrl+PgDown alone it took 196 keys on the way and 185 stops."""
    assert 58 <= ANSWERS <= 66
    hand = take(desk, clock, only_tab=False)
    assert hand.ways <= ON_THE_WAY
    assert hand.stops <= STOPS
    plain = take(desk, clock, only_tab=True)
    assert hand.ways < plain.ways / 2
    assert hand.stops < plain.stops / 2
