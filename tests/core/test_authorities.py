"""The library of authorities: the shipped entries, what may be cited, and malformed files."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from intake_app.core.authorities import (
    BINDING,
    PERSUASIVE,
    Library,
    Mandate,
    Stance,
    Status,
    binding_words,
    may_cite,
)
from intake_app.core.authority_files import read_authorities
from intake_app.core.errors import AppError
from intake_app.core.vocabulary import State

FOLDER = Path(__file__).parents[2] / "resources" / "authorities"
CHECKED = date(2026, 11, 22)

ENTRY = """
[[authority]]
id = "X01"
short_name = "Example"
citation = "1 Ex. § 2"
source = "statute"
body = "A legislature"
binds = ["FL"]
proposition = "It says so."
quotation = "so it says"
stance = "supports"
status = "VERIFIED-PRIMARY"
verified_on = 2026-11-22
stale_after_days = 180

[authority.print_words]
say = "It says {quote}. {cite}."
"""

STATE = """
[[state]]
code = "FL"
mandate = "REQUIRES-COND"
citation = "Fla. Stat. § 908.105"
rule = "Comply."
status = "VERIFIED-PRIMARY"
verified_on = 2026-11-22
stale_after_days = 180
"""


@pytest.fixture(scope="module")
def shipped() -> Library:
    return read_authorities({file.name: file.read_text("utf-8") for file in FOLDER.glob("*.toml")})


def test_quotations_are_the_seen_words_to_the_byte(shipped: Library) -> None:
    quoted = {name: shipped.authorities[name].quotation for name in ("F01", "F02", "C01", "C02")}
    assert quoted == {
        "F01": "is a request that such agency advise",
        "F02": "for a period not to exceed 48 hours, excluding Saturdays, Sundays, and holidays "
        "in order to permit assumption of custody by the Department",
        "C01": "immigration detainers do not and cannot compel a state or local law enforcement "
        "agency to detain suspected aliens subject to removal",
        "C02": "one that must be supported by a new probable cause justification",
    }


def test_the_ceiling_is_paired_with_the_request_and_galarza(shipped: Library) -> None:
    assert set(shipped.authorities["F02"].paired_with) == {"F01", "C01"}
    assert shipped.authorities["F02"].stance is Stance.MIXED


def test_no_citation_has_a_pinpoint_page(shipped: Library) -> None:
    for authority in shipped.authorities.values():
        assert not re.search(r"(?<!codified) at ", authority.citation)
        assert not authority.citation.endswith(("n.", "¶"))
    assert shipped.authorities["C01"].citation == "Galarza v. Szalczyk, 745 F.3d 634 (3d Cir. 2014)"


def test_what_the_block_list_names_can_never_be_cited(shipped: Library) -> None:
    for name in ("C33", "TX251", "V15", "V16"):
        assert "blocked" in (may_cite(shipped.authorities[name], CHECKED, ticked=True) or "")


def test_the_state_gate_has_the_starting_values(shipped: Library) -> None:
    read = {state: shipped.state_on(state.value, CHECKED).mandate for state in State}
    comply = {state.value for state, mandate in read.items() if mandate.startswith("REQUIRES")}
    limit = {
        state.value
        for state, mandate in read.items()
        if mandate in (Mandate.PROHIBITS, Mandate.LIMITS)
    }
    assert comply == {"FL", "TX", "LA", "IA", "GA", "NC", "WV", "ID", "IN", "KS", "NH"}
    assert limit == {"CA", "IL", "WA", "OR", "CO", "CT", "NJ", "MA", "NY", "MN", "MD"}
    rest = {mandate for state, mandate in read.items() if state.value not in comply | limit}
    assert rest == {Mandate.UNKNOWN}


def test_galarza_binds_only_in_the_third_circuit(shipped: Library) -> None:
    galarza = shipped.authorities["C01"]
    binding = {state.value for state in State if binding_words(galarza, state.value) == BINDING}
    assert binding == {"PA", "NJ", "DE", "VI"}
    assert binding_words(galarza, "CA") == PERSUASIVE
    assert binding_words(shipped.authorities["F01"], "CA") == BINDING


def test_a_stale_authority_is_refused_the_day_after_its_time(shipped: Library) -> None:
    request = shipped.authorities["F01"]
    last = CHECKED + timedelta(days=365)
    assert may_cite(request, last) is None
    assert "2026-11-22" in (may_cite(request, last + timedelta(days=1), ticked=True) or "")


def test_a_tick_opens_what_is_consistent_but_never_what_is_unverified(shipped: Library) -> None:
    maryland = shipped.authorities["L41"]
    assert maryland.status is Status.CONSISTENT
    assert maryland.quotation is None
    assert may_cite(maryland, CHECKED) is not None
    assert may_cite(maryland, CHECKED, ticked=True) is None
    unseen = replace(maryland, status=Status.UNVERIFIED)
    assert may_cite(unseen, CHECKED, ticked=True) is not None


def test_an_old_permission_is_unknown_and_an_old_duty_stays(shipped: Library) -> None:
    later = CHECKED + timedelta(days=181)
    assert shipped.state_on("CA", later).mandate is Mandate.UNKNOWN
    assert shipped.state_on("CA", later).stale
    assert shipped.state_on("FL", later).mandate is Mandate.REQUIRES_COND
    assert shipped.state_on("WY", CHECKED).mandate is Mandate.UNKNOWN


def test_the_version_names_the_very_texts() -> None:
    one = read_authorities({"a.toml": ENTRY}).version
    assert one == read_authorities({"a.toml": ENTRY}).version
    assert one != read_authorities({"a.toml": ENTRY + "\n# checked again\n"}).version


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('stance = "supports"', 'stance = "nice"', "supports, adverse, mixed, neutral"),
        ('stance = "supports"\n', "", "has no “stance”"),
        ('binds = ["FL"]', 'binds = ["Florida"]', "two-letter states"),
        ('binds = ["FL"]', 'binds = "FL"', "a list"),
        ("verified_on = 2026-11-22", 'verified_on = "2026"', "a date like"),
        ("stale_after_days = 180", "stale_after_days = true", "a whole number"),
        ("stale_after_days = 180", "stale_after_days = 9999", "from 1 to 366"),
        ('status = "VERIFIED-PRIMARY"', 'status = "CONSISTENT"', "nobody has verified"),
        ('quotation = "so it says"\n', "", "has none"),
        ("{cite}.", "{mother}.", "{mother}"),
        ("{cite}.", "{cite.", "brace"),
        ('id = "X01"', 'id = "X01"\nblocked = true', "blocked_reason"),
        ('id = "X01"', 'id = "X01"\npinpoint = 9', "pinpoint"),
        ('id = "X01"', 'id = "X01"\npaired_with = ["Z9"]', "Z9"),
        ('id = "X01"', 'id = "x"', "capital letters"),
        ('id = "X01"', 'id = "X01"\nnot_in = ["Montana"]', "two-letter states"),
        ('id = "X01"', 'id = "X01"\nnot_in = "MT"', "a list"),
        ('id = "X01"', 'id = "X01"\npaired_with = [1]', "a list of words"),
        ('source = "statute"', 'source = "rumor"', "case, statute"),
        ('citation = "1 Ex. § 2"', 'citation = " "', "empty “citation”"),
        ('quotation = "so it says"', 'quotation = ""', "empty “quotation”"),
        ("stale_after_days = 180\n", "stale_after_days = 180\nprint_quotation = false\n", "false"),
        ("verified_on = 2026-11-22", "verified_on = 2026-11-22T08:00:00", "a date like"),
        ('say = "It says {quote}. {cite}."', 'say = ""', "needs text"),
        ('say = "It says {quote}. {cite}."', "say = 4", "needs text"),
    ],
)
def test_a_malformed_entry_is_refused_by_name(old: str, new: str, says: str) -> None:
    assert old in ENTRY
    with pytest.raises(AppError) as refused:
        read_authorities({"mine.toml": ENTRY.replace(old, new)})
    assert says in refused.value.sentence
    if "paired" not in new:
        assert "mine.toml, line 2" in refused.value.sentence


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('code = "FL"', 'code = "Florida"', "two letters"),
        ('mandate = "REQUIRES-COND"', 'mandate = "MAYBE"', "REQUIRES, REQUIRES-COND"),
        ('citation = "Fla. Stat. § 908.105"\n', "", "has no “citation”"),
        ('rule = "Comply."\n', "", "has no “rule”"),
        ('rule = "Comply."', 'rule = "Comply."\npinpoint = 4', "pinpoint"),
        ("stale_after_days = 180", "stale_after_days = 0", "from 1 to 366"),
        ('status = "VERIFIED-PRIMARY"', 'status = "SEEN"', "VERIFIED-PRIMARY"),
    ],
)
def test_a_malformed_state_is_refused_by_name(old: str, new: str, says: str) -> None:
    assert old in STATE
    with pytest.raises(AppError) as refused:
        read_authorities({"mine.toml": STATE.replace(old, new)})
    assert says in refused.value.sentence
    assert "mine.toml, line 2" in refused.value.sentence


def test_a_state_that_nobody_has_looked_into_needs_no_citation() -> None:
    text = STATE.replace("REQUIRES-COND", "UNKNOWN").replace(
        'citation = "Fla. Stat. § 908.105"\n', ""
    )
    assert read_authorities({"a.toml": text}).states["FL"].citation == ""


def test_what_must_not_be_cited_in_a_state_may_be_elsewhere(shipped: Library) -> None:
    ramon = shipped.authorities["C28"]
    assert "may not be cited in MT" in (may_cite(ramon, CHECKED, ticked=True, state="MT") or "")
    assert may_cite(ramon, CHECKED, state="CA") is None


def test_a_rule_nobody_has_checked_is_unknown_unless_it_requires(shipped: Library) -> None:
    california, florida = shipped.states["CA"], shipped.states["FL"]
    states = {
        "CA": replace(california, status=Status.UNVERIFIED),
        "FL": replace(florida, status=Status.UNVERIFIED),
    }
    library = Library({}, states, "x")
    assert library.state_on("CA", CHECKED).mandate is Mandate.UNKNOWN
    assert library.state_on("FL", CHECKED).mandate is Mandate.REQUIRES_COND


def test_doubled_entries_and_unknown_tables_and_bad_toml_are_refused() -> None:
    with pytest.raises(AppError, match=r"b\.toml, line 2: authority X01 .*twice"):
        read_authorities({"a.toml": ENTRY, "b.toml": ENTRY})
    with pytest.raises(AppError, match=r"line 11: state FL .*twice"):
        read_authorities({"a.toml": STATE + STATE})
    with pytest.raises(AppError, match="“rule”"):
        read_authorities({"a.toml": "[rule]\nx = 1\n"})
    with pytest.raises(AppError, match="line 2"):
        read_authorities({"a.toml": "\nid = = 3\n"})
    with pytest.raises(AppError, match="own \\[\\[state\\]\\] line"):
        read_authorities({"a.toml": STATE.replace("[[state]]", "[state]")})
    with pytest.raises(AppError, match="names authority L99"):
        read_authorities({"a.toml": STATE.replace("rule =", 'authority = "L99"\nrule =')})
