"""Reading a tagged PDF back with another library: its tree, its pieces and their words."""

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

SHOW = ("Tj", "TJ", "'", '"')
PAINT = (*SHOW, "f", "F", "f*", "B", "b", "S", "s", "Do", "sh")


@dataclass
class Node:
    """An element: kind, its own words and those below it, in the order of the tree."""

    kind: str
    entries: Any
    parent: "Node | None"
    kids: "list[Node | tuple[int, int]]" = field(default_factory=list)

    def all(self) -> "list[Node]":
        """This one and all below."""
        below = [kid for kid in self.kids if isinstance(kid, Node)]
        return [self, *(one for kid in below for one in kid.all())]


@dataclass
class Tagged:
    """A file read: root of the tree, words by (page, id), what painted outside of any mark."""

    file: pikepdf.Pdf
    root: Node
    pieces: dict[tuple[int, int], str]
    artifacts: list[tuple[str, str]]
    unmarked: list[str]

    def words(self, node: Node) -> str:
        """The words of an element as a screen reader meets them."""
        return "".join(
            self.words(kid) if isinstance(kid, Node) else self.pieces[kid] for kid in node.kids
        )

    def of(self, kind: str) -> list[Node]:
        """All elements of a kind."""
        return [node for node in self.root.all() if node.kind == kind]


def read_tagged(pdf: bytes) -> Tagged:
    """Read the tree and every page's content."""
    file = pikepdf.open(BytesIO(pdf))
    pages = [page.obj.objgen for page in file.pages]
    root = _node(file.Root.StructTreeRoot.K, None, pages)
    pieces: dict[tuple[int, int], str] = {}
    artifacts: list[tuple[str, str]] = []
    unmarked: list[str] = []
    for number, page in enumerate(file.pages):
        _read_page(number, page, pieces, artifacts, unmarked)
    return Tagged(file, root, pieces, artifacts, unmarked)


def _node(entries: Any, parent: Node | None, pages: list[Any]) -> Node:
    made = Node(str(entries.S)[1:], entries, parent)
    kids = entries.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            made.kids.append((pages.index(entries.Pg.objgen), int(kid)))
        elif kid.get("/Type") == "/MCR":
            made.kids.append((pages.index(kid.Pg.objgen), int(kid.MCID)))
        else:
            assert kid.P.objgen == entries.objgen
            made.kids.append(_node(kid, made, pages))
    return made


def _read_page(
    number: int,
    page: Any,
    pieces: dict[tuple[int, int], str],
    artifacts: list[tuple[str, str]],
    unmarked: list[str],
) -> None:
    fonts = {name: _letters(font) for name, font in page.Resources.Font.items()}
    font: dict[int, str] = {}
    marks: list[tuple[str, Any, list[str]]] = []
    for step in pikepdf.parse_content_stream(page):
        operands, name = list(step.operands), str(step.operator)
        if name in ("BDC", "BMC"):
            marks.append((str(operands[0])[1:], operands[1] if len(operands) > 1 else {}, []))
        elif name == "EMC":
            tag, told, shown = marks.pop()
            words = "".join(reversed(shown) if tag == "ReversedChars" else shown)
            words = str(told["/ActualText"]) if "/ActualText" in told else words
            if "/MCID" in told:
                assert (number, int(told["/MCID"])) not in pieces
                assert not marks, "a marked piece within another"
                pieces[number, int(told["/MCID"])] = words
            elif tag == "Artifact":
                assert not marks, "an artifact within the text"
                artifacts.append((str(told.get("/Subtype", told.Type)), words))
            else:
                marks[-1][2].append(words)
        elif name == "Tf":
            font = fonts[str(operands[0])]
        if name in PAINT and not marks:
            unmarked.append(name)
        if name in SHOW and marks:
            parts = operands[0] if name == "TJ" else [operands[0]]
            codes = b"".join(bytes(one) for one in parts if isinstance(one, pikepdf.String))
            marks[-1][2].append("".join(font[code] for code in codes))
    assert not marks


def _letters(font: Any) -> dict[int, str]:
    table = bytes(font.ToUnicode.read_bytes()).decode("ascii")
    pairs = re.findall(r"<([0-9A-F]{2})> <([0-9A-F]{4,})>", table)
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}
