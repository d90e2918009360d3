"""Which letter fits: by the clock first, then by the state's law, then by what the case shows."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Contact
from intake_app.core.findings import Setting
from intake_app.core.letters.fitting import Fit, fitting
from intake_app.core.letters.kinds import KINDS
from intake_app.core.office_reference import OfficeReference
from intake_app.core.roles import Role
from intake_app.core.vocabulary import (
    DetainerBox,
    DetainerForm,
    DetainerStatus,
    Safe,
    State,
    WarrantAttached,
    YesNo,
)
from tests.letter_cases import LIBRARY, LONG_AGO, MANDATES, NOW, case_of

SETTING = Setting(NOW, "America/New_York", "NY", Role.PARALEGAL, OfficeReference())
GOOD = {"warrant": WarrantAttached.I200, "box": DetainerBox.PROBABLE_CAUSE, "served": YesNo.YES}


def fits(case: CaseFile) -> tuple[Fit, ...]:
    return fitting(case, LIBRARY, SETTING)


def best(**changes: dict[str, Any]) -> str:
    return fits(case_of(**changes))[0].kind


def test_an_expired_clock_comes_first_in_every_state() -> None:
    for state in State:
        custody = {"facility_state": state, "release_due_at": LONG_AGO}
        assert best(custody=custody) == "expired"


def test_between_the_readings_the_variant_comes_second() -> None:
    custody = {"release_due_at": NOW - timedelta(hours=60)}
    kinds = [fit.kind for fit in fits(case_of(custody=custody))]
    assert kinds[:2] == ["decline", "expired"]
    other = case_of(custody=custody, detainer={"form": DetainerForm.I247D})
    assert "expired" not in [fit.kind for fit in fits(other)]


def test_a_form_that_asks_for_notice_only_is_over_at_release() -> None:
    form = {"form": DetainerForm.I247G}
    past = {"release_due_at": NOW - timedelta(hours=1)}
    assert best(custody=past, detainer=form) == "expired"
    kinds = [fit.kind for fit in fits(case_of(detainer=form))]
    assert not {"decline", "conditions", "expired"} & set(kinds)


@pytest.mark.parametrize("state", list(State))
def test_the_states_law_decides(state: State) -> None:
    kinds = [fit.kind for fit in fits(case_of(custody={"facility_state": state}))]
    if state in MANDATES:
        assert kinds[0] == "conditions"
        assert "decline" not in kinds
        sound = fits(case_of(custody={"facility_state": state}, detainer=GOOD))
        assert sound[0].kind == "cancel"
    else:
        assert kinds[0] == "decline"
        assert "conditions" not in kinds


@pytest.mark.parametrize(
    "changes",
    [
        {"custody": {"in_custody": YesNo.NO}},
        {"detainer": {"status": DetainerStatus.CANCELLED}},
    ],
)
def test_with_nothing_to_decline_no_jail_is_asked(changes: dict[str, Any]) -> None:
    kinds = {fit.kind for fit in fits(case_of(**changes))}
    assert not {"decline", "conditions", "expired"} & kinds


def test_the_client_is_written_to_where_that_is_safe() -> None:
    safe = Contact(home_address="1 Safe Street", safe_to_mail=Safe.YES, confirmed_on=NOW.date())
    why = {fit.kind: fit.why for fit in fits(case_of(safe))}
    assert why["client"] == "The client can be written to safely."


def test_an_empty_case_still_has_an_answer_and_each_kind_once() -> None:
    empty = fits(CaseFile(1, "26-1", {}))
    assert empty
    for found in (empty, fits(case_of())):
        kinds = [fit.kind for fit in found]
        assert len(kinds) == len(set(kinds))
        assert all(fit.why.endswith(".") for fit in found)
        assert set(kinds) <= set(KINDS) | {"cancel", "certify", "client", "court_notice"} | {
            "jail_records", "ice_records",
        }  # fmt: skip


def test_the_offices_own_holidays_count() -> None:
    custody = {"release_due_at": NOW - timedelta(hours=117)}
    assert best(custody=custody) == "expired"
    added = OfficeReference(holidays={(NOW - timedelta(days=3)).date(): "a county day"})
    later = replace(SETTING, reference=added)
    assert fitting(case_of(custody=custody), LIBRARY, later)[0].kind != "expired"
