"""Files: limits said at once, quarantine, rebuilt without scripts; prints tagged and blind."""

import io
import re
import select
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader
from weasyprint import HTML
from weasyprint.urls import URLFetcher

from eig.accounts.models import User
from eig.documents.checking import check_next
from eig.documents.doors import serve
from eig.documents.files import BadUpload, Limits, receive_upload, safe_name
from eig.documents.models import Document
from eig.documents.pdf import LONG, SHORT, Press, PrintFailed, PrintTooHeavy, press_html
from eig.documents.rebuild import rebuilt_pdf

pytestmark = pytest.mark.django_db

PAGE = '<html lang="fr"><head><title>Essai</title></head><body><h1>Été</h1>{}</body></html>'


def pdf_bytes(pages: int = 1, *, hostile: bool = False, password: str = "") -> bytes:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    if hostile:
        pdf.Root.OpenAction = pdf.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
        )
        pdf.attachments["virus.exe"] = b"MZ"
        pdf.docinfo["/Author"] = "Alice Aubert"
    out = io.BytesIO()
    encryption = pikepdf.Encryption(owner=password, user=password) if password else False
    pdf.save(out, encryption=encryption)
    return out.getvalue()


def upload(data: bytes, name: str = "cv.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def received(data: bytes, alice: User, name: str = "cv.pdf", limits: Limits | None = None) -> Document:
    return receive_upload(upload(data, name), by=alice, at=timezone.now(), limits=limits or Limits())


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "cv.pdf", "vide"),
        (b"<html><script>alert(1)</script>", "cv.pdf", "ne correspond pas à son nom"),
        (b"%PDF-1.7", "cv.docx", "n’est pas accepté"),
        (b"%PDF-1.7", "cv", "n’est pas accepté"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo.svg", "n’est pas accepté"),
        (b"%PDF-" + b"0" * (20 * 1024 * 1024), "cv.pdf", "20,0 Mo ; la limite est de 10 Mo"),
    ],
)
def test_a_bad_file_hears_which_limit_it_broke(data: bytes, name: str, sentence: str, alice: User) -> None:
    with pytest.raises(BadUpload, match=sentence):
        received(data, alice, name)
    assert not Document.objects.exists()


def test_a_file_is_served_only_once_rebuilt(alice: User) -> None:
    document = received(pdf_bytes(2, hostile=True), alice)
    with pytest.raises(Http404):
        serve(document)
    assert check_next()
    document.refresh_from_db()
    assert (document.status, document.pages) == ("clean", 2)
    response = serve(document)
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    served = b"".join(response.streaming_content)
    response.close()
    with pikepdf.open(io.BytesIO(served)) as clean:
        assert "/OpenAction" not in clean.Root
        assert len(clean.attachments) == 0
        assert "/Author" not in clean.docinfo


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (pdf_bytes(41), "41 pages"),
        (pdf_bytes(password="secret"), "mot de passe"),
        (b"%PDF-1.7 rien", "abîmé"),
    ],
)
def test_what_cannot_be_rebuilt_is_refused_with_a_reason(data: bytes, sentence: str, alice: User) -> None:
    document = received(data, alice)
    assert check_next()
    document.refresh_from_db()
    assert document.status == "refused"
    assert sentence in document.refusal


