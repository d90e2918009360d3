"""What to do when legal process comes: reading `resources/legal_process.toml`.

The page is a checklist, never a way to give anything out. What it says of the law is what the
library of authorities says, and a lawyer of the office can change it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from intake_app.core.answers import show_date
from intake_app.core.errors import AppError
from intake_app.core.partial_date import PartialDate
from intake_app.core.toml_text import NotToml, read_toml


@dataclass(frozen=True)
class Step:
    """One thing to do; `source` is the law it rests on, or empty."""

    words: str
    source: str = ""


@dataclass(frozen=True)
class Part:
    """Steps that belong together."""

    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class LegalProcess:
    """The whole page.

    written_by: who wrote it; sources_seen: the day its law was looked up; checked: the lawyer of
        the office who read it and when, empty as long as nobody did.
    """

    about: str
    written_by: str
    sources_seen: date
    checked: str
    parts: tuple[Part, ...]

    @property
    def standing(self) -> str:
        """Who wrote it, when its sources were seen, and who checked it, in sentences."""
        seen = show_date(PartialDate.of(self.sources_seen))
        wrote = f"Written by {self.written_by}; its sources were last looked at on {seen}."
        if self.checked:
            return f"{wrote} Read by a lawyer of this office: {self.checked}."
        return (
            f"{wrote} No lawyer of this office has read it yet: ask yours to, before you need it."
        )


def read_legal_process(text: str) -> LegalProcess:
    """Read the file; raise `AppError` naming what is missing, empty or unknown."""
    try:
        told = read_toml(text)
    except NotToml as error:
        raise AppError(
            f"The page on legal process can’t be read as TOML: {error}. {_MEND}"
        ) from error
    _only(told, {"about", "written_by", "sources_seen", "checked", "part"}, set(), "the file")
    seen = told["sources_seen"]
    if type(seen) is not date:
        raise _wrong("sources_seen")
    return LegalProcess(
        _words(told, "about"),
        _words(told, "written_by"),
        seen,
        _words(told, "checked", may_be_empty=True),
        tuple(_part(part) for part in _several(told, "part")),
    )


_MEND = "Mend resources/legal_process.toml or put the shipped one back."


def _part(told: dict[str, Any]) -> Part:
    _only(told, {"title", "step"}, set(), "a part")
    return Part(_words(told, "title"), tuple(_step(step) for step in _several(told, "step")))


def _step(told: dict[str, Any]) -> Step:
    _only(told, {"words"}, {"source"}, "a step")
    return Step(_words(told, "words"), _words(told, "source") if "source" in told else "")


def _several(told: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = told[name]
    if not isinstance(found, list) or not found or not all(isinstance(one, dict) for one in found):
        raise _wrong(name)
    return found


def _words(told: dict[str, Any], name: str, *, may_be_empty: bool = False) -> str:
    found = told[name]
    if not isinstance(found, str) or not (found.strip() or may_be_empty):
        raise _wrong(name)
    return found.strip()


def _only(told: dict[str, Any], wanted: set[str], besides: set[str], where: str) -> None:
    if missing := sorted(wanted - set(told)):
        raise AppError(f"The page on legal process misses {missing[0]} in {where}. {_MEND}")
    if unknown := sorted(set(told) - wanted - besides):
        raise AppError(f"The page on legal process does not know {unknown[0]} in {where}. {_MEND}")


def _wrong(name: str) -> AppError:
    return AppError(f"The page on legal process says nothing usable under {name}. {_MEND}")
