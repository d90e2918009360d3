"""Citations at the foot of the page: found in the paragraphs, numbered through the letter."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from intake_app.documents.letter_template import Block, Paragraph, Run
from intake_app.documents.pdf_lines import Mark

_ENDS = (".", "”", "?", "!", ")", ":")
_BEAR_MARKS = (Block.TEXT, Block.QUOTATION, Block.NUMBERED, Block.BULLET)

Marked = tuple[Paragraph, tuple[Run | Mark, ...]]
"""A paragraph and its runs with the marks of its notes among them."""


def in_line(body: Sequence[Paragraph]) -> list[Marked]:
    """The paragraphs as they are."""
    return [(paragraph, paragraph.runs) for paragraph in body]


def at_the_foot(body: Sequence[Paragraph]) -> tuple[list[Marked], list[tuple[Run, ...]]]:
    """Citations that stand as a sentence of their own become marks and notes.

    A citation that begins a paragraph is marked at the end of the one before it, as after a
    quotation. One that is part of a sentence stays in it.
    """
    marked: list[Marked] = []
    notes: list[tuple[Run, ...]] = []
    for paragraph in body:
        runs: list[Run | Mark] = []
        done = 0
        for start, end in _citations(paragraph):
            before = paragraph.text[done:start].rstrip()
            if not before and not runs:
                if not marked or marked[-1][0].block not in _BEAR_MARKS:
                    continue
                notes.append(_note(paragraph, start, end))
                marked[-1] = (marked[-1][0], (*marked[-1][1], Mark(len(notes))))
            else:
                notes.append(_note(paragraph, start, end))
                runs += [*_cut(paragraph.runs, done, done + len(before)), Mark(len(notes))]
            done = end + 1
        rest = _cut(paragraph.runs, done, len(paragraph.text))
        if done and not runs and rest:
            rest = [replace(rest[0], text=rest[0].text.lstrip()), *rest[1:]]
        if runs or rest:
            marked.append((paragraph, (*runs, *rest)))
    return marked, notes


def _citations(paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """From and to, without its period, of each citation that is a sentence."""
    if paragraph.block not in _BEAR_MARKS:
        return
    text = paragraph.text
    for start, end in _spans(paragraph):
        before = text[:start]
        begins = not before.strip() or (before.endswith(" ") and before.rstrip().endswith(_ENDS))
        if begins and text[end : end + 1] == "." and text[end + 1 : end + 2] in ("", " "):
            yield start, end


def _spans(paragraph: Paragraph) -> list[tuple[int, int]]:
    """Where citations stand; those with only a semicolon between are one."""
    found: list[tuple[int, int]] = []
    place = 0
    for run in paragraph.runs:
        end = place + len(run.text)
        if run.cite:
            if found and paragraph.text[found[-1][1] : place] in ("", "; "):
                found[-1] = (found[-1][0], end)
            else:
                found.append((place, end))
        place = end
    return found


def _note(paragraph: Paragraph, start: int, end: int) -> tuple[Run, ...]:
    return (*_cut(paragraph.runs, start, end), Run("."))


def _cut(runs: Sequence[Run], start: int, end: int) -> list[Run]:
    made = []
    place = 0
    for run in runs:
        text = run.text[max(0, start - place) : max(0, end - place)]
        if text:
            made.append(replace(run, text=text))
        place += len(run.text)
    return made
