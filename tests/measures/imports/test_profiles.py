"""What was confirmed once: the next file of that shape from the same supplier goes from upload to preview."""

import json
from decimal import Decimal

import pytest
from django.core.files.base import ContentFile

from measures.import_workflow import ImportStatus
from measures.importing.vocabulary import Answers, TableAnswers
from measures.models import ImportProfile, SupplierAlias
from measures.services.imports.confirming.confirm import confirm_mapping, forget_profiles
from measures.services.imports.profiles.profiles import answers_for, find_profiles
from measures.services.imports.reading.read import read_import
from measures.services.imports.receiving import receive_file
from partners.models import Organisation
from tests.factories import MembershipFactory
from tests.measures.spreadsheets import PLACES, QUALIFICATION, person, row, workbook
from tests.measures.submissions import make_submission

pytestmark = pytest.mark.django_db

ODD = ("Kammer", "Kennzahl", "Jahr", "Zielgruppe", "Feld 7")
"""A heading only a person can explain."""


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def submissions():
    return [make_submission(code) for code in ("IHK-142", "HWK-00032")]


def upload(content, actor, supplier=""):
    """Receive and read a file the way the page does: an unknown layout is asked about."""
    run = receive_file(
        upload=ContentFile(content),
        name="Meldung.xlsx",
        actor=actor,
        supplier_id=Organisation.objects.get(code=supplier).pk if supplier else None,
    )
    return read_import(run_id=run.pk)


def confirm(run, actor, **said):
    """Confirm the only table and the names given, and read the file again."""
    answers = Answers(
        tables={run.tables[0]["fingerprint"]: said.pop("table", TableAnswers())},
        names=said.pop("names", {}),
        markers=said.pop("markers", {}),
    )
    confirm_mapping(run_id=run.pk, answers=json.loads(answers.to_json()), actor=actor)
    return read_import(run_id=run.pk)


def read_as(run):
    """The rows that may be written, with what their names were taken for."""
    rows = run.staged.exclude(verdict="held")
    return list(rows.values_list("organisation", "indicator", "year", "value"))


def test_second_file_of_a_shape_goes_straight_to_the_preview():
    cologne = person("contributor", "IHK-142")
    first = upload(workbook([row(4)]), cologne)
    assert first.status == ImportStatus.MAPPING
    confirm(first, cologne)

    second = upload(workbook([row(5), row(6, indicator=PLACES)]), cologne)

    assert second.status == ImportStatus.READY
    assert len(read_as(second)) == 2


def test_profile_says_whose_it_is_and_who_confirmed_it_and_when_it_was_used():
    cologne = person("contributor", "IHK-142")
    confirm(upload(workbook([row(4)]), cologne), cologne)
    profile = ImportProfile.objects.get()

    assert (profile.supplier.code, profile.confirmed_by) == ("IHK-142", cologne)
    assert str(profile) == "Meldung: Kammer, Kennzahl, Jahr, Zielgruppe …"
    used = profile.last_used_at
    upload(workbook([row(5)]), cologne)
    profile.refresh_from_db()
    assert profile.last_used_at > used


def test_column_explained_once_is_known_in_the_next_file():
    cologne = person("contributor", "IHK-142")
    first = upload(workbook([row(4)], header=ODD), cologne)
    confirm(first, cologne, table=TableAnswers(roles={3: "ignore", 4: "value"}))

    second = upload(workbook([("IHK Köln", QUALIFICATION, 2030, "Bemerkung", 7)], header=ODD), cologne)

    assert (second.status, read_as(second)) == (
        ImportStatus.READY,
        [("IHK-142", "training_placements", 2030, Decimal(7))],
    )


def test_year_said_of_one_file_is_not_taken_for_the_next():
    cologne = person("contributor", "IHK-142")
    header = ("Kammer", "Kennzahl", "Wert")
    first = upload(workbook([("IHK Köln", QUALIFICATION, 4)], header=header), cologne)
    assert [question["code"] for question in first.questions] == ["year"]
    done = confirm(first, cologne, table=TableAnswers(constants={"year": "2030", "target_group": "_T"}))
    assert (done.status, [year for _, _, year, _ in read_as(done)]) == (ImportStatus.READY, [2030])

    second = upload(workbook([("IHK Köln", QUALIFICATION, 5)], header=header), cologne)

    assert [question["code"] for question in second.questions] == ["year"]
    assert ImportProfile.objects.get().answers["table"]["constants"] == {"target_group": "_T"}


