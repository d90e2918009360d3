"""The catalogue holds together: words, groups, guards, and only what may be disclosed."""

import pytest

from intake_app.core.disclosure.figures import Guard
from intake_app.core.fields import Compartment, Disclose
from intake_app.core.places import Country
from intake_app.core.reports.catalogue import DIMENSIONS, MEASURES, dimensions_of, measures_of
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.rows import Population
from intake_app.core.reports.world_regions import PARTS_OF_THE_WORLD, WORLD_REGIONS
from tests.report_rows import invented_rows

EVERY = pytest.mark.parametrize("dimension", DIMENSIONS.values(), ids=list(DIMENSIONS))


def test_the_ids_everybody_relies_on() -> None:
    episodes = (
        "charge_level outcome conviction worst_conviction ice_level before_disposition earner "
        "children citizen_family past_48_plain past_48_rule picked_up transferred form edition "
        "warrant served box neutral_review detainer_outcome citizen_claim custody_basis "
        "charge_category country language sex state county agency_kind issued_by facility_kind "
        "bail_refused victim"
    )
    letters = "letter_kind letter_result answer answer_time sent_by"
    responses = (
        "afraid reason knows_deported unreported why_unreported years_here status lives "
        "survey_language"
    )
    numbers = "hours_held days_to_detainer midnights_held days_in_jail minor_children"
    for population, ids in zip(Population, (episodes, letters, responses), strict=True):
        assert {each.id for each in dimensions_of(population)} == set(ids.split())
    assert {each.id for each in measures_of(Population.EPISODES)} == set(numbers.split())
    assert [each.id for each in measures_of(Population.LETTERS)] == ["answer_days"]
    assert set(DIMENSIONS).isdisjoint(MEASURES)


@EVERY
def test_every_level_has_a_place_for_every_answer(dimension: Dimension) -> None:
    for level in dimension.levels:
        words = [word for group in level.groups.values() for word in group]
        assert sorted(words) == sorted(dimension.words)
        assert len(dimension.axis(level.groups).groups) == len(level.groups)
        # What is not known stays apart from what is.
        for group in level.groups.values():
            if group & dimension.unknown and dimension.population is not Population.RESPONSES:
                assert group == dimension.unknown


@EVERY
def test_its_words(dimension: Dimension) -> None:
    labels = list(dimension.words.values())
    assert len(set(labels)) == len(labels)
    assert dimension.words.keys() >= dimension.unknown or not dimension.words
    assert all(label and label == label.strip() for label in (*labels, dimension.title))
    assert not any(
        "'" in text or '"' in text for text in (*labels, dimension.title, dimension.help)
    )
    assert dimension.axis(found=frozenset({"somewhere"})).guard is dimension.guard
    assert bool(dimension.flagged) == (dimension.guard is Guard.VICTIM)


def test_what_is_guarded() -> None:
    guarded = {each.id: each.guard for each in DIMENSIONS.values() if each.guard is not Guard.NONE}
    assert guarded == {
        "outcome": Guard.GROUP,
        "ice_level": Guard.GROUP,
        "detainer_outcome": Guard.GROUP,
        "victim": Guard.VICTIM,
        "letter_kind": Guard.VICTIM,
    }
    assert DIMENSIONS["victim"].flagged == {"yes"}


def test_only_what_may_be_disclosed_and_never_an_identity_answer() -> None:
    asked = [one for each in DIMENSIONS.values() for one in each.asked]
    asked += [one for each in MEASURES.values() for one in each.asked]
    assert len(asked) > 40
    for one in asked:
        assert one.disclose is not Disclose.NEVER
        assert Compartment.IDENTITY.value.isdisjoint(one.keep.value)
    # Letters have no questions, and that there is a transfer is no answer to one.
    without = {each.id for each in DIMENSIONS.values() if not each.asked}
    letters = {each.id for each in dimensions_of(Population.LETTERS)}
    assert without == letters | {"transferred"}


def test_every_country_lies_in_one_region_and_one_part_of_the_world() -> None:
    for groups in (WORLD_REGIONS, PARTS_OF_THE_WORLD):
        codes = [code for group in groups.values() for code in group]
        assert sorted(codes) == sorted(country.value for country in Country)
    assert "HT" in WORLD_REGIONS["Caribbean"]
    assert PARTS_OF_THE_WORLD["Latin America and the Caribbean"] >= {"MX", "GT", "HT", "BR"}


@pytest.mark.parametrize("population", Population)
def test_invented_rows_fit_it(population: Population) -> None:
    rows = invented_rows(500, 7, population)
    assert set(rows.columns) == {each.id for each in dimensions_of(population)}
    assert set(rows.numbers) == {each.id for each in measures_of(population)}
    for name, column in rows.columns.items():
        assert not DIMENSIONS[name].words or set(column.words) <= set(DIMENSIONS[name].words)
    again = invented_rows(500, 7, population)
    assert rows.to_bytes() == again.to_bytes() != invented_rows(500, 8, population).to_bytes()
