"""A plain one-page CV as PDF bytes, for the invented candidates: one font, no dependency on the press."""

import io
from collections.abc import Iterable

import pikepdf

from rehearsal.corpus.records import CvSection

TOP, LEFT, LINE = 790, 60, 15
WIDTH = 92


def _escaped(text: str) -> bytes:
    """Text for a content stream in WinAnsi; what that alphabet lacks becomes a question mark."""
    plain = text.replace("\u202f", " ").replace("\u00a0", " ")
    data = plain.encode("cp1252", errors="replace")
    return data.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _wrapped(text: str) -> Iterable[str]:
    line = ""
    for word in text.split():
        if line and len(line) + len(word) + 1 > WIDTH:
            yield line
            line = word
        else:
            line = f"{line} {word}".strip()
    yield line


def cv_text(name: str, sections: Iterable[CvSection]) -> str:
    """What such a CV says, as it is read in its PDF."""
    blocks = ["\n".join([section.title, *section.lines]) for section in sections]
    return "\n\n".join([name, *blocks])


def cv_pdf(name: str, sections: Iterable[CvSection]) -> bytes:
    """Name, then sections with their lines, on one A4 page."""
    lines: list[tuple[int, str]] = [(18, name), (10, "")]
    for section in sections:
        lines.append((12, section.title))
        lines.extend((10, wrapped) for line in section.lines for wrapped in _wrapped(line))
        lines.append((10, ""))
    stream, height = [b"BT"], TOP
    for size, text in lines:
        stream.append(b"/F1 %d Tf 1 0 0 1 %d %d Tm (%s) Tj" % (size, LEFT, height, _escaped(text)))
        height -= LINE + (6 if size > 10 else 0)
    stream.append(b"ET")
    pdf = pikepdf.new()
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    page = pdf.add_blank_page(page_size=(595, 842))
    page.Contents = pdf.make_stream(b"\n".join(stream))
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
