"""The language letters are written in: plain text, placeholders, parts kept or left out.

A lawyer may change a letter's text; so it may hold nothing that runs. Of Jinja only
`{{ group.name }}` and `{% if group.name %}` with and, or, not are read, in a sandbox. What a
placeholder stands for is known before anything is written: an unknown one is an error even in
a part that is left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from intake_app.core.errors import AppError

# Marks around what placeholders put in; never part of a letter, and taken out of every fact.
_FACT, _FACT_KEY, _LITERAL, _LITERAL_END, _LAW, _LAW_KEY = (chr(0xE000 + n) for n in range(6))
_SECRET, _SECRET_KEY, _ROW, _CELL, _LINE, _LINE_END = (chr(0xE006 + n) for n in range(6))
_CITE, _CITE_END = chr(0xE00C), chr(0xE00D)
_OUR_MARKS = re.compile("[\ue000-\ue00d]")

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.If,
    nodes.And, nodes.Or, nodes.Not,
)  # fmt: skip

HEADS = ("title", "re", "greeting", "closing")
"""The lines above `---` without which no letter is written."""

Values = Mapping[str, Mapping[str, str | bool]]
"""group -> name -> what stands there: made by `fact()` or `law()`, or a yes or no."""


class Block(StrEnum):
    """What a paragraph is."""

    TEXT = "text"
    HEADING = "heading"
    QUOTATION = "quotation"
    NUMBERED = "numbered"
    BULLET = "bullet"
    TABLE = "table"


@dataclass(frozen=True)
class Run:
    """Words in one style.

    group: the facts a consent had to open for them to be told. cite: they cite an authority.
    """

    text: str
    bold: bool = False
    italic: bool = False
    group: str = ""
    cite: bool = False


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; `number` stands before it in a numbered list.

    key: the same for the same paragraph of a letter's text, whatever is left out around it.
    rows: the cells of a table, its head first; then `runs` are all of its words.
    edited: whether a person wrote it anew.
    """

    block: Block
    runs: tuple[Run, ...]
    number: str = ""
    key: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    edited: bool = False

    @property
    def text(self) -> str:
        """The words without styles; of a table a row a line."""
        if self.rows:
            return "\n".join(" · ".join(row) for row in self.rows)
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class Filled:
    """A letter's text with everything put in.

    heads: the lines above `---`, by name. facts, authorities: the keys of the facts and the
    ids of the authorities that really stand in it, in the order of their first use.
    """

    heads: Mapping[str, tuple[Run, ...]]
    body: tuple[Paragraph, ...]
    facts: tuple[str, ...]
    authorities: tuple[str, ...]


@dataclass(frozen=True)
class _Compiled:
    template: Template
    paths: frozenset[tuple[str, str]]


def fact(key: str, text: str, group: str = "") -> str:
    """A fact for a placeholder: printed as it is, never read as markup. Empty stays empty.

    group: the group of facts a consent had to open for it; empty where none had to.
    """
    plain = _plain(text)
    return f"{_FACT}{key}|{group}{_FACT_KEY}{plain}{_LITERAL_END}" if plain else ""


def table(key: str, rows: Iterable[Iterable[str]]) -> str:
    """Rows for a placeholder on a line that begins with `|`; the first is the head."""
    told = _ROW.join(_CELL.join(_plain(cell) for cell in row) for row in rows)
    return f"{_FACT}{key}|{_FACT_KEY}{told}{_LITERAL_END}" if told else ""


def _plain(text: str) -> str:
    return " ".join(_OUR_MARKS.sub("", text).split())


def law(authority: str, text: str) -> str:
    """Approved words of an authority; stars in them set italics."""
    return f"{_LAW}{authority}{_LAW_KEY}{text}"


def citation(text: str) -> str:
    """The citation within approved words, so that it can stand at the foot of the page."""
    return f"{_CITE}{text}{_CITE_END}"


def literal(text: str) -> str:
    """Exact words within approved words, such as a quotation: never read as markup."""
    return f"{_LITERAL}{text}{_LITERAL_END}"


def used_names(text: str) -> frozenset[tuple[str, str]]:
    """Every `group.name` a letter's text asks for, in kept and left-out parts alike."""
    return _compile(text).paths


def parsed(text: str) -> nodes.Template:
    """What a letter's text is made of, as it is filled in; raise `AppError` for a mistake."""
    used_names(text)  # a mistake, or code, is told in its own sentence
    return SandboxedEnvironment().parse(_OUR_MARKS.sub("", text))


def fill(text: str, values: Values) -> Filled:
    """Put `values` into a letter's text.

    Raise `AppError` for an unknown placeholder, code, a syntax error or a missing `---`.
    """
    compiled = _compile(text)
    for group, name in sorted(compiled.paths):
        if name not in values.get(group, {}):
            raise AppError(
                f"The letter’s text asks for “{group}.{name}”, which no letter may use. Mend "
                "the text or put the shipped one back."
            )
    try:
        whole = compiled.template.render(dict(values))
    except TemplateError as error:
        raise AppError(
            "The letter’s text can’t be filled in. Put the shipped text back."
        ) from error
    facts = dict.fromkeys(re.findall(f"{_FACT}([^|]*)\\|[a-z]*{_FACT_KEY}", whole))
    laws = dict.fromkeys(re.findall(f"{_LAW}([^{_LAW_KEY}]*){_LAW_KEY}", whole))
    plain = re.sub(f"{_FACT}[^|]*\\|{_FACT_KEY}", _LITERAL, whole)
    plain = re.sub(f"{_FACT}[^|]*\\|([a-z]+){_FACT_KEY}", f"{_SECRET}\\1{_SECRET_KEY}", plain)
    plain = re.sub(f"{_LAW}[^{_LAW_KEY}]*{_LAW_KEY}", "", plain)
    heads, mark, body = plain.partition("\n---\n")
    if not mark:
        raise AppError("The letter’s text has no “---” line after its heading lines. Put it back.")
    return Filled(
        _heads(_LINES.sub("", heads)), tuple(_paragraphs(body)), tuple(facts), tuple(laws)
    )


