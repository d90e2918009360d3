"""TOML text as tables, whatever somebody wrote into the file."""

import tomllib
from typing import Any


class NotToml(ValueError):
    """The text can't be read; `why` ends the sentence “It can’t be read: …”."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_toml(text: str) -> dict[str, Any]:
    """The tables of a TOML text; raise `NotToml`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise NotToml(str(error)) from error
    except RecursionError as error:
        raise NotToml("its lists are nested too deep") from error
    except ValueError as error:
        # Python reads no number of more than 4,300 digits.
        raise NotToml("a number in it is too long") from error
