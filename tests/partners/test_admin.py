"""The administration: who gets in, what they may do there, and lists by spreadsheet."""

import re
from io import BytesIO

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from measures.models import Indicator, IndicatorAlias
from partners.admin.organisations import OrganisationResource
from partners.models import Affiliation, Organisation, OrganisationAlias, User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

XLSX, CSV = "0", "1"
OURS = sorted(
    (model._meta.app_label, model._meta.model_name)
    for model in admin.site._registry
    if model._meta.app_label in {"partners", "measures"}
)
READ_ONLY = {
    "approvedfigure",
    "figure",
    "figureversion",
    "importrun",
    "invitation",
    "reportinground",
    "sourcefile",
    "submissionevent",
}
NO_ADDING = READ_ONLY | {"importprofile", "submission", "supplieralias", "user"}
INLINE = re.compile(
    r' style="|<style|<script(?![^>]*(?:src=|application/json))| on(?:click|change|submit|load)="'
)


def _address(app, model, what, *args):
    return reverse(f"admin:{app}_{model}_{what}", args=args)


@pytest.mark.parametrize(("app", "model"), OURS)
def test_data_stewards_edit_auditors_look_and_others_stay_out(client, sign_in, app, model):
    """No page has an inline script, style or handler, either: the browser would refuse it."""
    addresses = [_address(app, model, "changelist"), _address(app, model, "add")]
    pages = {}
    for role, body in (("data_steward", "BMAS"), ("auditor", "BMAS"), ("reviewer", "BMWi")):
        sign_in(role, body)
        pages[role] = [client.get(address) for address in addresses]

    assert {role: tuple(page.status_code for page in shown) for role, shown in pages.items()} == {
        "data_steward": (200, 403 if model in NO_ADDING else 200),
        "auditor": (200, 403),
        "reviewer": (403, 403),
    }
    assert [INLINE.findall(page.content.decode()) for page in pages["data_steward"]] == [[], []]


@pytest.mark.parametrize("role", ["contributor", "coordinator", "reviewer"])
def test_others_are_told_that_it_is_not_for_them(client, sign_in, role):
    sign_in(role, "BMAS" if role == "reviewer" else "DIHK")

    assert client.get(reverse("admin:index")).status_code == 403


def test_staff_flag_opens_nothing_without_a_role(client):
    client.force_login(UserFactory(is_staff=True))

    assert client.get(reverse("admin:index")).status_code == 403


@pytest.mark.parametrize(
    ("role", "is_shown"),
    [("data_steward", True), ("auditor", True), ("reviewer", False), ("contributor", False)],
)
def test_menu_leads_to_the_administration_where_it_opens(client, sign_in, role, is_shown):
    sign_in(role, "BMAS")

    page = client.get(reverse("measures:measure_list")).content.decode()

    assert (f'href="{reverse("admin:index")}"' in page) is is_shown


def test_visitor_is_sent_to_the_portals_sign_in(client):
    response = client.get(reverse("admin:index"), follow=True)

    assert response.redirect_chain[-1][0].startswith(reverse("account_login"))


def test_pages_of_records_keep_the_content_security_policy(client, sign_in):
    sign_in("data_steward", "BMAS")
    records = {
        model._meta.label: _address(model._meta.app_label, model._meta.model_name, "change", record.pk)
        for model in admin.site._registry
        if model._meta.app_label in {"partners", "measures"}
        if (record := model.objects.first())
    }

    found = {
        label: INLINE.findall(client.get(address).content.decode()) for label, address in records.items()
    }

    assert {"partners.Organisation", "partners.User", "measures.Indicator"} <= found.keys()
    assert not any(found.values()), found


def test_auditor_cannot_save(client, sign_in):
    sign_in("auditor", "BMAS")
    chamber = Organisation.objects.get(code="IHK-142")

    response = client.post(_address("partners", "organisation", "change", chamber.pk), {"name_de": "Weg"})

    assert response.status_code == 403


def test_nobody_but_a_superuser_changes_a_superuser(client, sign_in):
    sign_in("data_steward", "BMAS")
    root = User.objects.create_superuser("root@example.org", "correct horse battery")

    response = client.post(_address("partners", "user", "change", root.pk), {"is_active": ""})

    assert response.status_code == 403
    root.refresh_from_db()
    assert root.is_active


def test_renamed_organisation_is_sorted_anew(client, sign_in):
    sign_in("data_steward", "BMAS")
    page = client.get(_address("partners", "organisation", "change", _org("IHK-142").pk))
    form = _values(page) | {"short_name": "IHK Übersee"}

    response = client.post(page.request["PATH_INFO"], form)

    assert response.status_code == 302
    chamber = _org("IHK-142")
    assert (chamber.short_name, chamber.sort_key) == ("IHK Übersee", "ihk ubersee")
    assert chamber.aliases.count() == 4


def test_code_never_changes(client, sign_in):
    sign_in("data_steward", "BMAS")
    page = client.get(_address("partners", "organisation", "change", _org("IHK-142").pk))

    client.post(page.request["PATH_INFO"], _values(page) | {"code": "IHK-1"})

    assert not Organisation.objects.filter(code="IHK-1").exists()


@pytest.mark.parametrize(("kind", "count"), [("partners.organisation", 162), ("measures.indicator", 31)])
@pytest.mark.parametrize("file_format", [XLSX, CSV])
def test_list_exported_and_imported_again_changes_nothing(client, sign_in, kind, count, file_format):
    app, model = kind.split(".")
    sign_in("data_steward", "BMAS")

    exported = client.post(_address(app, model, "export"), {"format": file_format, "resource": ""})
    preview = _upload(client, app, model, exported.content, file_format)

    assert preview.context["result"].totals["skip"] == count
    assert sum(preview.context["result"].totals.values()) == count