def test_chamber_named_for_one_file_of_a_provider_is_not_taken_for_the_next():
    steward = person()
    header = ("Kennzahl", "Jahr", "Wert")
    first = upload(workbook([(QUALIFICATION, 2030, 4)], header=header), steward)
    done = confirm(first, steward, table=TableAnswers(constants={"organisation": "IHK-142", "region": "05"}))
    assert [organisation for organisation, *_ in read_as(done)] == ["IHK-142"]

    second = upload(workbook([(QUALIFICATION, 2030, 5)], header=header), steward)

    assert [question["code"] for question in second.questions] == ["organisation"]


def test_profile_of_one_supplier_reads_no_file_of_another():
    steward = person()
    confirm(upload(workbook([row(4)]), steward, "IHK-142"), steward)

    assert upload(workbook([row(5)]), steward, "IHK-142").status == ImportStatus.READY
    assert upload(workbook([row(6)]), steward, "HWK-00032").status == ImportStatus.MAPPING
    assert upload(workbook([row(7)]), steward).status == ImportStatus.MAPPING


def test_two_suppliers_use_one_word_for_different_things():
    steward = person()
    for supplier, code in (("IHK-142", "training_placements"), ("HWK-00032", "additional_places")):
        first = upload(workbook([row(4, indicator="Plätze neu")]), steward, supplier)
        confirm(first, steward, names={"indicator": {"Plätze neu": code}})

    read = [
        read_as(upload(workbook([row(5, indicator="Plätze neu")]), steward, supplier))
        for supplier in ("IHK-142", "HWK-00032")
    ]

    assert [indicator for rows in read for _, indicator, *_ in rows] == [
        "training_placements",
        "additional_places",
    ]


def test_name_settled_once_needs_no_question_again_and_says_who_settled_it():
    cologne = person("contributor", "IHK-142")
    confirm(
        upload(workbook([row(4, organisation="Kammer am Dom")]), cologne),
        cologne,
        names={"organisation": {"Kammer am Dom": "IHK-142"}},
    )

    second = upload(workbook([row(5, organisation="Kammer am Dom")]), cologne)

    assert (second.status, second.held_count) == (ImportStatus.READY, 0)
    alias = SupplierAlias.objects.get()
    assert (alias.supplier.code, alias.kind, str(alias), alias.confirmed_by) == (
        "IHK-142",
        "organisation",
        "Kammer am Dom = IHK-142",
        cologne,
    )


def test_name_that_is_known_to_all_may_mean_something_else_to_a_supplier():
    cologne = person("contributor", "IHK-142")
    confirm(
        upload(workbook([row(4)]), cologne),
        cologne,
        names={"indicator": {QUALIFICATION: "additional_places"}},
    )

    second = upload(workbook([row(5)]), cologne)

    assert [indicator for _, indicator, *_ in read_as(second)] == ["additional_places"]


def test_sign_settled_once_is_known_in_the_next_file():
    cologne = person("contributor", "IHK-142")
    confirm(upload(workbook([row("k. A.")]), cologne), cologne, markers={"k. A.": "confidential"})

    second = upload(workbook([row("k. A."), row(3, indicator=PLACES)]), cologne)

    assert list(second.staged.exclude(verdict="held").values_list("absence", flat=True)) == [
        "confidential",
        None,
    ]


def test_later_word_replaces_the_earlier_one_and_the_one_who_said_it():
    cologne, colleague = person("contributor", "IHK-142"), person("contributor", "IHK-142")
    name = {"indicator": {"Plätze neu": "training_placements"}}
    first = upload(workbook([row(4, indicator="Plätze neu")]), cologne)
    confirm(first, cologne, names=name)
    confirm(first, colleague, names=name)
    assert SupplierAlias.objects.get().confirmed_by == cologne

    confirm(first, colleague, names={"indicator": {"plätze neu": "additional_places"}})

    alias = SupplierAlias.objects.get()
    assert (alias.code, alias.confirmed_by) == ("additional_places", colleague)


def test_name_that_is_unsettled_again_is_forgotten():
    cologne = person("contributor", "IHK-142")
    first = upload(workbook([row(4, indicator="Plätze neu")]), cologne)
    confirm(first, cologne, names={"indicator": {"Plätze neu": "training_placements"}})

    done = confirm(first, cologne, names={"indicator": {"Plätze neu": ""}})

    assert (SupplierAlias.objects.count(), done.held_count) == (0, 1)


