"""Every word of every name the office knows, and which of them are like a word asked for."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA

from intake_app.core.name_likeness import How, Near, consonants_of, sound_of

_SPELLED_ALIKE = 0.6
"""Of the letters of the longer word, so many must be the same, in their order."""
_BACKGROUND = 5_000
"""Unknown people counted as well, so that a small office doesn't take every name for common."""
_SELDOM = 10
"""How many of them are taken to have any given name."""


class NameBook:
    """Every part of a name that is known, with how many names it stands in."""

    def __init__(self, nicknames: Mapping[str, frozenset[str]]) -> None:
        self._nicknames = nicknames
        self._numbers: dict[str, int] = {}
        self._words: list[str] = []
        self._counts = np.zeros(1024, np.int64)
        self._sounds = np.zeros(1024, np.int64)
        self._bones = np.zeros(1024, np.int64)
        self._sound_numbers: dict[str, int] = {}
        self._names = 0

    def __len__(self) -> int:
        return len(self._words)

    def number(self, word: str) -> int:
        """The number of a word; a new one gets the next."""
        known = self._numbers.get(word)
        if known is not None:
            return known
        number = len(self._words)
        if number == len(self._counts):
            for name in ("_counts", "_sounds", "_bones"):
                setattr(
                    self, name, np.concatenate([getattr(self, name), np.zeros(number, np.int64)])
                )
        self._numbers[word] = number
        self._words.append(word)
        sound = sound_of(word)
        bones = consonants_of(sound)
        self._sounds[number] = self._sound_number(sound)
        self._bones[number] = self._sound_number("=" + bones) if len(bones) > 1 else -1 - number
        return number

    def known(self, word: str) -> int | None:
        """The number of a word, None for one that stands in no name."""
        number = self._numbers.get(word)
        return number if number is not None and self._counts[number] > 0 else None

    def bits(self, number: int) -> float:
        """What it tells that two names have this word."""
        share = (self._counts[number] + _SELDOM) / (self._names + _BACKGROUND)
        return float(-np.log2(share))

    def word(self, number: int) -> str:
        """The word of a number."""
        return self._words[number]

    def count(self, numbers: Iterable[int], by: int) -> None:
        """One more name with these words, or with `by` -1 one less."""
        for number in numbers:
            self._counts[number] += by
        self._names += by

    def _sound_number(self, sound: str) -> int:
        return self._sound_numbers.setdefault(sound, len(self._sound_numbers))

    def near(self, words: Sequence[str], at_least: float = _SPELLED_ALIKE) -> list[dict[int, Near]]:
        """For each word: the numbers of all known words like it, with what a likeness tells.

        at_least: how much of the longer word must be spelled the same.
        """
        if not self._words or not words:
            return [{} for _ in words]
        size = len(self._words)
        spelled = process.cdist(
            words,
            self._words,
            scorer=OSA.normalized_similarity,
            score_cutoff=at_least,
            dtype=np.float32,
        )
        return [self._near(word, spelled[row], size) for row, word in enumerate(words)]

    def _near(self, word: str, spelled: npt.NDArray[Any], size: int) -> dict[int, Near]:
        counts = self._counts[:size]
        sound = sound_of(word)
        likeness = spelled * 0.97
        how = np.full(size, _SPELLED)
        for matches, worth in self._sounding(word, sound, size):
            better = matches[likeness[matches] < worth]
            likeness[better], how[better] = worth, _SOUND
        for nickname in self._nicknames.get(word, ()):
            number = self._numbers.get(nickname)
            if number is not None and likeness[number] < 0.9:
                likeness[number], how[number] = 0.9, _NICKNAME
        own = self.known(word)
        if own is not None:
            likeness[own], how[own] = 1.0, _SAME
        likeness[counts == 0] = 0
        found = np.flatnonzero(likeness)
        found = found[np.argsort(-likeness[found], kind="stable")]
        ranked = -likeness[found]
        # What all words at least as like this one have together.
        together = np.cumsum(counts[found])
        last = np.searchsorted(ranked, ranked, side="right") - 1
        share = (together[last] + _SELDOM) / (self._names + _BACKGROUND)
        bits = -np.log2(share) - np.where(how[found] == _SAME, 0, _COST[how[found]])
        if own is not None:
            # A word that is somebody's name is less likely a slip of the pen.
            bits -= np.where(how[found] >= _SOUND, _A_NAME_ITSELF, 0)
        return {
            int(number): Near(_HOWS[how[number]], float(told))
            for number, told in zip(found, bits, strict=True)
            if told > 0.5
        }

    def _sounding(
        self, word: str, sound: str, size: int
    ) -> Iterator[tuple[npt.NDArray[np.int64], float]]:
        number = self._sound_numbers.get(sound)
        if number is not None:
            yield np.flatnonzero(self._sounds[:size] == number), 0.93
        number = self._sound_numbers.get("=" + consonants_of(sound))
        if number is not None:
            there = np.flatnonzero(self._bones[:size] == number)
            like = [OSA.normalized_similarity(word, self._words[at]) >= 0.4 for at in there]
            yield there[np.array(like, bool)], 0.8


_SAME, _NICKNAME, _SOUND, _SPELLED = range(4)
_HOWS = (How.SAME, How.NICKNAME, How.SOUND, How.SPELLING)
_COST = np.array([0.0, 1.0, 0.5, 0.5])
"""Bits taken off: so much rarer is the likeness than the same word, between two papers of one
person.
"""
_A_NAME_ITSELF = 2.0
