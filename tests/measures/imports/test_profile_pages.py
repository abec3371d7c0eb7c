"""The pages of what was confirmed: who sees which profiles and names, and who may delete them."""

from http import HTTPStatus

import pytest
from django.urls import reverse

from measures.import_workflow import ImportStatus
from measures.models import ImportProfile, ImportRun, SupplierAlias
from measures.services.imports.reading.read import read_import
from partners.models import Organisation
from tests.factories import UserFactory
from tests.measures.spreadsheets import receive, row, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.django_db

PROFILES, ALIASES = reverse("measures:import_profiles"), reverse("measures:import_aliases")


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def profile(supplier=None, fingerprint="f1"):
    return ImportProfile.objects.create(
        supplier=Organisation.objects.get(code=supplier) if supplier else None,
        fingerprint=fingerprint,
        label=f"Meldung {fingerprint}",
        answers={"table": {}},
        confirmed_by=UserFactory(),
    )


def alias(supplier=None, found="Dom", kind="organisation", code="IHK-142"):
    return SupplierAlias.objects.create(
        supplier=Organisation.objects.get(code=supplier) if supplier else None,
        kind=kind,
        found=found,
        code=code,
        confirmed_by=UserFactory(),
    )


def listed(client, address):
    return [entry[0] for entry in client.get(address).context["rows"]]


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (("data_steward", "BMAS"), {None, "IHK-142", "HWK-00032"}),
        (("auditor", "BMAS"), {None, "IHK-142", "HWK-00032"}),
        (("coordinator", "DIHK"), {"IHK-142"}),
        (("contributor", "HWK-00032"), {"HWK-00032"}),
    ],
)
@pytest.mark.parametrize(("address", "make"), [(PROFILES, profile), (ALIASES, alias)])
def test_each_sees_what_was_confirmed_for_their_own(  # noqa: PLR0913, PLR0917  # who sees what of which list
    client, sign_in, who, seen, address, make
):
    for supplier in (None, "IHK-142", "HWK-00032"):
        make(supplier)
    sign_in(*who)

    found = listed(client, address)

    assert {entry.supplier and entry.supplier.code for entry in found} == seen


@pytest.mark.parametrize(
    ("who", "status"),
    [
        (("data_steward", "BMAS"), HTTPStatus.FOUND),
        (("contributor", "IHK-142"), HTTPStatus.FOUND),
        (("coordinator", "DIHK"), HTTPStatus.FOUND),
        (("auditor", "BMAS"), HTTPStatus.FORBIDDEN),
        (("reviewer", "BMWi"), HTTPStatus.FORBIDDEN),
        (("contributor", "HWK-00032"), HTTPStatus.NOT_FOUND),
    ],
)
@pytest.mark.parametrize(("name", "make"), [("profile", profile), ("alias", alias)])
def test_only_those_who_act_for_the_supplier_delete(  # noqa: PLR0913, PLR0917  # what, by whom, and what follows
    client, sign_in, who, status, name, make
):
    kept = make("IHK-142")
    sign_in(*who)

    response = client.post(reverse(f"measures:import_{name}_delete", args=[kept.pk]))

    assert response.status_code == status
    assert type(kept).objects.filter(pk=kept.pk).exists() == (status != HTTPStatus.FOUND)


def test_name_is_shown_with_what_it_stands_for(client, sign_in):
    alias("IHK-142")
    alias("IHK-142", ".", "marker", "confidential")
    sign_in("contributor", "IHK-142")

    rows = client.get(ALIASES).context["rows"]

    assert [(entry.found, meaning, may_delete) for entry, meaning, may_delete in rows] == [
        (".", "geheim zu halten", True),
        ("Dom", "IHK Köln", True),
    ]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kept", [(PROFILES, profile, 8), (ALIASES, alias, 9)])
def test_list_asks_the_database_as_often_for_many(client, sign_in, django_assert_num_queries, count, kept):
    address, make, queries = kept
    for number in range(count):
        make("IHK-142", f"f{number}")
    sign_in("data_steward", "BMAS")

    with django_assert_num_queries(queries):
        assert len(listed(client, address)) == count


def test_file_of_a_known_layout_tells_by_whose_word_it_is_read_and_lets_it_be_forgotten(
    client, sign_in, django_capture_on_commit_callbacks
):
    make_submission()
    cologne = sign_in("contributor", "IHK-142")
    receive(workbook([row(4)]), cologne)
    run = read_import(run_id=ImportRun.objects.latest("pk").pk)
    mapping = reverse("measures:import_mapping", args=[run.pk])
    assert client.get(mapping).context["profile"] is None
    form = client.get(mapping).context["form"]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(mapping, {name: form[name].initial or "" for name in form.fields})

    receive(workbook([row(5)]), cologne)
    run = read_import(run_id=ImportRun.objects.latest("pk").pk)
    assert run.status == ImportStatus.READY
    shown = client.get(reverse("measures:import_mapping", args=[run.pk])).context["profile"]
    assert (shown, shown.confirmed_by) == (ImportProfile.objects.get(), cologne)

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("measures:import_forget", args=[run.pk]))
    run.refresh_from_db()
    assert (run.status, ImportProfile.objects.count()) == (ImportStatus.MAPPING, 0)