def page_with(annotation: dict[str, Any], *, drawn: str = "", in_form: bool = False) -> bytes:
    """One page and an annotation over it; `drawn`: the words that its own appearance shows."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 400))
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )  # fmt: skip
    fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    shown = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Rect=[20, 20, 380, 50], F=4, DA="/F1 12 Tf 0 g", **annotation
    )
    if drawn:
        stream = pdf.make_stream(f"BT /F1 12 Tf 2 4 Td ({drawn}) Tj ET".encode())
        stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        stream.BBox, stream.Resources = pikepdf.Array([0, 0, 360, 30]), fonts
        shown.AP = pikepdf.Dictionary(N=stream)
    shown = pdf.make_indirect(shown)
    pdf.pages[0].obj.Annots = pikepdf.Array([shown])
    if in_form:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[shown], DR=fonts, DA="/F1 12 Tf 0 g")
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


FIELD = {"Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Tx, "T": "nom"}
TICK = {"Subtype": pikepdf.Name.Widget, "FT": pikepdf.Name.Btn, "T": "accord", "V": pikepdf.Name.Off}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (page_with({**FIELD, "V": "LEFEVRE"}, drawn="LEFEVRE", in_form=True), "LEFEVRE"),
        # A field that its reader would draw: many tools leave that to them.
        (page_with({**FIELD, "V": "Dix ans"}, in_form=True), "Dix ans"),
        (page_with(FIELD, in_form=True), ""),
        (page_with(TICK, in_form=True), ""),
        (page_with({"Subtype": pikepdf.Name.FreeText}, drawn="Sept ans de mer"), "Sept ans de mer"),
        (page_with({"Subtype": pikepdf.Name.Stamp}, drawn="COPIE"), "COPIE"),
        # A note in the margin is no part of the page.
        (page_with({"Subtype": pikepdf.Name.Text, "Contents": "À relire"}, drawn="N"), ""),
    ],
)
def test_what_is_typed_over_a_page_becomes_a_part_of_it(data: bytes, words: str) -> None:
    clean, _ = rebuilt_pdf(data)
    page = PdfReader(io.BytesIO(clean)).pages[0]
    assert page.extract_text().strip() == words
    assert "/Annots" not in page


# The last one, on purpose, is a field of no form.
@pytest.mark.filterwarnings("ignore:.*not reachable from /AcroForm")
@pytest.mark.parametrize(
    "annotation",
    [
        {"Subtype": pikepdf.Name.FreeText, "Contents": "Dix ans"},
        {"Subtype": pikepdf.Name.Stamp, "Name": pikepdf.Name.Approved},
        # In no form: nobody knows how to draw it.
        {**FIELD, "V": "LEFEVRE"},
    ],
)
def test_what_cannot_be_painted_is_refused_not_lost(annotation: dict[str, Any], alice: User) -> None:
    document = received(page_with(annotation), alice)
    assert check_next()
    document.refresh_from_db()
    assert (document.status, "Imprimez-le au format PDF" in document.refusal) == ("refused", True)


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n", b" " * 1024])
def test_a_pdf_may_begin_after_a_blank(before: bytes, alice: User) -> None:
    document = received(before + pdf_bytes(2), alice)
    assert check_next()
    document.refresh_from_db()
    assert (document.status, document.pages) == ("clean", 2)
    with pytest.raises(BadUpload, match="ne correspond pas à son nom"):
        received(b" " * 1025 + pdf_bytes(), alice)


def test_an_image_loses_its_metadata(alice: User) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "Alice Aubert"
    Image.new("RGB", (40, 40), "navy").save(out, "JPEG", exif=exif)
    document = received(out.getvalue(), alice, "photo.jpg", Limits(extensions=(".jpg", ".jpeg", ".png")))
    assert check_next()
    document.refresh_from_db()
    with document.file.open() as kept:
        assert b"Alice" not in kept.read()


def test_file_names_are_harmless_data() -> None:
    assert safe_name("../../etc/passwd\r\n.pdf") == "passwd.pdf"
    assert len(safe_name("é" * 500 + ".pdf")) <= 130
    assert safe_name("") == "document"


@pytest.mark.parametrize("child", ["rebuild", "extract", "press"])
def test_a_child_loads_what_it_works_with_and_no_more(child: str) -> None:
    """Each file that is sent waits for two of them: Django and Celery were three quarters of their time."""
    loaded = f"import sys, eig.documents.{child}; print(*{{'django', 'celery'}} & {{*sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", loaded], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert done.stdout == "\n"


def test_a_print_is_tagged_and_titled() -> None:
    with pikepdf.open(io.BytesIO(press_html(PAGE.format("<p>Voilà.</p>")))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "fr"


# Each way that a page has, or that browsers have, to ask for something else; « @ » is its address.
VECTORS = (
    '<img src="@" alt="">',
    '<img srcset="@ 2x" alt="">',
    '<img src="x" style="content: url(@)" alt="">',
    '<object data="@"></object>',
    '<embed src="@">',
    '<iframe src="@"></iframe>',
    '<input type="image" src="@">',
    '<video src="@" poster="@"></video>',
    '<table background="@"><tr><td>x</td></tr></table>',
    '<meta http-equiv="refresh" content="0; url=@">',
    '<link rel="stylesheet" href="@">',
    '<link rel="alternate stylesheet" href="@">',
    '<link rel="attachment" href="@">',
    '<a rel="attachment" href="@">pièce</a>',
    '<link rel="icon" href="@">',
    "<style>@import url(@);</style>",
    "<style>@import '@' print;</style>",
    "<style>@font-face { font-family: x; src: url(@) } p { font-family: x }</style>",
    "<style>@font-face { font-family: y; src: local(z), url(@) } q { font-family: y }</style><q>q</q>",
    "<style>.a::before { content: url(@) }</style><p class='a'>p</p>",
    "<style>@page { background: url(@) }</style>",
    "<style>@page { @top-left { content: url(@) } }</style>",
    '<p style="background: url(@)">p</p>',
    '<p style="background-image: url(@), url(@)">p</p>',
    '<ul style="list-style-image: url(@)"><li>un</li></ul>',
    '<p style="border-image: url(@) 30">p</p>',
    '<p style="mask-border: url(@) 30; mask: url(@)">p</p>',
    '<p style="cursor: url(@); shape-outside: url(@); filter: url(@#f); clip-path: url(@#c)">p</p>',
    '<svg width="9" height="9"><image href="@" width="9" height="9"/></svg>',
    '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="@" width="9" height="9"/></svg>',
    '<svg width="9" height="9"><use href="@#x"/></svg>',
    '<svg width="9" height="9"><style>@import url(@);</style><rect width="9" height="9"/></svg>',
    '<base href="@"><img src="relatif.png" alt="">',
)
# A file and an address of ours under other names.
SPELLINGS = (
    "FILE://{path}", "file:{path}", "file://localhost{path}", "file:////{path}", "{path}",
    "//localhost{path}", "http://127.1:{port}/", "http://2130706433:{port}/", "http://0x7f.1:{port}/", "http://localhost:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/", "HTTP://127.0.0.1:{port}/", "ftp://127.0.0.1:{port}/",
    "http://x@127.0.0.1:{port}/", "http://127.0.0.1:{port}/redirection?vers=file://{path}",
    "asset:../../..{path}", "asset:{path}",
)  # fmt: skip


def everything_in(data: bytes) -> bytes:
    """All the streams of a PDF, inflated."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.attachments) == 0
        return b"".join(item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream))


