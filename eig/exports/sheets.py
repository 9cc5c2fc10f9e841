"""Write a table to a file, row by row: XLSX, ODS or CSV. Texts stay texts, whatever they begin with."""

import csv
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
from django.utils.timezone import is_aware, localtime

from eig.exports.choices import MEDIA_TYPES, Format
from eig.exports.rules import Cell, Column, headings, plain, written

Rows = Iterable[Sequence[Cell]]


def write_file(path: Path, *, format: str, title: str, columns: Sequence[Column], rows: Rows) -> None:
    """One table in one file, at Paris time."""
    writer = {Format.XLSX: _write_xlsx, Format.ODS: _write_ods, Format.CSV: _write_csv}[Format(format)]
    writer(path, title, columns, ([_local(cell) for cell in row] for row in rows))


def _local(cell: Cell) -> Cell:
    return localtime(cell) if isinstance(cell, datetime) and is_aware(cell) else cell


def _write_csv(path: Path, title: str, columns: Sequence[Column], rows: Rows) -> None:
    """Semicolons and a byte-order mark, as a French Excel expects."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = csv.writer(file, delimiter=";", lineterminator="\r\n")
        out.writerow(headings(columns))
        for row in rows:
            out.writerow([written(cell, column.kind) for cell, column in zip(row, columns, strict=True)])


def _write_xlsx(path: Path, title: str, columns: Sequence[Column], rows: Rows) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        shapes = {
            "date": book.add_format({"num_format": "dd/mm/yyyy"}),
            "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        }
        book.set_properties({"title": title, "author": "", "company": ""})
        sheet = book.add_worksheet("Export")
        sheet.freeze_panes(1, 1)
        for rank, (column, label) in enumerate(zip(columns, headings(columns), strict=True)):
            sheet.set_column(rank, rank, column.width)
            sheet.write_string(0, rank, label, head)
        last = 0
        for last, row in enumerate(rows, start=1):
            for rank, (cell, column) in enumerate(zip(row, columns, strict=True)):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, datetime):
                    sheet.write_datetime(last, rank, cell.replace(tzinfo=None), shapes.get(column.kind))
                elif isinstance(cell, date):
                    sheet.write_datetime(last, rank, cell, shapes["date"])
                elif isinstance(cell, (int, Decimal)):
                    sheet.write_number(last, rank, cell)
                else:
                    sheet.write_string(last, rank, plain(str(cell)))
        sheet.autofilter(0, 0, last, max(len(columns) - 1, 0))


ODS_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
)
ODS_STYLES = (
    "<office:automatic-styles>"
    '<number:date-style style:name="D"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    "</number:date-style>"
    '<number:date-style style:name="M"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    '<number:text> </number:text><number:hours number:style="long"/><number:text>:</number:text>'
    '<number:minutes number:style="long"/></number:date-style>'
    '<style:style style:name="date" style:family="table-cell" style:data-style-name="D"/>'
    '<style:style style:name="moment" style:family="table-cell" style:data-style-name="M"/>'
    '<style:style style:name="head" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    "</office:automatic-styles>"
)
ODS_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
    'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def _write_ods(path: Path, title: str, columns: Sequence[Column], rows: Rows) -> None:
    """An OpenDocument sheet: a zip whose content is streamed; the libraries keep it all in memory."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        # The type comes first and uncompressed: readers look for it at a fixed place.
        book.writestr("mimetype", MEDIA_TYPES[Format.ODS], zipfile.ZIP_STORED)
        book.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        with book.open("content.xml", "w", force_zip64=True) as out:
            out.write(
                f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODS_SPACES} '
                f'office:version="1.3">{ODS_STYLES}<office:body><office:spreadsheet>'
                f"<table:table table:name={quoteattr(plain(title)[:30])}>".encode()
            )
            out.write(
                _ods_row(
                    f'<table:table-cell table:style-name="head" {_ods_text(label)}'
                    for label in headings(columns)
                )
            )
            for row in rows:
                pairs = zip(row, columns, strict=True)
                out.write(_ods_row(_ods_cell(cell, column) for cell, column in pairs))
            out.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")


def _ods_row(cells: Iterable[str]) -> bytes:
    return f"<table:table-row>{''.join(cells)}</table:table-row>".encode()


def _ods_text(text: str) -> str:
    """The end of a text cell, its lines as paragraphs."""
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in plain(text).split("\n"))
    return f'office:value-type="string">{lines}</table:table-cell>'


def _ods_cell(cell: Cell, column: Column) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, date):
        kind = "moment" if isinstance(cell, datetime) and column.kind == "moment" else "date"
        value = f"{cell:%Y-%m-%dT%H:%M:%S}" if kind == "moment" else f"{cell:%Y-%m-%d}"
        return (
            f'<table:table-cell table:style-name="{kind}" office:value-type="date" '
            f'office:date-value="{value}"><text:p>{written(cell, column.kind)}</text:p></table:table-cell>'
        )
    if isinstance(cell, (int, Decimal)):
        return (
            f'<table:table-cell office:value-type="float" office:value="{cell}">'
            f"<text:p>{written(cell, column.kind)}</text:p></table:table-cell>"
        )
    return f"<table:table-cell {_ods_text(str(cell))}"
