"""The rows of the checks in a real file: in order, with a line of history, none ever changed."""

import pytest
from sqlalchemy import select

from intake_app.core.authority_checks import CheckAction
from intake_app.core.errors import AppError
from intake_app.store.authority_checks import add_check, read_checks
from intake_app.store.office import Office
from intake_app.store.schema import AUTHORITY_CHECKS, HISTORY
from tests.conftest import NOW


def test_acts_come_back_in_order_with_who_and_when(office: Office) -> None:
    add_check(office, NOW, "C01", CheckAction.BLOCKED, "abc", note="reversed.")
    add_check(office, NOW, "C01", CheckAction.CORRECTED, "abc", text="[[authority]]\n")
    first, second = read_checks(office)
    assert (first.entry, first.action, first.of_entry, first.note) == (
        "C01",
        CheckAction.BLOCKED,
        "abc",
        "reversed.",
    )
    assert (first.by, first.on, first.text) == ("A. Ruiz", office.today(NOW), None)
    assert second.text == "[[authority]]\n"


def test_each_act_writes_its_line_of_history(office: Office) -> None:
    with office.reading() as connection:
        before = len(connection.execute(select(HISTORY)).all())
    add_check(office, NOW, "C01", CheckAction.WITH_SOURCE, "abc")
    add_check(office, NOW, "C01", CheckAction.BLOCKED, "abc", note="reversed.")
    with office.reading() as connection:
        lines = connection.execute(select(HISTORY).order_by(HISTORY.c.seq)).all()[before:]
    assert [line.action for line in lines] == [
        "authority checked with the source",
        "authority blocked",
    ]
    assert {line.record for line in lines} == {AUTHORITY_CHECKS.name}
    assert {line.case_id for line in lines} == {None}
    assert office.damage() == []


def test_a_row_and_its_line_are_kept_together_or_not_at_all(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> list[int]:
        raise AppError("The disk is full.")

    monkeypatch.setattr(office, "record", refused)
    with pytest.raises(AppError):
        add_check(office, NOW, "C01", CheckAction.WITH_SOURCE, "abc")
    assert read_checks(office) == ()
