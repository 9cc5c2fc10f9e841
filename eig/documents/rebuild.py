"""Rebuild what people send, in a child process: only pages and pixels survive.

Run as `python -m eig.documents.rebuild MEDIA_TYPE`; the file comes on standard input, the clean copy
leaves on standard output, its number of pages on standard error as `pages=N`. Exit status 3 with a
French sentence on standard error when the file must be refused.
"""

import io
import resource
import sys
import zlib

import pikepdf
from PIL import Image

MEMORY_BYTES = 1_200_000_000
CPU_SECONDS = 4
MAX_PAGES = 40
MAX_PIXELS = 20_000_000
MAX_OBJECTS = 50_000
MAX_INFLATED = 400_000_000
REFUSED = 3

# A page is its contents and its resources; everything that acts, links or tells of its author goes.
PAGE_KEYS = frozenset(
    {"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox",
     "/Rotate", "/UserUnit", "/Group", "/Parent"}
)  # fmt: skip
# Wherever they are: in form objects, images, fonts, groups. Names that a page may give to its own glyphs or
# colours (« /A ») are left: nothing that acts can point to them any more.
FORBIDDEN = (
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/EmbeddedFiles",
    "/EmbeddedFile", "/EF", "/AF", "/RichMedia", "/RichMediaContent", "/XFA", "/AcroForm", "/Annots",
    "/Metadata", "/PieceInfo", "/LastModified", "/OPI", "/Outlines", "/StructParent", "/StructParents",
)  # fmt: skip
# Annotations that a reader sees on the page; the others act, link, pop up or play.
PAINTED = frozenset(
    {"/Widget", "/FreeText", "/Stamp", "/Ink", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine",
     "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret"}
)  # fmt: skip
# Of these, what holds words or strokes that are nowhere else.
TYPED = frozenset({"/FreeText", "/Stamp", "/Ink"})
DAMAGED = "Ce PDF est abîmé et ne peut pas être lu. Exportez-le de nouveau."
UNPAINTED = (
    "Ce PDF porte du texte ajouté par-dessus ses pages (formulaire, annotation ou tampon), que nous ne "
    "savons pas garder. Imprimez-le au format PDF, puis déposez ce fichier."
)
TOO_MUCH = "Ce PDF contient des données démesurées et ne peut pas être vérifié. Exportez-le de nouveau."


class Refused(Exception):
    """The file cannot be accepted; the sentence is for the person."""


def _opened(data: bytes) -> pikepdf.Pdf:
    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Refused(
            "Ce PDF est protégé par un mot de passe. Déposez une version sans protection."
        ) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, OverflowError) as error:
        raise Refused(DAMAGED) from error


def _refuse_unreasonable(source: pikepdf.Pdf) -> None:
    if len(source.objects) > MAX_OBJECTS:
        raise Refused(TOO_MUCH)
    form = source.Root.get("/AcroForm")
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        raise Refused(
            "Ce PDF est un formulaire dynamique (XFA). Imprimez-le au format PDF, puis déposez ce fichier."
        )
    count = len(source.pages)
    if count == 0:
        raise Refused("Ce PDF ne contient aucune page.")
    if count > MAX_PAGES:
        raise Refused(f"Ce PDF compte {count} pages ; la limite est de {MAX_PAGES} pages.")


def _value(field: pikepdf.Object) -> str:
    """What a field holds: its own value, or that of the field it is a part of."""
    for _ in range(MAX_PAGES):
        if "/V" in field:
            return str(field.V).strip()
        if not isinstance(field.get("/Parent"), pikepdf.Dictionary):
            break
        field = field.Parent
    return ""


def _says_nothing_unseen(annotation: pikepdf.Object) -> bool:
    """It shows itself, or there is nothing to show."""
    if "/AP" in annotation:
        return True
    kind = str(annotation.get("/Subtype"))
    return kind not in TYPED and not (kind == "/Widget" and _value(annotation) not in {"", "/Off"})


def _paint(pdf: pikepdf.Pdf) -> None:
    """What is typed over a page (fields, notes, stamps) becomes a part of it. Raises Refused."""
    shown = []
    for page in pdf.pages:
        found = page.obj.get("/Annots")
        if not isinstance(found, pikepdf.Array):
            continue
        seen = [item for item in found if isinstance(item, pikepdf.Dictionary)]
        page.obj.Annots = pikepdf.Array([item for item in seen if str(item.get("/Subtype")) in PAINTED])
        shown += list(page.obj.Annots)
    form = pdf.Root.get("/AcroForm")
    try:
        if isinstance(form, pikepdf.Dictionary) and not all(map(_says_nothing_unseen, shown)):
            form.NeedAppearances = True
        # Does nothing unless the form says that its appearances are to be made.
        pdf.generate_appearance_streams()
        if not all(map(_says_nothing_unseen, shown)):
            raise Refused(UNPAINTED)
        pdf.flatten_annotations("all")
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise Refused(DAMAGED) from error