def filled(vector: str, address: str) -> str:
    """The at-rules of CSS keep their sign."""
    return re.sub(r"@(?!import|font-face|page|top-left)", address, vector)


class Recorder(URLFetcher):
    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def fetch(self, url: str, headers: object = None) -> NoReturn:
        self.asked.add(url)
        raise ValueError(url)


def test_the_press_reads_no_file_and_no_network(tmp_path: Path) -> None:
    """Nor is it led to them: whatever the way and the spelling, nobody is even called."""
    secret = tmp_path / "secret.css"
    secret.write_text("SECRET-DU-SERVEUR")
    with socket.create_server(("127.0.0.1", 0)) as trap:
        trap.settimeout(0.2)
        port = trap.getsockname()[1]
        addresses = [secret.as_uri(), f"http://127.0.0.1:{port}/x"]
        spelt = [item.format(path=secret, port=port) for item in SPELLINGS]
        parts = [filled(vector, address) for vector in VECTORS for address in addresses]
        parts += [
            filled(vector, address) for vector in (VECTORS[0], VECTORS[10], VECTORS[12]) for address in spelt
        ]
        assert b"SECRET-DU-SERVEUR" not in everything_in(press_html(PAGE.format("".join(parts))))
        with pytest.raises(TimeoutError):
            trap.accept()


def test_a_press_without_its_guard_would_be_led_by_most_of_these_ways() -> None:
    """Otherwise its silence would prove nothing."""
    recorder = Recorder()
    ways = [filled(vector, f"http://127.0.0.1:9/v{rank}.") for rank, vector in enumerate(VECTORS)]
    HTML(string=PAGE.format("".join(ways)), base_url="asset:", url_fetcher=recorder).write_pdf()
    asked = {found[1] for url in recorder.asked if (found := re.search(r":9/(v\d+|relatif)\.", url))}
    assert len(asked) >= 20


def test_the_same_page_prints_the_same_words_in_the_same_places() -> None:
    page = PAGE.format("<p>Voilà une page, en 3 fois.</p>" + "<table><tr><th>É</th><td>1</td></tr></table>")
    assert len({everything_in(press_html(page)) for _ in range(3)}) == 1


def test_a_hostile_text_is_a_clean_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty of them go through the queue in `benchmarks/prints.py`."""
    assert SHORT.cpu_seconds < SHORT.wall_seconds < 30
    assert SHORT.memory_bytes <= 1_500_000_000
    with Press() as press:
        for hostile in ("<div>" * 4000, "<p style='font-size: 1e7px'>grand</p>"):
            try:
                data = press.html(PAGE.format(hostile))
            except PrintFailed as failure:
                data = str(failure).encode()
            assert data
        # Too heavy for one person: given up at once, and who comes behind is printed.
        monkeypatch.setattr("eig.documents.pdf.SHORT", replace(SHORT, cpu_seconds=1))
        with pytest.raises(PrintTooHeavy, match="ce document demande plus de temps"):
            press.html(PAGE.format("<p>mot</p>" * 10_000))
        assert press.html(PAGE.format("mot"))


def test_what_the_press_takes_to_start_is_not_taken_from_a_print(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a busy server WeasyPrint and its fonts take longer to load than a receipt may take to print."""
    waits, usual = [], select.select

    def noted(read: Any, write: Any, broken: Any, seconds: float) -> Any:
        waits.append(seconds)
        return usual(read, write, broken, seconds)

    monkeypatch.setattr(select, "select", noted)
    with Press() as press:
        for _ in range(2):
            press.html(PAGE.format("<p>Voilà.</p>"))
    assert waits == [LONG.wall_seconds, SHORT.wall_seconds, SHORT.wall_seconds]


def test_a_press_leaves_nothing_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The fork of a print ends without tidying up: its page goes with the print, the fonts with the press."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def files() -> set[Path]:
        return {file for file in tmp_path.rglob("*") if file.is_file()}

    with Press() as press:
        press.html(PAGE.format("<p>Une page.</p>"))
        # The four faces of the State's letter, which every print wears.
        fonts = files()
        assert len(fonts) == 4
        assert {path.parent.name.partition("-")[0] for path in fonts} == {"weasyprint"}
        press.html(PAGE.format("<p>Une autre page.</p>"))
        assert files() == fonts
    assert list(tmp_path.iterdir()) == []
