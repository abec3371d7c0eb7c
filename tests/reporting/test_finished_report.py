"""What there is of a finished report, and that it stays as it is."""

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.db import DatabaseError, connection, transaction
from django.template.defaultfilters import filesizeformat
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.html import escape

from measures.models import FigureUse
from partners.models import Organisation, User
from reporting.charts import drawing
from reporting.frozen.links import figure_link
from reporting.frozen.schema import AmountState
from reporting.models import Document, ProgressReport, Snapshot
from reporting.renderers.pdf import render_pdf
from reporting.services import reports
from tests import prepared_database
from tests.factories import MembershipFactory
from tests.list_pages import released
from tests.reporting.stated import approve, state
from tests.reporting.test_reports import AACHEN, ANNUAL_2016, KOELN, approve_mentors, mentors, produced

pytestmark = pytest.mark.django_db

BERLIN = "HWK-00091"


@pytest.fixture(scope="module")
def made_once(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[int]:
    """Freezing commits: the database is put back at the end."""
    with (
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("report")),
        django_db_blocker.unblock(),
        translation.override("de"),
    ):
        steward = MembershipFactory(role="data_steward", organisation_code="BMAS").user
        for organisation, whole, of_group in ((KOELN, 40, 10), (AACHEN, 30, 9), (BERLIN, 20, 8)):
            home = Organisation.objects.get(code=organisation).region_id
            stated = {home: whole, (home, "_T", "B1"): of_group}
            state(organisation, "additional_places", 2016, stated, origin="form", entered_by=steward)
        approve(BERLIN, year=2016)
        approve_mentors(steward)
        yield produced(MembershipFactory(role="reviewer", organisation_code="BMAS").user).pk
        prepared_database.restore()


@pytest.fixture
def report(made_once, db) -> ProgressReport:
    return ProgressReport.objects.get(pk=made_once)


@pytest.fixture
def reviewer(report) -> User:
    return report.requested_by


def test_a_report_is_frozen_and_made_in_both_languages_and_every_format(report):
    assert report.status == "ready"
    assert mentors(report.snapshot).amount.value == 7
    assert mentors(report.snapshot).target.value == 150
    assert mentors(report.snapshot, 2015).amount.state is AmountState.NOT_REPORTED
    made = {(each.language, each.format) for each in report.documents.all()}
    assert made == {
        *product(("de", "en"), ("html", "pdf", "xlsx")),
        *product(("mul",), ("csv", "csv-metadata.json", "json", "sdmx.csv", "sdmx.json", "dcat.jsonld")),
    }
    for document in report.documents.all():
        with document.file.open() as handle:
            assert hashlib.sha256(handle.read()).hexdigest() == document.sha256


def test_every_number_leads_back_to_the_versions_it_was_added_up_from(report):
    uses = report.snapshot.uses.of_number("welcome_mentors", 2016)

    assert sorted(uses.values_list("version__value", flat=True)) == [3, 4]


def test_the_same_snapshot_gives_the_same_bytes(report):
    with report.documents.get(language="de", format="pdf").file.open() as handle:
        german = handle.read()

    assert render_pdf(report.snapshot.frozen, "de", sha256=report.snapshot.sha256) == german


def test_producing_a_finished_report_again_changes_nothing(report):
    before = list(report.documents.values())

    assert reports.produce_report(report_id=report.pk) is None
    assert list(report.documents.values()) == before


def test_what_has_not_failed_is_not_repeated(client, report, reviewer):
    client.force_login(reviewer)
    production = report.productions.first()

    answer = client.post(reverse("reporting:document_repeat", args=[report.pk, production.pk]), follow=True)

    assert "Es wurde nichts wiederholt" in answer.content.decode()
    assert report.productions.get(pk=production.pk).status == "done"


def test_what_is_published_never_changes(report):
    for model, change in ((Snapshot, {"year": 1}), (FigureUse, {"version": 1}), (Document, {"size": 1})):
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.all().delete()
        with pytest.raises(DatabaseError), transaction.atomic():
            model.objects.update(**change)


def test_the_data_name_each_other_as_they_are_downloaded(report):
    def content(document_format: str) -> dict:
        with report.documents.get(format=document_format).file.open() as handle:
            return json.load(handle)

    (entry,) = content("dcat.jsonld")["@graph"]
    assert content("csv-metadata.json")["url"] == "Fortschrittsbericht-2016.csv"
    stated = {each["dcat:downloadURL"]["@id"]: each["spdx:checksum"] for each in entry["dcat:distribution"]}
    assert {address: each["spdx:checksumValue"]["@value"] for address, each in stated.items()} == {
        each.file_name: each.sha256 for each in report.documents.exclude(format="dcat.jsonld")
    }