def test_word_on_this_file_comes_before_what_was_remembered():
    cologne = person("contributor", "IHK-142")
    confirm(upload(workbook([row(4)], header=ODD), cologne), cologne, table=TableAnswers(roles={4: "value"}))
    second = upload(workbook([row(5)], header=ODD), cologne)

    done = confirm(
        second,
        cologne,
        table=TableAnswers(constants={"indicator": "additional_places"}, roles={1: "ignore", 4: "value"}),
    )

    assert [indicator for _, indicator, *_ in read_as(done)] == ["additional_places"]
    assert ImportProfile.objects.get().answers["table"]["roles"] == {"1": "ignore", "4": "value"}


def test_forgotten_profile_makes_the_file_a_first_one_again():
    cologne = person("contributor", "IHK-142")
    confirm(upload(workbook([row(4)]), cologne), cologne)
    second = upload(workbook([row(5)]), cologne)

    forget_profiles(run_id=second.pk, actor=second.created_by)

    assert read_import(run_id=second.pk).status == ImportStatus.MAPPING
    assert ImportProfile.objects.count() == 0


def test_nothing_is_remembered_of_somebody_who_works_for_several_and_named_none():
    both = person("contributor", "IHK-142")
    MembershipFactory(user=both, role="contributor", organisation_code="HWK-00032")

    confirm(upload(workbook([row(4)]), both), both)

    assert upload(workbook([row(5)]), both).status == ImportStatus.MAPPING
    assert ImportProfile.objects.count() == 0
    confirm(upload(workbook([row(6)]), both, "HWK-00032"), both)
    assert ImportProfile.objects.get().supplier.code == "HWK-00032"


def test_profiles_are_found_by_label_or_fingerprint_for_the_shell():
    cologne = person("contributor", "IHK-142")
    run = confirm(upload(workbook([row("k. A.")]), cologne), cologne, markers={"k. A.": "pending"})
    supplier = Organisation.objects.get(code="IHK-142")
    (fingerprint,) = (table["fingerprint"] for table in run.tables)
    profile = ImportProfile.objects.get()

    assert list(find_profiles(fingerprint, supplier)) == [profile]
    assert list(find_profiles(profile.label, supplier)) == [profile]
    assert list(find_profiles(fingerprint, None)) == []
    known = answers_for(supplier)
    assert (list(known.tables), known.markers) == ([fingerprint], {"k. A.": "pending"})


RESTRICTED = [("EQ-Plätze 2030 nur Vollzeit",), ()]


def test_what_words_around_a_table_mean_is_remembered_of_the_supplier_and_asked_of_others():
    cologne, trier = person("contributor", "IHK-142"), person("contributor", "IHK-137")
    make_submission("IHK-137")
    header = ("Kammer", "Wert")
    first = upload(workbook([("IHK Köln", 4)], above=RESTRICTED, header=header), cologne)
    assert [question["found"] for question in first.questions] == ["nur Vollzeit"]
    done = confirm(first, cologne, table=TableAnswers(wording={"nur Vollzeit": "none"}))
    assert len(read_as(done)) == 1

    second = upload(workbook([("IHK Köln", 5)], above=RESTRICTED, header=header), cologne)
    others = upload(workbook([("IHK Trier", 6)], above=RESTRICTED, header=header), trier)

    assert (second.status, len(read_as(second))) == (ImportStatus.READY, 1)
    assert [question["found"] for question in others.questions] == ["nur Vollzeit"]


def test_what_words_mean_in_a_file_of_nobody_in_particular_is_asked_again():
    steward = person()
    header = ("Kammer", "Wert")
    first = upload(workbook([("IHK Köln", 4)], above=RESTRICTED, header=header), steward)
    done = confirm(first, steward, table=TableAnswers(wording={"nur Vollzeit": "none"}))
    assert len(read_as(done)) == 1

    second = upload(workbook([("IHK Köln", 5)], above=RESTRICTED, header=header), steward)

    assert [question["found"] for question in second.questions] == ["nur Vollzeit"]


def test_forgetting_how_a_layout_is_read_forgets_what_its_words_mean():
    cologne = person("contributor", "IHK-142")
    first = upload(workbook([("IHK Köln", 4)], above=RESTRICTED, header=("Kammer", "Wert")), cologne)
    done = confirm(first, cologne, table=TableAnswers(wording={"nur Vollzeit": "none"}))

    forget_profiles(run_id=done.pk, actor=done.created_by)

    assert [question["found"] for question in read_import(run_id=done.pk).questions] == ["nur Vollzeit"]