@pytest.mark.parametrize(("code", "count"), [("IHK-142", 1), ("IHK", 79)])
def test_organisations_are_exported_in_as_many_queries_however_many_they_are(
    django_assert_num_queries, code, count
):
    with django_assert_num_queries(3):
        exported = OrganisationResource().export(Organisation.objects.filter(code__startswith=code))

    assert (len(exported), set(exported["umbrella"])) == (count, {"DIHK"})


def test_spreadsheet_changes_names_and_adds_an_organisation_after_a_preview(client, sign_in):
    sign_in("data_steward", "BMAS")
    exported = client.post(_address("partners", "organisation", "export"), {"format": XLSX, "resource": ""})
    book = load_workbook(BytesIO(exported.content))
    sheet = book.active
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = next(r for r in range(2, sheet.max_row + 1) if sheet.cell(r, columns["code"]).value == "IHK-142")
    sheet.cell(row, columns["aliases"]).value += " | Kammer am Rhein"
    new = {"code": "HWK-99", "kind": "chamber", "name_de": "Handwerkskammer Neu", "short_name": "HWK Neu"}
    new |= {
        "region": 5,
        "umbrella": "ZDH",
        "aliases": "Neukammer",
        "is_partner": 0,
        "valid_from": "01.07.2024",
    }
    sheet.append([new.get(name) for name in columns])
    content = BytesIO()
    book.save(content)

    preview = _upload(client, "partners", "organisation", content.getvalue(), XLSX)

    assert not INLINE.findall(preview.content.decode())
    assert "<ins>" in preview.content.decode()
    assert preview.context["result"].totals == {
        "new": 1,
        "update": 1,
        "delete": 0,
        "skip": 161,
        "error": 0,
        "invalid": 0,
    }
    assert not Organisation.objects.filter(code="HWK-99").exists()
    assert not OrganisationAlias.objects.filter(name="Kammer am Rhein").exists()

    client.post(
        reverse("admin:partners_organisation_process_import"), preview.context["confirm_form"].initial
    )

    chamber = _org("HWK-99")
    assert (chamber.region_id, chamber.sort_key, str(chamber.valid_from)) == ("05", "hwk neu", "2024-07-01")
    assert Affiliation.objects.get(member=chamber).umbrella.code == "ZDH"
    assert list(chamber.aliases.values_list("name", flat=True)) == ["Neukammer"]
    assert OrganisationAlias.objects.get(name="Kammer am Rhein").organisation.code == "IHK-142"
    assert _org("IHK-142").aliases.count() == 5


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("code,umbrella\nIHK-142,ZDH\n", "IHK-142"),
        ("code,umbrella\nBA,ATLANTIS\n", "ATLANTIS"),
        ("code,region\nIHK-142,99\n", "99"),
        ("code,kind\nIHK-142,club\n", "club"),
    ],
)
def test_row_that_cannot_be_is_refused_and_nothing_is_offered(client, sign_in, line, word):
    sign_in("data_steward", "BMAS")

    preview = _upload(client, "partners", "organisation", line.encode(), CSV)

    result = preview.context["result"]
    assert result.has_errors() or result.has_validation_errors()
    assert preview.context.get("confirm_form") is None
    assert word in preview.content.decode()
    assert Affiliation.objects.get(member__code="IHK-142").umbrella.code == "DIHK"


@pytest.mark.parametrize("content", [b"no spreadsheet at all", b"", b"PK\x03\x04broken"])
def test_file_that_is_no_spreadsheet_is_refused_at_the_form(client, sign_in, content):
    sign_in("data_steward", "BMAS")

    response = _upload(client, "partners", "organisation", content, XLSX)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["import_file"]


def test_file_the_cache_has_lost_is_asked_for_again(client, sign_in):
    sign_in("data_steward", "BMAS")
    address = _address("partners", "organisation", "process_import")
    lost = {"import_file_name": "0" * 32, "original_file_name": "a.xlsx", "format": XLSX, "resource": ""}

    response = client.post(address, lost, follow=True)

    assert response.redirect_chain == [(_address("partners", "organisation", "import"), 302)]
    assert [str(message) for message in response.context["messages"]] == [
        "Die Datei ist nicht mehr vorhanden. Bitte laden Sie sie noch einmal hoch."
    ]


def test_column_left_out_leaves_its_field_alone(client, sign_in):
    sign_in("data_steward", "BMAS")
    before = IndicatorAlias.objects.count()

    preview = _upload(client, "measures", "indicator", b"code,asked_of\nnetworks,land\n", CSV)
    client.post(reverse("admin:measures_indicator_process_import"), preview.context["confirm_form"].initial)

    networks = Indicator.objects.get(code="networks")
    assert networks.asked_of == ["land"]
    assert (networks.name_de, networks.unit) == ("Lokale Netzwerke", "networks")
    assert IndicatorAlias.objects.count() == before


def _upload(client, app, model, content, file_format):
    name = "list.xlsx" if file_format == XLSX else "list.csv"
    return client.post(
        _address(app, model, "import"),
        {"format": file_format, "resource": "", "import_file": SimpleUploadedFile(name, content)},
    )


def _org(code):
    return Organisation.objects.get(code=code)


def _values(page):
    """What a browser would send back if the form were saved as it is."""
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                values[field.html_name] = value
    return values