@lru_cache(maxsize=32)
def _compile(text: str) -> _Compiled:
    sandbox = SandboxedEnvironment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    try:
        tree = sandbox.parse(_with_lines(text))
        paths = frozenset(_paths(tree))
        return _Compiled(sandbox.from_string(tree), paths)
    except (RecursionError, SyntaxError, ValueError) as error:
        # Python reads no number of 5,000 digits, and takes a hundred parts in one another.
        raise AppError(
            "The letter’s text can’t be read: its parts stand too deep in one another, or a number "
            "in it is too long. Mend it or put the shipped text back."
        ) from error
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        where = f" at line {line}" if line else ""
        raise AppError(
            f"The letter’s text can’t be read{where}: {error.message or 'a mistake'}. Mend it "
            "or put the shipped text back."
        ) from error


def _paths(tree: nodes.Template) -> list[tuple[str, str]]:
    found = []
    queue: list[nodes.Node] = [tree]
    while queue:
        node = queue.pop()
        if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
            found.append((node.node.name, node.attr))
            continue
        # A name alone, or a longer path, is code as much as a call is.
        if not isinstance(node, _ALLOWED) or isinstance(node, (nodes.Name, nodes.Getattr)):
            raise AppError(
                f"The letter’s text holds code at line {node.lineno}. Only {{{{ group.name }}}} "
                "and {% if group.name %} may stand in it. Mend it or put the shipped text back."
            )
        queue.extend(node.iter_child_nodes())
    return found


_LINES = re.compile(f"{_LINE}\\d+{_LINE_END}")


def _with_lines(text: str) -> str:
    """Each line of the letter's text with its number before it, so that its paragraph is known."""
    return "\n".join(
        line
        if not line.strip() or line.lstrip().startswith("{%") or line == "---"
        else f"{_LINE}{number}{_LINE_END}{line}"
        for number, line in enumerate(_OUR_MARKS.sub("", text).split("\n"), start=1)
    )


def _heads(text: str) -> dict[str, tuple[Run, ...]]:
    heads = {}
    for line in text.splitlines():
        name, colon, value = line.partition(":")
        if line.strip() and colon:
            heads[name.strip()] = _runs(value.strip())
    return heads


_STARTS = (
    (re.compile(r"## +"), Block.HEADING),
    (re.compile(r"> +"), Block.QUOTATION),
    (re.compile(r"- +"), Block.BULLET),
    (re.compile(r"\| +"), Block.TABLE),
    (re.compile(r"(\d+\.) +"), Block.NUMBERED),
)


def _paragraphs(body: str) -> list[Paragraph]:
    found: list[tuple[Block, str, str, list[str]]] = []
    fresh = True
    for raw in body.splitlines():
        key = _LINES.search(raw)
        line = _LINES.sub("", raw).strip()
        if not line:
            fresh = fresh or not raw.strip()
            continue
        block, number = Block.TEXT, ""
        for start, kind in _STARTS:
            if match := start.match(line):
                block, number = kind, match[1] if kind is Block.NUMBERED else ""
                line = line[match.end() :]
                break
        if fresh or block is not Block.TEXT:
            found.append((block, number, key[0][1:-1] if key else "", [line]))
        else:
            found[-1][3].append(line)
        fresh = block is Block.HEADING
    return [
        Paragraph(block, _runs(" ".join(lines)), number, key, _rows(block, lines))
        for block, number, key, lines in found
    ]


def _rows(block: Block, lines: list[str]) -> tuple[tuple[str, ...], ...]:
    if block is not Block.TABLE:
        return ()
    text = "".join(run.text for run in _runs(" ".join(lines)))
    return tuple(tuple(row.split(_CELL)) for row in text.split(_ROW))


_PIECE = re.compile(
    f"{_LITERAL}(?P<literal>[^{_LITERAL_END}]*){_LITERAL_END}|"
    f"{_SECRET}(?P<group>[a-z]+){_SECRET_KEY}(?P<secret>[^{_LITERAL_END}]*){_LITERAL_END}|"
    f"(?P<cite>[{_CITE}{_CITE_END}])|"
    f"(?P<mark>\\*\\*|\\*)|(?P<plain>[^*{_LITERAL}{_SECRET}{_CITE}{_CITE_END}]+)"
)


def plain_runs(text: str) -> tuple[Run, ...]:
    """Words a person typed: stars set italics and bold, nothing else is read."""
    return _runs(_OUR_MARKS.sub("", text))


def _runs(text: str) -> tuple[Run, ...]:
    bold = italic = cite = False
    runs: list[Run] = []
    for piece in _PIECE.finditer(text):
        if piece["mark"]:
            bold, italic = (not bold, italic) if piece["mark"] == "**" else (bold, not italic)
            continue
        if piece["cite"]:
            cite = piece["cite"] == _CITE
            continue
        words = piece["literal"] or piece["secret"] or piece["plain"] or ""
        run = Run(words, bold, italic, piece["group"] or "", cite)
        if runs and replace(runs[-1], text=words) == run:
            runs[-1] = replace(run, text=runs[-1].text + words)
        elif words:
            runs.append(run)
    return tuple(runs)
