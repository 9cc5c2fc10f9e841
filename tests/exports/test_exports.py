"""Exports: typed cells, no formula, progress, cancellation, one asker, days counted."""

import csv
import io
import threading
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from eig.documents.models import Document
from eig.exports import sources
from eig.exports.actions import ask_export, cancel_export, purge_exports, write_next_export
from eig.exports.choices import MEDIA_TYPES, Format, Status
from eig.exports.models import Export
from eig.exports.rules import IS_A_PHONE, Column, headings, neutralised, plain, written
from eig.exports.sheets import write_file
from eig.jobs.actions import claim
from eig.journal.models import Entry
from eig.mail.models import Message
from tests.factories import candidates as make
from tests.factories.crowds import crowd_of_applications
from tests.people import signed_in

COLUMNS = [Column("Texte"), Column("Nombre", "number"), Column("Jour", "date"), Column("Instant", "moment")]
FORMULA = '=HYPERLINK("http://x.example";"ici")'
MOMENT = timezone.make_aware(datetime(2022, 3, 18, 14, 32))  # noqa: DTZ001
ROWS = [
    [FORMULA, Decimal("3.67"), date(2022, 3, 18), MOMENT],
    ["É & <b>\nligne", 12, None, None],
    ["+33 6 12 34 56 78", None, None, None],
    ["nul\x00\x0b", 0, None, None],
]
ODS = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"


def test_a_csv_is_french_and_runs_nothing(tmp_path):
    path = tmp_path / "x.csv"
    write_file(path, format=Format.CSV, title="Essai", columns=COLUMNS, rows=ROWS)
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == ["Texte", "Nombre", "Jour", "Instant"]
    assert rows[1] == [f"'{FORMULA}", "3,67", "18/03/2022", "18/03/2022 14:32:00"]
    assert rows[2][:2] == ["É & <b>\nligne", "12"]
    # A phone number stays as it was typed: there is nothing to compute in it.
    assert rows[3][0] == "+33 6 12 34 56 78"
    assert rows[4][:2] == ["nul", "0"]


