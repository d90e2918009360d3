"""What stands beside a charge and in the card of the section."""

from intake_app.core.case_findings import case_findings
from intake_app.core.casefile import Charge, Detainer, Immigration
from intake_app.core.charge_findings import charge_findings, conviction_line, entry_findings
from intake_app.core.fields import Compartment, question
from intake_app.core.findings import Finding, Weight
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    DvRelation,
    GuiltBasis,
    ImmigrationConviction,
    ListedOffense,
    Sanction,
)
from tests.cases import HERE, case_of


def found(*charges: Charge) -> list[Finding]:
    return list(charge_findings(case_of(*charges), HERE))


def beside(field: str, *charges: Charge) -> list[Finding]:
    return [one for one in found(*charges) if one.field == field]


def card(*charges: Charge) -> str:
    return " ".join(one.words for one in found(*charges) if not one.field)


def test_beside_the_outcome_stands_what_it_is_under_either_law() -> None:
    (line,) = beside("outcome", Charge(outcome=ChargeOutcome.DISMISSED))
    start = "Under state law: no conviction. Under INA § 101(a)(48)(A): no."
    assert line.words.startswith(start)
    assert (line.weight, line.record, line.entry_id) == (Weight.NOTE, Charge, 1)
    assert "8 U.S.C. § 1101(a)(48)(A)" in line.why


def test_a_withheld_adjudication_says_both_and_why() -> None:
    words, why = conviction_line(
        Charge(
            outcome=ChargeOutcome.WITHHELD,
            guilt_basis=GuiltBasis.NO_CONTEST,
            sanctions=(Sanction.COSTS,),
        )
    )
    assert words.startswith(
        "Under state law: no conviction. Under INA § 101(a)(48)(A): yes. Guilt was pleaded"
    )
    assert "Fla. Stat. § 948.01" in why


def test_an_attorneys_own_answer_is_shown_as_hers() -> None:
    words, _ = conviction_line(
        Charge(outcome=ChargeOutcome.VACATED, immigration_conviction=ImmigrationConviction.NO)
    )
    assert "no, says an attorney." in words
    assert "Our rule alone says: an attorney decides." in words


def test_nothing_is_said_of_a_charge_nobody_has_answered() -> None:
    assert not [one for one in found(Charge()) if one.field]
    assert found() == []


def test_the_card_tells_level_charge_and_conviction() -> None:
    words = card(
        Charge(charge_text="Battery", level=ChargeLevel.FELONY, outcome=ChargeOutcome.NOLLE),
        Charge(
            charge_text="Trespass",
            level=ChargeLevel.MISDEMEANOR,
            outcome=ChargeOutcome.PLEA,
            max_months=2,
        ),
    )
    assert "ICE level: Level 3." in words
    assert "Most serious charge: Battery (felony), nolle prosequi or declined." in words
    assert "under INA § 101(a)(48)(A): Trespass (misdemeanor), convicted by plea." in words


def test_the_two_laws_most_serious_convictions_are_told_apart_where_they_differ() -> None:
    withheld = Charge(
        charge_text="Theft",
        level=ChargeLevel.FELONY,
        outcome=ChargeOutcome.WITHHELD,
        guilt_basis=GuiltBasis.GUILTY,
        sanctions=(Sanction.PROBATION,),
    )
    pleaded = Charge(
        charge_text="Trespass", level=ChargeLevel.MISDEMEANOR, outcome=ChargeOutcome.PLEA
    )
    words = card(withheld, pleaded)
    assert "under INA § 101(a)(48)(A): Theft" in words
    assert "under state law: Trespass" in words


def test_an_unsettled_level_says_what_is_missing_and_who_decides() -> None:
    words = card(Charge(outcome=ChargeOutcome.CONVICTED), Charge(outcome=ChargeOutcome.REDUCED))
    assert "not settled, from Level 3 to Level 1" in words
    assert "Longest sentence by law, months (1)" in words
    assert "An attorney has still to decide about 1 outcome." in words


def test_a_listed_offense_is_told_beside_the_charge_in_the_card_and_at_the_manner_of_entry() -> (
    None
):
    listed = Charge(listed_offense=ListedOffense.THEFT)
    assert beside("listed_offense", listed)[0].weight is Weight.WARN
    assert "does not command the jail" in card(listed)
    (warning,) = entry_findings(case_of(listed), HERE)
    assert (warning.record, warning.field) == (Immigration, "manner_of_entry")
    assert not list(entry_findings(case_of(Charge()), HERE))


def test_exactly_twelve_months_and_a_slip_in_the_sanctions_are_told() -> None:
    assert beside("max_months", Charge(max_months=12))
    assert not beside("max_months", Charge(max_months=11))
    assert beside("sanctions", Charge(sanctions=(Sanction.JAIL, Sanction.NONE)))
    assert not beside("sanctions", Charge(sanctions=(Sanction.NONE,)))


def test_a_dual_arrest_warns_beside_the_protected_question_only() -> None:
    for relation in DvRelation:
        charge = Charge(dv_relation=relation, outcome=ChargeOutcome.PENDING)
        without = Charge(outcome=ChargeOutcome.PENDING)
        told = beside("dv_relation", charge)
        assert bool(told) is (relation is not DvRelation.NONE)
        assert [one for one in found(charge) if one.field != "dv_relation"] == found(without)
    assert question(Charge, "dv_relation").keep is Compartment.PROTECTED
    assert (
        "1227(a)(2)(E)" in beside("dv_relation", Charge(dv_relation=DvRelation.CROSS_ARREST))[0].why
    )


def test_these_findings_are_among_those_of_the_case() -> None:
    case = case_of(Charge(outcome=ChargeOutcome.DISMISSED), Detainer())
    told = case_findings(case, HERE)
    assert any(one.field == "outcome" and one.record is Charge for one in told)
    assert any(one.record is Detainer and "Still to be read" in one.words for one in told)
