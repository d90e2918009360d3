"""Parts of names and how they sound."""

import tomllib

import pytest

from intake_app import paths
from intake_app.core.name_likeness import (
    Part,
    Role,
    consonants_of,
    read_nicknames,
    sound_of,
    split_in_two,
    split_name,
)


def words(given: str = "", surname: str = "", other: str = "") -> list[str]:
    return [part.word for part in split_name(given, surname, other).parts]


def test_accents_marks_and_hyphens_are_no_difference() -> None:
    assert words("José Ángel", "Núñez-Ibáñez") == words("Jose Angel", "nunez ibanez")
    assert words(other="O’Connor, Mary") == ["mary", "oconnor"]
    assert words("Juan", "Pérez Jr.") == ["juan", "perez"]


def test_little_words_may_be_left_out_but_a_name_may_be_one() -> None:
    cruz = split_name("María", "de la Cruz").parts
    assert [part.word for part in cruz if not part.little] == ["maria", "cruz"]
    assert split_name("Minh", "Lê").parts == (Part("minh", Role.GIVEN), Part("le", Role.SURNAME))
    assert not any(part.little for part in split_name("Ben", "Van").parts)


def test_a_letter_that_a_system_lost_is_left_out() -> None:
    assert words("Mu?oz") == ["muoz"]


def test_parts_can_be_read_in_one() -> None:
    joined = {word for _, word in split_name("María", "de la Cruz").joins()}
    assert {"delacruz", "lacruz"} <= joined
    assert "garcialopez" in {word for _, word in split_name(surname="García López").joins()}


def test_one_word_is_split_into_names_that_are_known() -> None:
    known = {"garcia": 1, "lopez": 2, "cruz": 3}.get
    assert (1, 2) in split_in_two("garcialopez", known)
    assert (3,) in split_in_two("delacruz", known)
    assert split_in_two("quispe", known) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jimenez", "gimenez"),
        ("hernandez", "ernandes"),
        ("villanueva", "biyanueba"),
        ("quispe", "kispe"),
        ("desir", "dezir"),
        ("philippe", "filip"),
        ("zhang", "chang"),
        ("xu", "hsu"),
        ("shevchenko", "chevtchenko"),
    ],
)
def test_what_sounds_alike_in_two_languages_sounds_alike_here(one: str, other: str) -> None:
    assert consonants_of(sound_of(one)) == consonants_of(sound_of(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [("mohammed", "muhamad"), ("aleksandr", "alexander"), ("ekaterina", "kateryna")],
)
def test_vowels_that_alphabets_change_do_not_count(one: str, other: str) -> None:
    assert consonants_of(sound_of(one)) == consonants_of(sound_of(other))


def test_a_name_of_any_script_can_be_looked_at() -> None:
    for name in ("Олександр", "محمد", "陈伟", "…", "", "?"):
        for part in split_name(other=name).parts:
            assert sound_of(part.word)


def test_the_shipped_nicknames_go_both_ways() -> None:
    table = tomllib.loads((paths.resources() / "nicknames.toml").read_text("utf-8"))
    alike = read_nicknames(table)
    assert "pepe" in alike["jose"]
    assert "jose" in alike["pepe"]
    assert "francisco" in alike["paco"]
    assert "manno" in alike["emmanuel"]
    assert all(name not in others for name, others in alike.items())
    assert len(alike) > 500
