"""The structure of a PDF (ISO 32000-1, 14.7 and 14.8): what each piece on its pages is.

ReportLab has none of its own. Here a tree of elements grows while the pages are drawn; each
piece of a page is marked as belonging to an element or as an artifact, which readers skip.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFObject
from reportlab.pdfgen.canvas import Canvas

from intake_app.documents.pdf_archive import allow, document_of


@dataclass(eq=False)
class Element:
    """One element of the structure: `kind` is a standard one, such as P, H1 or TD.

    alt: what a picture shows. name: its id, in plain letters. attributes: as PDF writes them.
    """

    kind: str
    alt: str = ""
    name: str = ""
    attributes: str = ""
    parent: "Element | None" = field(default=None, repr=False)
    kids: "list[Element | tuple[int, int]]" = field(default_factory=list)
    """Elements and (page from 0, id of the marked piece on it), in reading order."""

    def add(self, kind: str, alt: str = "", name: str = "", attributes: str = "") -> "Element":
        """A new last child."""
        made = Element(kind, alt, name, attributes, self)
        self.kids.append(made)
        return made

    @property
    def last(self) -> "Element | None":
        """The last child that is an element."""
        return next((kid for kid in reversed(self.kids) if isinstance(kid, Element)), None)


class Structure:
    """The structure of the file that a canvas draws."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.root = Element("Document")
        self._pages: list[list[Element]] = [[]]

    def mark(self, element: Element) -> str:
        """The operator that begins a piece of `element` on this page; `END` ends it."""
        page = self._pages[-1]
        element.kids.append((len(self._pages) - 1, len(page)))
        page.append(element)
        return f"/{element.kind} <</MCID {len(page) - 1}>> BDC"

    def next_page(self) -> None:
        """The page is done: end it on the canvas, too."""
        self._canvas.showPage()
        self._pages.append([])

    def write(self) -> None:
        """Put the tree into the file; to be called once all pages are done."""
        document = document_of(self._canvas)
        pages = self._pages[:-1]
        made = {id(one): _Written() for one in _all(self.root)}
        top = _Written()
        above, *refs = (_number(document, one) for one in (top, *made.values()))
        where = dict(zip(made, refs, strict=True))
        on_page = [
            _number(document, document.idToObject[f"Page{n + 1}"]) for n in range(len(pages))
        ]
        for one in _all(self.root):
            parent = where[id(one.parent)] if one.parent else above
            made[id(one)].body = _entries(one, parent, where, on_page)
        parents = []
        for number, marked in enumerate(pages):
            parents.append(f"{number} [{' '.join(where[id(one)] for one in marked)}]")
            allow(document.idToObject[f"Page{number + 1}"], StructParents=number, Tabs=PDFName("S"))
        top.body = (
            f"<</Type /StructTreeRoot /K {where[id(self.root)]} /ParentTreeNextKey {len(pages)} "
            f"/ParentTree <</Nums [{' '.join(parents)}]>>{self._ids(where)}>>"
        )
        document.Catalog.StructTreeRoot = top
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _ids(self, where: dict[int, str]) -> str:
        """The elements that have an id, in the order of the ids."""
        named = sorted((one.name, where[id(one)]) for one in _all(self.root) if one.name)
        if not named:
            return ""
        first, last = named[0][0], named[-1][0]
        pairs = " ".join(f"({name}) {ref}" for name, ref in named)
        return f" /IDTree <</Kids [<</Limits [({first}) ({last})] /Names [{pairs}]>>]>>"


END = "EMC"


def artifact(kind: str = "Layout", subtype: str = "") -> str:
    """The operator that begins a piece which is no part of the text, such as a rule."""
    more = f" /Subtype /{subtype}" if subtype else ""
    return f"/Artifact <</Type /{kind}{more}>> BDC"


BACKWARDS = "/ReversedChars BMC"
"""Begins a piece whose letters, written from right to left, stand from left to right in it."""


def actual_text(text: str) -> str:
    """The operator that begins a piece whose drawn forms stand for `text`."""
    return f"/Span <</ActualText {_hex(text)}>> BDC"


def _all(element: Element) -> Iterator[Element]:
    yield element
    for kid in element.kids:
        if isinstance(kid, Element):
            yield from _all(kid)


class _Written(PDFObject):
    """An object of the file written here; the parts of the tree are too many for slower ways."""

    __RefOnly__ = 1
    body = ""

    def format(self, _document: object) -> bytes:
        """The object as the file holds it."""
        return self.body.encode("ascii")


def _number(document: Any, written: Any) -> str:
    made: bytes = document.Reference(written).format(document)
    return made.decode("ascii")


def _entries(element: Element, parent: str, where: dict[int, str], pages: Sequence[str]) -> str:
    home = next((kid[0] for kid in element.kids if not isinstance(kid, Element)), None)
    kids = []
    for kid in element.kids:
        if isinstance(kid, Element):
            kids.append(where[id(kid)])
        elif kid[0] == home:
            kids.append(str(kid[1]))
        else:
            kids.append(f"<</Type /MCR /Pg {pages[kid[0]]} /MCID {kid[1]}>>")
    on = "" if home is None else f" /Pg {pages[home]}"
    alt = f" /Alt {_hex(element.alt)}" if element.alt else ""
    name = f" /ID ({element.name})" if element.name else ""
    more = f" {element.attributes}" if element.attributes else ""
    return (
        f"<</Type /StructElem /S /{element.kind} /P {parent} /K [{' '.join(kids)}]"
        f"{on}{alt}{name}{more}>>"
    )


def _hex(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"
