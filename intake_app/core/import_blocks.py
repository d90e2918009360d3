"""The blocks of a mapping file as TOML gives them, taken apart with a sentence for each mistake."""

from typing import Any

from intake_app.core.errors import AppError


class Block:
    """One table of a mapping file; each thing taken from it must be of its kind."""

    def __init__(self, found: Any, where: str) -> None:
        if not isinstance(found, dict):
            raise AppError(f"{where} is not written as a block of settings.")
        self._found = found
        self._where = where
        self._asked: set[str] = set()

    def text(self, name: str, missing: str | None = None) -> str:
        """A text; raise `AppError` where it is missing and must not be."""
        value = self._take(name, missing)
        if not isinstance(value, str):
            raise AppError(f"{self._where} needs “{name}”, as text in quotes.")
        return value

    def words(self, name: str) -> list[str]:
        """A list of texts, empty where it is missing."""
        return self._texts(self._take(name, []), name)

    def table(self, name: str) -> dict[str, Any]:
        """A table, empty where it is missing."""
        value = self._take(name, {})
        if not isinstance(value, dict):
            raise AppError(f"{self._where} needs “{name}” as a table.")
        return value

    def lists(self, name: str) -> list[tuple[str, list[str]]]:
        """A table of lists of texts."""
        return [(key, self._texts(value, name)) for key, value in self.table(name).items()]

    def blocks(self, name: str) -> list[Any]:
        """A list of blocks, empty where it is missing."""
        value = self._take(name, [])
        if not isinstance(value, list):
            raise AppError(f"{self._where} needs “{name}” in double square brackets.")
        return value

    def all_known(self) -> None:
        """Raise `AppError` for a setting nobody reads: a typing mistake must not pass."""
        for name in self._found.keys() - self._asked:
            raise AppError(f"{self._where} has a setting “{name}” that is not known.")

    def _take(self, name: str, missing: Any) -> Any:
        self._asked.add(name)
        return self._found.get(name, missing)

    def _texts(self, value: Any, name: str) -> list[str]:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            raise AppError(f"{self._where} needs “{name}” as a list of texts in quotes.")
        return value