def _inflated(raw: bytes, room: int) -> int:
    """How many bytes a deflated stream holds, counted without keeping them."""
    inflater, total, pending = zlib.decompressobj(), 0, raw
    try:
        while pending and total <= room:
            total += len(inflater.decompress(pending, 1_000_000))
            pending = inflater.unconsumed_tail
    except zlib.error:
        pass
    return total


def _filters(stream: pikepdf.Stream) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(item) for item in (found if isinstance(found, pikepdf.Array) else [found])]


def _refuse_bombs(pdf: pikepdf.Pdf) -> None:
    room = MAX_INFLATED
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        filters = _filters(item)
        if len(filters) > 2 or filters.count("/FlateDecode") > 1:
            raise Refused(TOO_MUCH)
        if filters[:1] == ["/FlateDecode"]:
            room -= _inflated(item.read_raw_bytes(), room)
        width, height = item.get("/Width", 0), item.get("/Height", 0)
        if room < 0 or (
            isinstance(width, int) and isinstance(height, int) and width * height > 5 * MAX_PIXELS
        ):
            raise Refused(TOO_MUCH)


def _disarm(pdf: pikepdf.Pdf) -> None:
    """Take out of every object what acts, links or tells who made it."""
    for item in pdf.objects:
        if isinstance(item, (pikepdf.Dictionary, pikepdf.Stream)):
            for key in FORBIDDEN:
                if key in item:
                    del item[key]
            if isinstance(item, pikepdf.Stream) and "/Ref" in item:
                del item["/Ref"]


def _without_exif(pdf: pikepdf.Pdf) -> None:
    """Photographs inside a PDF keep their pixels; their comments and position go."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and _filters(item) == ["/DCTDecode"]:
            item.write(stripped_jpeg(item.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)


def stripped_jpeg(data: bytes) -> bytes:
    """A JPEG without its application and comment segments, but those that say how to read its colours."""
    if not data.startswith(b"\xff\xd8"):
        return data
    kept, place = [data[:2]], 2
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != 0xDA:
        mark, size = data[place + 1], int.from_bytes(data[place + 2 : place + 4])
        segment = data[place : place + 2 + size]
        is_private = 0xE0 <= mark <= 0xEF or mark == 0xFE
        if not is_private or mark == 0xEE or segment[4:8] == b"JFIF":
            kept.append(segment)
        place += 2 + size
    return b"".join([*kept, data[place:]])


def rebuilt_pdf(data: bytes) -> tuple[bytes, int]:
    """The same pages in a new file: scripts, actions, attachments, forms and metadata stay behind."""
    with _opened(data) as source, pikepdf.new() as clean:
        _refuse_unreasonable(source)
        _paint(source)
        for page in source.pages:
            for key in [key for key in page.obj.keys() if key not in PAGE_KEYS]:  # noqa: SIM118 — no plain dict
                del page.obj[key]
            clean.pages.append(page)
        _refuse_bombs(clean)
        _disarm(clean)
        _without_exif(clean)
        out = io.BytesIO()
        clean.remove_unreferenced_resources()
        clean.save(out, linearize=False, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue(), len(clean.pages)


def rebuilt_image(data: bytes, kind: str) -> tuple[bytes, int]:
    """The same pixels re-encoded: EXIF, position and trailing data stay behind."""
    try:
        image = Image.open(io.BytesIO(data), formats=(kind,))
        if image.width * image.height > MAX_PIXELS:
            raise Refused("Cette image est trop grande : 20 millions de pixels au plus.")
        image.load()
    except Refused:
        raise
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise Refused("Cette image est abîmée et ne peut pas être lue.") from error
    out = io.BytesIO()
    mode = "RGB" if kind == "JPEG" else "RGBA" if "A" in image.getbands() else "RGB"
    pixels = Image.new(mode, image.size)
    pixels.paste(image.convert(mode))
    pixels.save(out, format=kind)
    return out.getvalue(), 1


def limit_child(cpu_seconds: int) -> None:
    """Little memory, little time, no file to write, no core."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS


def main() -> int:
    media_type, data = sys.argv[1], sys.stdin.buffer.read()
    limit_child(CPU_SECONDS)
    try:
        if media_type == "application/pdf":
            clean, pages = rebuilt_pdf(data)
        else:
            clean, pages = rebuilt_image(data, "PNG" if media_type == "image/png" else "JPEG")
    except Refused as reason:
        sys.stderr.write(str(reason))
        return REFUSED
    sys.stderr.write(f"pages={pages}")
    sys.stdout.buffer.write(clean)
    return 0


if __name__ == "__main__":
    sys.exit(main())