def test_an_xlsx_keeps_its_types_and_no_formula(tmp_path):
    path = tmp_path / "x.xlsx"
    write_file(path, format=Format.XLSX, title="Essai", columns=COLUMNS, rows=ROWS)
    sheet = openpyxl.load_workbook(path).active
    assert [cell.value for cell in sheet[1]] == ["Texte", "Nombre", "Jour", "Instant"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (FORMULA, "s")
    assert (sheet["B2"].value, sheet["B2"].data_type) == (3.67, "n")
    assert sheet["C2"].value == datetime(2022, 3, 18)  # noqa: DTZ001
    assert sheet["D2"].value == datetime(2022, 3, 18, 14, 32)  # noqa: DTZ001
    assert sheet["A3"].value == "É & <b>\nligne"
    assert not any(cell.data_type == "f" or cell.hyperlink for row in sheet for cell in row)


def test_an_ods_keeps_its_types_and_no_formula(tmp_path):
    path = tmp_path / "x.ods"
    write_file(path, format=Format.ODS, title="Essai", columns=COLUMNS, rows=ROWS)
    with zipfile.ZipFile(path) as book:
        first = book.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        content = ET.fromstring(book.read("content.xml"))
    rows = [list(row) for row in content.iter(f"{ODS % 'table'}table-row")]
    kinds = [cell.get(f"{ODS % 'office'}value-type") for cell in rows[1]]
    assert kinds == ["string", "float", "date", "date"]
    assert rows[1][1].get(f"{ODS % 'office'}value") == "3.67"
    assert rows[1][2].get(f"{ODS % 'office'}date-value") == "2022-03-18"
    assert "".join(rows[1][0].itertext()) == FORMULA
    assert [part.text for part in rows[2][0]] == ["É & <b>", "ligne"]
    assert not any("formula" in name for cell in content.iter() for name in cell.attrib)


@given(st.text())
def test_no_cell_of_a_csv_begins_like_a_formula(text):
    said = written(text, "text").lstrip("\u00a0 \n")
    assert not said or said[0] not in "=+-@\t\r＝＋－＠" or IS_A_PHONE.match(said)
    assert len(plain(text)) <= 32_767


def test_a_harmless_text_is_left_alone():
    assert neutralised("Data science – Œuvre") == "Data science – Œuvre"


def asked(promotion, by, kind="candidatures", format="csv", **given) -> Export:
    return ask_export(promotion, kind=kind, format=format, given=given, by=by, at=timezone.now())


def written_now(*, after=timedelta()) -> Export:
    export = write_next_export(clock=lambda: timezone.now() + after)
    export.refresh_from_db()
    return export


def rows_of(export) -> list[list[str]]:
    with export.document.file.open("rb") as file:
        return list(csv.reader(io.StringIO(file.read().decode("utf-8-sig")), delimiter=";"))


def test_the_export_is_the_list_as_it_was_filtered(promotion, diane):
    design = make.submitted(promotion, make.candidate("Zoé", "=SOMME(A1)"), trades=["design"])
    make.submitted(promotion)
    asked(promotion, diane, trade=["design"], columns=["person", "email"])
    rows = rows_of(written_now())
    assert rows == [
        ["Numéro", "Nom", "Prénom", "Adresse"],
        [design.number, "'=SOMME(A1)", "Zoé", design.candidate.email],
    ]


def test_a_whole_dossier_says_each_thing_once(promotion, diane):
    """Faults m60: « Expertise » stood twice, first and last names in one cell."""
    application = make.submitted(promotion, make.candidate("Zoé", "Œillet"), expertise="Géomatique fine")
    asked(promotion, diane, kind="dossiers")
    head, row = rows_of(written_now())
    assert len(set(head)) == len(head)
    assert row.count("Géomatique fine") == 1
    told = dict(zip(head, row, strict=True))
    assert (told["Nom"], told["Prénom"], told["Numéro"]) == ("Œillet", "Zoé", application.number)


def test_two_columns_of_one_name_are_told_apart():
    columns = [Column("Expertise"), Column("Âge", "number"), Column("Expertise"), Column("Expertise")]
    assert headings(columns) == ["Expertise", "Âge", "Expertise (2)", "Expertise (3)"]


@pytest.mark.parametrize("format", Format.values)
@pytest.mark.parametrize("kind", ["candidatures", "dossiers", "vivier", "projets"])
def test_each_source_is_written_in_each_format_and_fetched(promotion, diane, kind, format):
    make.submitted(promotion, motivation="Servir.")
    asked(promotion, diane, kind=kind, format=format)
    export = written_now()
    assert (export.status, export.error) == (Status.READY, "")
    if format == Format.CSV:
        assert len(rows_of(export)) == export.rows_done + 1
    response = signed_in(diane).post(reverse("exports:export_download", args=[promotion.code, export.code]))
    assert response.headers["Content-Type"] == MEDIA_TYPES[Format(format)]
    assert f".{format}" in response.headers["Content-Disposition"]
    response.close()


def test_the_same_asked_twice_is_one(promotion, diane, denis):
    assert asked(promotion, diane).pk == asked(promotion, diane).pk
    assert asked(promotion, diane).pk != asked(promotion, denis).pk


def test_only_its_asker_sees_and_fetches_it(promotion, diane, denis):
    make.submitted(promotion)
    asked(promotion, diane)
    export = written_now()
    address = reverse("exports:export_download", args=[promotion.code, export.code])
    assert signed_in(denis).post(address).status_code == 404
    assert (
        str(export.code)
        not in signed_in(denis).get(reverse("exports:export_list", args=[promotion.code])).content.decode()
    )
    assert signed_in(diane).get(address).status_code == 405
    response = signed_in(diane).post(address)
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]
    assert Entry.objects.get(verb="ask_export").data["personal_data"] is True
    taken = Entry.objects.get(verb="download_export")
    assert (taken.actor, taken.data["rows"]) == (diane, 1)
    # Last: the end of a streamed answer lets its connection go.
    response.close()


