"""Plain text beside published files: headings, paragraphs, fingerprints; 88 letters wide."""

import hashlib
from collections.abc import Iterable, Mapping
from textwrap import fill


def heading(text: str) -> list[str]:
    """The words, underlined."""
    return [text, "-" * len(text)]


def paragraphs(*texts: str) -> list[str]:
    """Each wrapped, with an empty line after it."""
    return [line for text in texts for line in (*wrapped(text), "")]


def wrapped(text: str, indent: str = "") -> list[str]:
    """Lines of at most 88 letters; those after the first stand two further in, where any does."""
    made = fill(
        " ".join(text.split()),
        88,
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if indent else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return made.split("\n")


def fingerprints(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file, by name, in order of their names."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def listed(files: Mapping[str, bytes]) -> list[str]:
    """The fingerprints as they stand in a text."""
    return [f"  {name}\n    {mark}" for name, mark in fingerprints(files).items()]


def as_file(lines: Iterable[str]) -> bytes:
    """UTF-8, with one line end at the end."""
    return ("\n".join(lines).rstrip() + "\n").encode()
