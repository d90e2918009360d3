"""The flags of a detainer form: raised by what was recorded, never by what was not asked."""

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app.core.casefile import Charge, Custody, Detainer, Immigration, Person
from intake_app.core.cited import CITED
from intake_app.core.detainer_review import (
    Flag,
    FlagId,
    case_flags,
    detainer_flags,
    form_flags,
    still_to_read,
)
from intake_app.core.fields import Kind, question, questions
from intake_app.core.findings import Weight
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    CitizenClaim,
    DetainerBox,
    DetainerForm,
    ListedOffense,
    ProbableCause,
    State,
    StatusClaimed,
    WarrantAttached,
    YesNo,
)
from tests.cases import case_of


def ids(detainer: Detainer, *records: Any) -> set[FlagId]:
    return {flag.id for flag in detainer_flags(detainer, case_of(detainer, *records))}


def flag(detainer: Detainer, which: FlagId, *records: Any) -> Flag:
    (found,) = (
        one for one in detainer_flags(detainer, case_of(detainer, *records)) if one.id is which
    )
    return found


I247A, YES, NO, UNKNOWN = DetainerForm.I247A, YesNo.YES, YesNo.NO, YesNo.UNKNOWN
SOUND = Detainer(
    form=I247A,
    issued_on=PartialDate(2026, 11, 19),
    box=DetainerBox.PROBABLE_CAUSE,
    probable_cause=(ProbableCause.FINAL_ORDER, ProbableCause.BIOMETRIC),
    signed=YES,
    person_matches=YES,
    served=YES,
    warrant=WarrantAttached.I205,
    warrant_on=PartialDate(2026, 11, 19),
    warrant_dated=YES,
    warrant_signed=YES,
    copy_seen=YES,
)


def with_(**changes: Any) -> Detainer:
    kept = {one.name: getattr(SOUND, one.name) for one in fields(SOUND)}
    return Detainer(**kept | changes)


def test_a_form_that_is_in_order_raises_nothing_and_leaves_nothing_to_read() -> None:
    assert ids(SOUND) == set()
    assert still_to_read(SOUND) == ()


@pytest.mark.parametrize(
    ("changes", "raised"),
    [
        ({"box": DetainerBox.NEITHER, "probable_cause": None}, {FlagId.NO_BASIS}),
        ({"box": DetainerBox.NEITHER, "probable_cause": (ProbableCause.STATEMENTS,)}, set()),
        ({"box": DetainerBox.TRANSFERRED, "probable_cause": None}, set()),
        ({"warrant": WarrantAttached.NONE}, {FlagId.NO_WARRANT}),
        ({"served": NO}, {FlagId.NOT_SERVED}),
        ({"probable_cause": (ProbableCause.BIOMETRIC,)}, {FlagId.DB_ONLY}),
        ({"probable_cause": tuple(ProbableCause)}, set()),
        ({"form": DetainerForm.I247D}, {FlagId.OLD_FORM}),
        ({"form": DetainerForm.I247X}, {FlagId.OLD_FORM}),
        ({"form": DetainerForm.I247N}, {FlagId.OLD_FORM, FlagId.NOTICE_ONLY}),
        ({"form": DetainerForm.I247G}, {FlagId.NOTICE_ONLY}),
        ({"investigation_box": YES}, {FlagId.OLD_FORM}),
        ({"person_matches": NO}, {FlagId.WRONG_PERSON}),
        ({"signed": NO}, {FlagId.NOT_SIGNED}),
        ({"warrant_signed": NO}, {FlagId.WARRANT_NOT_SIGNED}),
        ({"warrant_dated": NO, "warrant_on": None}, {FlagId.WARRANT_NOT_DATED}),
        ({"warrant_on": PartialDate(2026, 11, 20)}, {FlagId.WARRANT_LATER}),
        ({"warrant": WarrantAttached.JUDICIAL}, {FlagId.JUDICIAL_WARRANT}),
        ({"form": DetainerForm.ORAL}, {FlagId.BY_MOUTH}),
        ({"copy_seen": NO}, {FlagId.NO_COPY}),
    ],
)
def test_each_flag_is_raised_by_its_own_answer(
    changes: dict[str, Any], raised: set[FlagId]
) -> None:
    assert ids(with_(**changes)) == raised


@pytest.mark.parametrize("form", [DetainerForm.I247D, DetainerForm.I247N, DetainerForm.I247X])
@pytest.mark.parametrize(
    ("issued", "old"),
    [
        (PartialDate(2017, 4, 1), False),
        (PartialDate(2017, 4, 2), True),
        (PartialDate(2017, 4), False),
        (PartialDate(2017, 5), True),
        (PartialDate(2017), False),
        (PartialDate(2018), True),
        (None, False),
    ],
)
def test_an_old_form_is_old_only_where_every_day_it_can_be_of_is_too_late(
    form: DetainerForm, issued: PartialDate | None, old: bool
) -> None:
    assert (FlagId.OLD_FORM in ids(Detainer(form=form, issued_on=issued))) is old


def test_a_warrant_known_by_its_month_only_is_not_called_later() -> None:
    assert ids(with_(warrant_on=PartialDate(2026, 11))) == set()
    assert ids(with_(warrant_on=PartialDate(2026, 12))) == {FlagId.WARRANT_LATER}