def test_who_left_the_team_gets_nothing(promotion, diane):
    make.submitted(promotion)
    asked(promotion, diane)
    diane.is_staff = False
    diane.save()
    export = written_now()
    assert (export.status, export.document) == (Status.CANCELLED, None)


def slow_source(rows=1000, hook=lambda rank: None):
    def build(promotion, given, by):
        def give():
            for rank in range(rows):
                hook(rank)
                yield [str(rank)]

        return sources.Table([Column("Rang")], rows, give())

    sources.register("essai", title="Essai", build=build)


def test_progress_is_seen_and_a_cancellation_stops_the_worker(promotion, diane):
    seen = []

    def hook(rank):
        export = Export.objects.get()
        if rank == 450:
            seen.append((export.rows_done, export.rows_total))
            cancel_export(export, by=diane, at=timezone.now())

    slow_source(hook=hook)
    asked(promotion, diane, kind="essai")
    export = written_now()
    assert seen == [(400, 1000)]
    assert (export.status, export.rows_done) == (Status.CANCELLED, 400)
    assert not Document.objects.filter(name__startswith="essai").exists()


def test_a_source_that_fails_is_tried_again_then_said(promotion, diane):
    def hook(rank):
        raise ValueError("table absente")

    slow_source(hook=hook)
    asked(promotion, diane, kind="essai")
    written = [written_now(after=timedelta(minutes=2 * turn)).status for turn in range(3)]
    assert written == [Status.QUEUED, Status.QUEUED, Status.FAILED]
    assert "table absente" in Export.objects.get().error
    assert write_next_export(clock=lambda: timezone.now() + timedelta(days=1)) is None


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_export(promotion_committed, diane):
    slow_source(rows=3)
    asked(promotion_committed, diane, kind="essai")
    taken, gate = [], threading.Barrier(2)

    def work():
        gate.wait()
        taken.append(claim(Export, now=timezone.now()))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(export is not None for export in taken) == 1


def test_the_file_goes_at_its_hour_and_the_row_says_that_it_was(
    promotion, diane, django_capture_on_commit_callbacks
):
    slow_source(rows=3)
    asked(promotion, diane, kind="essai")
    export = written_now()
    name = export.document.file.name
    assert purge_exports(at=export.expires_at - timedelta(seconds=1)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_exports(at=export.expires_at) == 1
    export.refresh_from_db()
    assert (export.status, export.document) == (Status.EXPIRED, None)
    assert not default_storage.exists(name)
    address = reverse("exports:export_download", args=[promotion.code, export.code])
    assert signed_in(diane).post(address).status_code == 404


def test_who_waited_is_told_when_it_is_ready(promotion, diane):
    slow_source(rows=3)
    ask_export(
        promotion, kind="essai", format="csv", given={}, by=diane, at=timezone.now() - timedelta(minutes=2)
    )
    written_now()
    letter = Message.objects.get(kind="exports/export_ready")
    assert letter.to_person == diane
    asked(promotion, diane, kind="essai")
    written_now()
    assert Message.objects.filter(kind="exports/export_ready").count() == 1


def test_from_the_list_to_the_file(promotion, diane):
    make.submitted(promotion)
    client = signed_in(diane)
    ask = reverse("exports:export_ask", args=[promotion.code, "candidatures"])
    page = client.post(ask, {"format": "xlsx", "given": "trade=design&page=2"}, follow=True).content.decode()
    assert "En attente" in page
    export = Export.objects.get()
    assert export.given == {"trade": ["design"]}
    client.post(reverse("exports:export_cancel", args=[promotion.code, export.code]))
    export.refresh_from_db()
    assert export.status == Status.CANCELLED
    assert client.post(reverse("exports:export_ask", args=[promotion.code, "inconnu"])).status_code == 404


def test_rows_are_streamed_in_a_constant_number_of_queries_a_chunk(
    promotion, diane, django_assert_max_num_queries
):
    crowd_of_applications(promotion, 1500, readings=False)
    asked(promotion, diane, format="xlsx")
    # 9 looks at the row, 3 chunks of four queries, the form, the grid, the file.
    with django_assert_max_num_queries(60):
        assert written_now().rows_done == 1500
