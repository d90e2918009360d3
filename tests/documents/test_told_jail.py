"""What the letters to a jail are told, with the question each fact answers."""

from datetime import timedelta

from intake_app.core.vocabulary import FactGroup, KnownFrom, YesNo
from intake_app.documents.told import TOLD
from tests.letter_cases import COUNSEL, JAIL, LONG_AGO, NOW, asked_of, case_of, consent


def test_what_needs_a_consent_carries_its_group_and_is_empty_without_one() -> None:
    tell = frozenset({"family", "health", "victim"})
    groups = {
        "family.earner": FactGroup.FAMILY,
        "family.children": FactGroup.FAMILY,
        "family.citizens": FactGroup.FAMILY,
        "health.need": FactGroup.HEALTH,
        "victim.of": FactGroup.VICTIM,
        "status.citizen": FactGroup.IMMIGRATION,
    }
    opened = TOLD["conditions"](
        asked_of("conditions", case_of(consent(JAIL), consent(COUNSEL)), tell=tell).facts
    )
    closed = TOLD["conditions"](asked_of("conditions", case_of(), tell=tell).facts)
    for key, group in groups.items():
        assert opened[key].group is closed[key].group is group
        assert closed[key].text == ""
    assert opened["victim.of"].text == "a victim of stalking"
    assert opened["family.children"].text == "has one minor child"
    assert opened["status.citizen"].text == ""


def test_the_timeline_names_no_relative_and_only_what_is_known() -> None:
    custody = {
        "release_due_at": LONG_AGO,
        "release_known_from": KnownFrom.FAMILY,
        "bail_refused": YesNo.YES,
        "bail_refused_at": LONG_AGO + timedelta(hours=1),
    }
    told = TOLD["expired"](asked_of("expired", case_of(custody=custody)).facts)
    rows = told["timeline.rows"].rows
    assert [row[0] for row in rows] == [
        "What",
        "Release due in the local case",
        "Bail refused because of the detainer",
        "48 hours, no day left out, ended",
        "48 hours without Saturdays, Sundays and holidays ended",
        "Still in custody",
    ]
    assert not any("amily" in cell for row in rows for cell in row)


def test_the_times_are_the_desks() -> None:
    custody = {"release_due_at": NOW - timedelta(hours=60)}
    facts = asked_of("expired", case_of(custody=custody)).facts
    told = TOLD["expired"](facts)
    assert facts.clock is not None
    assert facts.clock.plain_latest is not None
    assert f"{facts.clock.plain_latest:%A, %B} {facts.clock.plain_latest.day}" in (
        told["clock.plain"].text
    )
    ends = next(row for row in told["timeline.rows"].rows if row[0].endswith("holidays end"))
    assert ends[1] == "Tue., Nov. 24, 2026, 10:05 p.m. EST"
