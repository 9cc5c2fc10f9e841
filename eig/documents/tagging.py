"""What WeasyPrint leaves untold in the tags of a print (PDF/UA-1), told before its file is written.

Of itself it gives no scope to headers, an annotation to each box inside a link, an item of a list to a term
and another to what it means, tags to margins, which are no content, pixels to the box of a picture, and no
character to some glyphs.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pydyf
from weasyprint import Document

POINTS = 0.75  # in a pixel of CSS
PRINTED = 4  # the flag of an annotation that is on paper too


def one_link_each(document: Document) -> None:
    """Before drawing: among the boxes inside a link, only its own is pressed."""
    for page in document.pages:
        page.links = [link for link in page.links if link[3].link]


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """Once drawn: WeasyPrint's own hook, just before the end of the file."""
    for page in document.pages:
        for *_, box in page.links:
            if box.link_annotation:
                _name_link(box)
    tags = Tags(pdf)
    heard = set()
    for element, above in tags.walk():
        heard.add(element.reference)
        match element["S"]:
            case "/TH":
                element["A"]["Scope"] = "/Column" if "/THead" in above else "/Row"
            case "/Link" if "/Link" in above:
                element["S"] = "/Span"
            case "/Figure":
                tags.place(element)
            case "/L":
                tags.pair_terms(element)
            case "/Table" if all(kid["S"] == "/Caption" for kid in tags.kids(element)):
                # Its rows are on the next page, with a table of their own.
                element["S"] = "/Div"
            case "/Caption" if above[-1] == "/Div":
                element["S"] = "/P"
    tags.leave_out_all_but(heard)
    _spell_all(pdf)


def _name_link(box: Any) -> None:
    """A link is told by its words, not by its address."""
    own = (child for child in box.descendants() if hasattr(child, "text") and "::" not in child.element_tag)
    words = "".join(child.text for child in own).strip()
    box.link_annotation["F"] = PRINTED
    if words:
        box.link_annotation["Contents"] = pydyf.String(words)


def _spell_all(pdf: pydyf.PDF) -> None:
    """A glyph that its neighbour already spells (Hindi, Khmer…) still stands for a character: a joiner."""
    objects = {item.reference: item for item in pdf.objects}
    for font in pdf.objects:
        if isinstance(font, pydyf.Dictionary) and "ToUnicode" in font:
            letters = objects[font["ToUnicode"]]
            letters.stream = [line.replace(b"> <>", b"> <200d>") for line in letters.stream]


class Tags:
    """The tree of tags of a file, and the marks in its pages."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pages = [pdf.objects[int(reference.split()[0])] for reference in pdf.page_references]
        self.objects = {item.reference: item for item in pdf.objects}
        self.root = self.objects[pdf.catalog["StructTreeRoot"]]

    def kids(self, element: pydyf.Dictionary) -> list[pydyf.Dictionary]:
        found = (self.objects.get(kid) for kid in element["K"] if isinstance(kid, bytes))
        return [kid for kid in found if kid is not None and "S" in kid]

    def walk(
        self, element: pydyf.Dictionary | None = None, above: tuple[str, ...] = ()
    ) -> Iterator[tuple[pydyf.Dictionary, tuple[str, ...]]]:
        """Each element, and the tags of those around it; its own may change before its kids come."""
        for kid in self.kids(element or self.root):
            yield kid, above
            yield from self.walk(kid, (*above, kid["S"]))

    def place(self, figure: pydyf.Dictionary) -> None:
        """The box of a picture, from the pixels of a page read downwards to its points, read upwards."""
        height = self.objects[figure["Pg"]]["MediaBox"][3]
        left, top, right, bottom = (value * POINTS for value in figure["A"]["BBox"])
        figure["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])

    def pair_terms(self, items: pydyf.Dictionary) -> None:
        """`dl > div > dt + dd` is one item: its label, then its body."""
        for item in self.kids(items):
            if item["S"] == "/Div":
                item["S"] = "/LI"
                for rank, part in enumerate(self.kids(item)):
                    part["S"] = "/LBody" if rank else "/Lbl"
                    for inner in self.kids(part):
                        inner["S"] = "/Div" if rank else "/Span"

    def leave_out_all_but(self, heard: set[bytes]) -> None:
        """What no element announces (head and foot of pages) is furniture: said so where it is drawn."""
        numbers = self.objects[self.root["ParentTree"]]["Nums"]
        for page, owners in zip(self.pages, numbers[1::2], strict=False):
            drawn = self.objects[page["Contents"]].stream
            unheard = {mark for mark, owner in enumerate(owners) if owner not in heard}
            for rank, (_, properties) in enumerate(pairwise(drawn)):
                if isinstance(properties, pydyf.Dictionary) and properties.get("MCID") in unheard:
                    drawn[rank : rank + 2] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
            for mark in unheard:
                owners[mark] = "null"
