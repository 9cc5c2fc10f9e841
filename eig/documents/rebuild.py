"""Rebuild what people send, in a child process: only pages and pixels survive.

Run as `python -m eig.documents.rebuild MEDIA_TYPE`; the file comes on standard input, the clean copy
leaves on standard output, its number of pages on standard error as `pages=N`. Exit status 3 with a
French sentence on standard error when the file must be refused.
"""

import io
import resource
import sys

import pikepdf
from PIL import Image

MEMORY_BYTES = 1_200_000_000
CPU_SECONDS = 20
MAX_PAGES = 40
MAX_PIXELS = 20_000_000
REFUSED = 3


class Refused(Exception):
    """The file cannot be accepted; the sentence is for the person."""


def rebuilt_pdf(data: bytes) -> tuple[bytes, int]:
    """The same pages in a new file: scripts, actions, attachments, forms and metadata stay behind."""
    try:
        source = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise Refused(
            "Ce PDF est protégé par un mot de passe. Déposez une version sans protection."
        ) from error
    except (pikepdf.PdfError, ValueError, RuntimeError) as error:
        raise Refused("Ce PDF est abîmé et ne peut pas être lu. Exportez-le de nouveau.") from error
    with source, pikepdf.new() as clean:
        if len(source.pages) == 0:
            raise Refused("Ce PDF ne contient aucune page.")
        if len(source.pages) > MAX_PAGES:
            raise Refused(f"Ce PDF compte {len(source.pages)} pages ; la limite est de {MAX_PAGES} pages.")
        for page in source.pages:
            for key in ("/AA", "/Annots", "/Metadata", "/PieceInfo", "/Thumb"):
                if key in page:
                    del page[key]
            clean.pages.append(page)
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
    image.convert(mode).save(out, format=kind)
    return out.getvalue(), 1


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    media_type, data = sys.argv[1], sys.stdin.buffer.read()
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
