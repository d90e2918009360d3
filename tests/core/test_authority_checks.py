"""An office's acts over the shipped library: what counts, until when, and what never can be."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake_app.core.authorities import Authority, Library, Mandate, StateRule, Status, may_cite
from intake_app.core.authority_checks import (
    AuthorityCheck,
    CheckAction,
    Entry,
    checked_status,
    corrected,
    fold,
)
from intake_app.core.authority_files import read_authorities
from intake_app.core.authority_text import entry_hash, entry_text
from intake_app.core.errors import BadAnswer

FOLDER = Path(__file__).parents[2] / "resources" / "authorities"
SHIPPED = read_authorities({f.name: f.read_text("utf-8") for f in FOLDER.glob("*.toml")})
DAY = date(2027, 3, 1)
GALARZA = SHIPPED.authorities["C01"]


def act(
    entry: str, action: CheckAction, of: Entry | None = None, on: date = DAY, **more: str
) -> AuthorityCheck:
    return AuthorityCheck(on, "J. Doe", entry, action, entry_hash(of) if of else "", **more)


def correction(before: Entry, after: Entry, on: date = DAY) -> AuthorityCheck:
    name = before.id if isinstance(before, Authority) else f"state {before.code}"
    return act(name, CheckAction.CORRECTED, before, on, text=entry_text(after))


def updated(one: Entry) -> Library:
    """The library of a later version of the program, with another text of one entry."""
    if isinstance(one, Authority):
        return replace(SHIPPED, authorities={**SHIPPED.authorities, one.id: one}, version="next")
    return replace(SHIPPED, states={**SHIPPED.states, one.code: one}, version="next")


def own(**changed: object) -> Authority:
    fresh = replace(GALARZA, id="O01", status=Status.UNVERIFIED, quotation="words as seen")
    return replace(fresh, **changed)  # type: ignore[arg-type]


def test_without_acts_it_is_the_shipped_library() -> None:
    assert fold(SHIPPED, ()).library is SHIPPED


def test_a_check_renews_the_day_and_says_how() -> None:
    found = fold(SHIPPED, [act("C01", CheckAction.WITH_SOURCE, GALARZA)]).library
    assert found.authorities["C01"].verified_on == DAY
    assert found.authorities["C01"].status is Status.VERIFIED_PRIMARY
    last = DAY + timedelta(days=365)
    assert may_cite(found.authorities["C01"], last) is None
    assert may_cite(GALARZA, last) is not None


@pytest.mark.parametrize(
    ("status", "quoted", "with_source", "with_other"),
    [
        ("VERIFIED-PRIMARY", True, "VERIFIED-PRIMARY", "VERIFIED-SECONDARY"),
        ("VERIFIED-SECONDARY", False, "VERIFIED-PRIMARY", "VERIFIED-SECONDARY"),
        ("CONSISTENT", False, "VERIFIED-PRIMARY", "CONSISTENT"),
        ("UNVERIFIED", False, "VERIFIED-PRIMARY", "CONSISTENT"),
        ("UNVERIFIED", True, "VERIFIED-PRIMARY", "VERIFIED-SECONDARY"),
    ],
)
def test_what_a_check_makes_of_a_status(
    status: str, quoted: bool, with_source: str, with_other: str
) -> None:
    one = replace(GALARZA, status=Status(status), quotation="so" if quoted else None)
    assert checked_status(one, CheckAction.WITH_SOURCE) == with_source
    assert checked_status(one, CheckAction.WITH_OTHER) == with_other


def test_a_consistent_entry_still_needs_its_tick_after_a_check_with_another_text() -> None:
    maryland = SHIPPED.authorities["L41"]
    other = fold(SHIPPED, [act("L41", CheckAction.WITH_OTHER, maryland)]).library.authorities["L41"]
    assert other.verified_on == DAY
    assert may_cite(other, DAY) is not None
    assert may_cite(other, DAY, ticked=True) is None
    source = fold(SHIPPED, [act("L41", CheckAction.WITH_SOURCE, maryland)]).library
    assert may_cite(source.authorities["L41"], DAY) is None


def test_a_check_of_earlier_words_counts_no_more() -> None:
    later = replace(GALARZA, proposition="Something else.")
    found = fold(updated(later), [act("C01", CheckAction.WITH_SOURCE, GALARZA)])
    assert found.library.authorities["C01"] == later
    assert found.lapsed == {"C01"}
    again = act("C01", CheckAction.WITH_SOURCE, later)
    both = fold(updated(later), [act("C01", CheckAction.WITH_SOURCE, GALARZA), again])
    assert both.lapsed == frozenset()
    assert both.library.authorities["C01"].verified_on == DAY


def test_a_later_check_of_the_program_alone_keeps_the_offices() -> None:
    later = replace(GALARZA, verified_on=DAY - timedelta(days=9))
    found = fold(updated(later), [act("C01", CheckAction.WITH_SOURCE, GALARZA)])
    assert not found.lapsed
    assert found.library.authorities["C01"].verified_on == DAY


def test_a_correction_is_in_no_letter_until_it_is_checked() -> None:
    better = replace(GALARZA, caution="Read the dissent too.")
    found = fold(SHIPPED, [correction(GALARZA, better)]).library.authorities["C01"]
    assert found.caution == "Read the dissent too."
    assert found.status is Status.UNVERIFIED
    assert may_cite(found, DAY, ticked=True) is not None
    acts = [correction(GALARZA, better), act("C01", CheckAction.WITH_OTHER, found)]
    assert may_cite(fold(SHIPPED, acts).library.authorities["C01"], DAY) is None


def test_the_check_before_a_correction_does_not_carry_over() -> None:
    better = replace(GALARZA, caution="Read the dissent too.")
    acts = [
        act("C01", CheckAction.WITH_SOURCE, GALARZA),
        correction(GALARZA, better),
        act("C01", CheckAction.WITH_SOURCE, GALARZA),
    ]
    assert fold(SHIPPED, acts).library.authorities["C01"].status is Status.UNVERIFIED


def test_a_correction_of_words_that_are_gone_takes_the_entry_out_of_letters() -> None:
    later = replace(GALARZA, proposition="Something else.")
    acts = [
        correction(GALARZA, replace(GALARZA, caution="Mine.")),
    ]
    found = fold(updated(later), acts)
    assert found.lapsed == {"C01"}
    assert found.library.authorities["C01"].proposition == "Something else."
    assert found.library.authorities["C01"].status is Status.UNVERIFIED


@pytest.mark.parametrize(
    "changed",
    [
        {"quotation": "immigration detainers can not"},
        {"quotation": None, "print_quotation": False, "print_words": {}},
    ],
)
def test_a_quotation_cannot_be_altered_by_a_correction(changed: dict[str, object]) -> None:
    altered = replace(GALARZA, **changed)  # type: ignore[arg-type]
    with pytest.raises(BadAnswer, match="quotation can’t be changed"):
        corrected(GALARZA, entry_text(altered), SHIPPED)
    # Nor by a row that came into the file some other way.
    found = fold(SHIPPED, [correction(GALARZA, altered)]).library.authorities["C01"]
    assert found.quotation == GALARZA.quotation
    assert found.status is Status.UNVERIFIED


def test_words_that_may_not_be_printed_stay_so() -> None:
    illinois = SHIPPED.authorities["L32"]
    with pytest.raises(BadAnswer, match="quotation can’t be changed"):
        corrected(illinois, entry_text(replace(illinois, print_quotation=True)), SHIPPED)
    rule = SHIPPED.states["FL"]
    with pytest.raises(BadAnswer, match="quotation can’t be changed"):
        corrected(rule, entry_text(replace(rule, quotation="comply")), SHIPPED)


def test_a_correction_makes_no_other_entry_and_names_what_is_there() -> None:
    with pytest.raises(BadAnswer, match="another entry"):
        corrected(GALARZA, entry_text(replace(GALARZA, id="C02")), SHIPPED)
    with pytest.raises(BadAnswer, match="no entry “Z99”"):
        corrected(GALARZA, entry_text(replace(GALARZA, paired_with=("Z99",))), SHIPPED)
    with pytest.raises(BadAnswer, match="This entry has no “Citation”"):
        corrected(GALARZA, entry_text(replace(GALARZA, citation="")), SHIPPED)


def test_a_block_stays_whatever_the_program_says_later() -> None:
    block = act("C01", CheckAction.BLOCKED, GALARZA, note="reversed.")
    later = replace(GALARZA, proposition="Something else.")
    for library in (SHIPPED, updated(later)):
        found = fold(library, [block]).library.authorities["C01"]
        assert may_cite(found, DAY, ticked=True) == "Galarza is blocked: reversed."
    lifted = [block, act("C01", CheckAction.UNBLOCKED, GALARZA, note="It stands.")]
    assert not fold(SHIPPED, lifted).library.authorities["C01"].blocked


def test_a_correction_and_a_check_leave_a_block() -> None:
    better = replace(GALARZA, caution="Mine.", blocked=False, blocked_reason="")
    acts = [
        act("C01", CheckAction.BLOCKED, GALARZA, note="reversed."),
        correction(GALARZA, better),
        act("C01", CheckAction.WITH_SOURCE, better),
    ]
    assert fold(SHIPPED, acts).library.authorities["C01"].blocked


def test_what_ships_blocked_stays_blocked() -> None:
    dead = SHIPPED.authorities["C33"]
    acts = [act("C33", CheckAction.UNBLOCKED, dead), act("C33", CheckAction.WITH_SOURCE, dead)]
    assert "blocked" in (may_cite(fold(SHIPPED, acts).library.authorities["C33"], DAY, True) or "")


def test_an_added_entry_waits_for_its_check() -> None:
    added = act("O01", CheckAction.ADDED, own(), text=entry_text(own()))
    found = fold(SHIPPED, [added])
    assert may_cite(found.library.authorities["O01"], DAY, ticked=True) is not None
    assert found.next_id() == "O02"
    checked = fold(SHIPPED, [added, act("O01", CheckAction.WITH_SOURCE, own())]).library
    assert may_cite(checked.authorities["O01"], DAY) is None


def test_an_added_entry_never_comes_in_checked_or_in_place_of_a_shipped_one() -> None:
    forged = own(status=Status.VERIFIED_PRIMARY)
    found = fold(SHIPPED, [act("O01", CheckAction.ADDED, forged, text=entry_text(forged))])
    assert found.library.authorities["O01"].status is Status.UNVERIFIED
    over = act("C01", CheckAction.ADDED, own(), text=entry_text(own(id="C01")))
    assert fold(SHIPPED, [over]).library.authorities["C01"].quotation == GALARZA.quotation


def test_an_entry_whose_pair_is_gone_is_blocked() -> None:
    added = own(paired_with=("C02",))
    acts = [
        act("O01", CheckAction.ADDED, added, text=entry_text(added)),
        act("O01", CheckAction.WITH_SOURCE, added),
    ]
    less = {name: one for name, one in SHIPPED.authorities.items() if name != "C02"}
    found = fold(replace(SHIPPED, authorities=less), acts).library.authorities["O01"]
    assert "C02" in (may_cite(found, DAY, ticked=True) or "")


def test_a_states_rule_is_checked_and_corrected_the_same_way() -> None:
    rule = SHIPPED.states["CA"]
    checked = fold(SHIPPED, [act("state CA", CheckAction.WITH_SOURCE, rule)]).library
    assert checked.state_on("CA", DAY + timedelta(days=180)).mandate is Mandate.PROHIBITS
    limits = replace(rule, mandate=Mandate.LIMITS)
    waiting = fold(SHIPPED, [correction(rule, limits)]).library
    assert waiting.state_on("CA", DAY).mandate is Mandate.UNKNOWN
    done = [correction(rule, limits), act("state CA", CheckAction.WITH_SOURCE, limits)]
    assert fold(SHIPPED, done).library.state_on("CA", DAY).mandate is Mandate.LIMITS


def test_a_duty_to_comply_holds_until_its_correction_is_checked() -> None:
    florida = SHIPPED.states["FL"]
    lighter = replace(florida, mandate=Mandate.PERMITS)
    first = correction(florida, lighter)
    again = correction(lighter, replace(lighter, mandate=Mandate.LIMITS))
    for acts in ([first], [first, again]):
        waiting = fold(SHIPPED, acts).library.state_on("FL", DAY)
        assert waiting.mandate is Mandate.REQUIRES_COND
    done = [first, act("state FL", CheckAction.WITH_SOURCE, lighter)]
    assert fold(SHIPPED, done).library.state_on("FL", DAY).mandate is Mandate.PERMITS


def test_the_version_names_the_very_texts() -> None:
    check = act("C01", CheckAction.WITH_SOURCE, GALARZA)
    versions = {
        SHIPPED.version,
        fold(SHIPPED, [check]).library.version,
        fold(SHIPPED, [replace(check, on=DAY + timedelta(days=1))]).library.version,
        fold(SHIPPED, [act("C01", CheckAction.BLOCKED, GALARZA, note="no")]).library.version,
        fold(SHIPPED, [correction(GALARZA, replace(GALARZA, caution="x"))]).library.version,
        fold(replace(SHIPPED, version="next"), [check]).library.version,
    }
    assert len(versions) == 6
    assert fold(SHIPPED, [check]).library.version == fold(SHIPPED, [check]).library.version


def test_acts_on_entries_that_are_gone_change_nothing() -> None:
    found = fold(SHIPPED, [act("C99", CheckAction.WITH_SOURCE, GALARZA)])
    assert found.library.authorities == SHIPPED.authorities
    assert isinstance(found.entry("state FL"), StateRule)
    assert found.entry("C99") is None


def test_every_shipped_entry_comes_back_the_same_from_its_text() -> None:
    for one in SHIPPED.authorities.values():
        text = entry_text(replace(one, blocked=False, blocked_reason=""))
        again = corrected(one, text, SHIPPED)
        assert entry_hash(again) == entry_hash(one)
    for rule in SHIPPED.states.values():
        assert corrected(rule, entry_text(rule), SHIPPED) == rule