@pytest.mark.parametrize(
    ("records", "claimed"),
    [
        ([Person(us_citizen_claim=CitizenClaim.CLAIMS)], True),
        ([Person(us_citizen_claim=CitizenClaim.DOCUMENTED)], True),
        ([Person(us_citizen_claim=CitizenClaim.DERIVATIVE)], True),
        ([Person(us_citizen_claim=CitizenClaim.NO)], False),
        ([Person(us_citizen_claim=CitizenClaim.UNKNOWN)], False),
        ([Immigration(status_claimed=StatusClaimed.CITIZEN)], True),
        ([Immigration(status_claimed=StatusClaimed.LPR)], True),
        ([Immigration(status_claimed=StatusClaimed.DECLINED)], False),
        ([Immigration(status_claimed=StatusClaimed.EWI)], False),
        ([], False),
    ],
)
def test_a_claim_to_citizenship_or_status_comes_before_everything(
    records: list[Any], claimed: bool
) -> None:
    assert (FlagId.USC_CLAIM in ids(SOUND, *records)) is claimed
    if claimed:
        raised = flag(SOUND, FlagId.USC_CLAIM, *records)
        assert raised.weight is Weight.ALARM
        assert raised.office_only
        assert raised.authorities == ("C03", "C04")


def test_a_listed_offense_warns_and_stays_in_the_office() -> None:
    raised = flag(SOUND, FlagId.LRA, Charge(listed_offense=ListedOffense.SHOPLIFTING))
    assert raised.office_only
    assert "unlikely" in raised.use
    assert "Do not volunteer" in raised.use
    for other in (Charge(listed_offense=ListedOffense.NONE), Charge()):
        assert FlagId.LRA not in ids(SOUND, other)


def test_only_the_law_of_the_facilitys_own_state_is_named() -> None:
    bare = with_(warrant=WarrantAttached.NONE)
    everywhere = flag(bare, FlagId.NO_WARRANT)
    assert {"L02", "L11", "L12", "L15", "C21", "P01"} == set(everywhere.authorities)
    for state, law in ((State.FL, "L02"), (State.LA, "L11"), (State.IA, "L12"), (State.WV, "L15")):
        named = flag(bare, FlagId.NO_WARRANT, Custody(facility_state=state))
        assert set(named.authorities) == {law, "C21", "P01"}
    elsewhere = flag(bare, FlagId.NO_WARRANT, Custody(facility_state=State.OH))
    assert elsewhere.authorities == ("C21", "P01")
    assert "213 F. Supp. 3d 999" in elsewhere.cited


def test_a_database_match_points_to_the_settlement_and_not_to_the_vacated_opinion() -> None:
    raised = flag(with_(probable_cause=(ProbableCause.BIOMETRIC,)), FlagId.DB_ONLY)
    assert raised.authorities == ("C07",)
    assert "class counsel" in raised.use
    assert "975 F.3d 788" not in raised.cited


def test_a_judges_warrant_is_no_voluntary_request() -> None:
    raised = flag(with_(warrant=WarrantAttached.JUDICIAL), FlagId.JUDICIAL_WARRANT)
    assert "do not ask the jail to decline" in raised.use


def test_what_nobody_read_is_listed_and_nothing_else_is_said_of_it() -> None:
    assert ids(Detainer()) == set()
    labels = [
        question(Detainer, name).label
        for name in (
            *("form", "issued_on", "signed", "person_matches", "served", "warrant", "copy_seen"),
        )
    ]
    assert list(still_to_read(Detainer())) == labels
    assert question(Detainer, "box").label in still_to_read(Detainer(form=I247A))
    boxed = Detainer(form=I247A, box=DetainerBox.PROBABLE_CAUSE)
    assert question(Detainer, "probable_cause").label in still_to_read(boxed)
    warranted = Detainer(warrant=WarrantAttached.I200)
    assert question(Detainer, "warrant_signed").label in still_to_read(warranted)
    slip = with_(box=DetainerBox.NEITHER)
    assert still_to_read(slip) == (question(Detainer, "box").label,)


_ANSWERS = {
    one.name: one.offered
    for one in questions(Detainer)
    if one.kind is Kind.CHOICE and one.name != "status"
}
_UNSURE = ("unknown", "none seen")


@given(st.fixed_dictionaries({}, optional={n: st.sampled_from(w) for n, w in _ANSWERS.items()}))
def test_taking_an_answer_back_never_raises_a_flag(answers: dict[str, Any]) -> None:
    """Unknown, or not asked, is never taken for a no."""
    raised = {one.id for one in form_flags(Detainer(**answers))}
    for name in answers:
        fewer = {key: value for key, value in answers.items() if key != name}
        assert {one.id for one in form_flags(Detainer(**fewer))} <= raised
        unsure = [word for word in _ANSWERS[name] if word.value in _UNSURE]
        for word in unsure:
            doubtful = Detainer(**answers | {name: word})
            assert {one.id for one in form_flags(doubtful)} <= raised


@given(st.fixed_dictionaries({}, optional={n: st.sampled_from(w) for n, w in _ANSWERS.items()}))
def test_every_flag_has_its_reason_its_use_and_authorities_we_cite(answers: dict[str, Any]) -> None:
    citizen = Person(us_citizen_claim=CitizenClaim.CLAIMS)
    listed = Charge(listed_offense=ListedOffense.THEFT)
    raised = detainer_flags(Detainer(**answers), case_of(citizen, listed))
    assert len({one.id for one in raised}) == len(raised)
    for one in raised:
        assert one.reason
        assert one.use
        assert set(one.authorities) <= set(CITED)
        assert all(CITED[name] in one.cited for name in one.authorities)


def test_flags_that_a_jail_may_hear_say_nothing_of_the_person() -> None:
    citizen = Person(us_citizen_claim=CitizenClaim.CLAIMS)
    assert all(one.office_only for one in case_flags(case_of(citizen)))
    everything = Detainer(
        form=I247A, box=DetainerBox.NEITHER, warrant=WarrantAttached.NONE, served=NO, signed=NO
    )
    for one in form_flags(everything):
        said = f"{one.reason} {one.use}".lower()
        assert not any(word in said for word in ("alien", "undocumented", "illegal", "citizen"))