def test_a_partner_reads_released_reports_and_own_figures_behind_them(client, report, reviewer):
    report = released(report)
    waiting = reports.request_report(year=2015, actor=reviewer)
    client.force_login(MembershipFactory(role="contributor", organisation_code=KOELN).user)

    assert client.post(reverse("reporting:report_request"), ANNUAL_2016).status_code == 403
    assert client.get(reverse("reporting:report_detail", args=[waiting.pk])).status_code == 404
    assert client.get(reverse("reporting:report_detail", args=[report.pk])).status_code == 200
    context = client.get(reverse("reporting:report_trail", args=[report.pk, "welcome_mentors", 2016])).context
    assert [each.name for each in context["organisations"]] == ["IHK Köln"]
    assert context["hidden_count"] == 1


BEHIND = {
    (): [40, 30, 20],
    ("group", "B1"): [10, 9, 8],
    ("umbrella", "ZDH"): [20],
    ("region", "05"): [40, 30],
}
"""What was stated of additional places, by what a number of the report is of; a chamber's comes first."""


def test_a_permanent_link_leads_to_the_figures_behind_the_number(client, report, reviewer):
    released(report)
    chamber = MembershipFactory(role="contributor", organisation_code=KOELN).user
    for part, values in BEHIND.items():
        place = ["additional_places", 2016, *([part] if part else [])]
        link = figure_link("", "de", report.snapshot.sha256, *place)
        own = [each for each in values if each in (40, 10)]
        for reader, shown in ((reviewer, values), (chamber, own)):
            client.force_login(reader)
            trail = client.get(link).url
            context = client.get(trail).context
            figures = [each.version.text for one in context["organisations"] for each in one.figures]
            assert sorted(map(int, figures), reverse=True) == shown
            assert context["hidden_count"] == len(values) - len(shown)
            assert context["text"] == str(sum(values))
            meaning = context["meaning"]
            assert meaning == f"{link}?oeffentlich"
            assert escape(trail) in client.get(meaning).content.decode()


def test_every_document_is_listed_and_downloaded_as_what_it_is(client, report, reviewer):
    client.force_login(reviewer)
    listed = client.get(reverse("reporting:report_detail", args=[report.pk])).content.decode()

    answers = {}
    for document in report.documents.all():
        address = reverse("reporting:document", args=[report.pk, document.language, document.format])
        _, _, entry = listed.partition(f'href="{address}"')
        words = " ".join(entry.partition("</li>")[0].split())
        assert f">{document.get_format_display()}, {document.get_language_display()}</a>" in words
        assert " ".join(filesizeformat(document.size).split()) in words
        response = client.get(address)
        assert hashlib.sha256(response.getvalue()).hexdigest() == document.sha256
        answers[document.language, document.format] = (
            response["Content-Type"],
            response["Content-Disposition"],
        )

    assert answers["de", "pdf"] == ("application/pdf", 'attachment; filename="Fortschrittsbericht-2016.pdf"')
    assert answers["en", "xlsx"][1] == 'attachment; filename="Progress-report-2016.xlsx"'
    assert answers["mul", "csv-metadata.json"] == (
        "application/csvm+json",
        'attachment; filename="Fortschrittsbericht-2016.csv-metadata.json"',
    )
    assert client.get(reverse("reporting:document", args=[report.pk, "fr", "pdf"])).status_code == 404


def test_page_takes_its_drawings_from_the_document(client, report, reviewer, monkeypatch):
    client.force_login(reviewer)
    drawn: list[str] = []
    monkeypatch.setattr(drawing, "_drawn", lambda asked: drawn.append(asked) or "<svg/>")
    address = reverse("reporting:report_detail", args=[report.pk])

    page = client.get(address).content.decode()

    pictures = re.findall(r'<svg [^>]*aria-labelledby="chart-.*?</svg>', page, re.DOTALL)
    with report.documents.get(language="de", format="html").file.open() as document:
        content = document.read().decode()
    assert pictures
    assert [each for each in pictures if each not in content] == []
    assert drawn == []


def test_the_large_frozen_data_are_read_only_where_they_are_shown(client, report, reviewer):
    client.force_login(reviewer)
    document = report.documents.first()
    addresses = [
        reverse("reporting:report_progress", args=[report.pk]),
        reverse("reporting:document", args=[report.pk, document.language, document.format]),
        reverse("reporting:report_detail", args=[report.pk]),
    ]

    read = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            client.get(address).getvalue()
        read.append(sum('"reporting_snapshot"."data"' in each["sql"] for each in queries))

    assert read == [0, 0, 1]
