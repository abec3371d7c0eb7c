"""Rounds and the catalogue in the administration."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.urls import reverse

from measures.models import Indicator, ReportingRound, Submission, TargetGroup
from partners.models import Organisation
from tests.measures.submissions import item_of, make_submission, put

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def steward(sign_in):
    return sign_in("data_steward", "BMAS")


@pytest.mark.parametrize("model", ["reportinground", "submission"])
def test_rounds_and_submissions_are_only_read_here(client, model):
    """They change on the pages of the rounds, with a preview and a log."""
    submission = Submission.objects.get(round__year=2018, organisation__code="IHK-142")
    pk = submission.pk if model == "submission" else submission.round_id
    change = reverse(f"admin:measures_{model}_change", args=[pk])
    known = ReportingRound.objects.get(year=2018).closes_on

    page = client.get(change)
    answers = [
        client.post(change, {"closes_on": "28.02.2029", "extended_until": "31.03.2029"}),
        client.get(reverse(f"admin:measures_{model}_add")),
        client.post(reverse(f"admin:measures_{model}_add"), {"year": "2040"}),
        client.post(reverse(f"admin:measures_{model}_delete", args=[pk]), {"post": "yes"}),
    ]

    assert page.status_code == 200
    assert [answer.status_code for answer in answers] == [403] * 4
    submission.refresh_from_db()
    assert (submission.round.closes_on, submission.extended_until) == (known, None)
    assert not ReportingRound.objects.filter(year=2040).exists()


def test_no_action_of_the_lists_changes_rounds(client):
    for model in ("reportinground", "submission"):
        page = client.get(reverse(f"admin:measures_{model}_changelist"))
        assert page.context["action_form"] is None


def test_other_names_are_typed_one_to_a_line(client):
    group = TargetGroup.objects.get(code="J5")
    page = client.get(reverse("admin:measures_targetgroup_change", args=[group.pk])).content.decode()

    client.post(
        reverse("admin:measures_targetgroup_change", args=[group.pk]),
        {
            "kind": group.kind,
            "name_de": group.name_de,
            "name_en": group.name_en,
            "aliases": "Geflüchtete\r\n\r\n Flüchtlinge ",
            "position": "3",
        },
    )

    group.refresh_from_db()
    assert "Geflüchtete\nFlüchtlinge\nAsylsuchende" in page
    assert group.aliases == ["Geflüchtete", "Flüchtlinge"]


def test_whom_an_indicator_is_asked_of_is_ticked(client):
    indicator = Indicator.objects.get(code="networks")

    response = _save_indicator(client, indicator, asked_of=["land", "agency"], sums_over=[])

    assert response.status_code == 302
    indicator.refresh_from_db()
    assert indicator.asked_of == ["land", "agency"]


def test_target_groups_of_an_indicator_are_ticked_from_the_list(client):
    indicator = Indicator.objects.get(code="companies_advised")
    page = client.get(reverse("admin:measures_indicator_change", args=[indicator.pk]))
    offered = [code for code, _name in page.context["adminform"].form.fields["target_groups"].choices]

    _save_indicator(client, indicator, target_groups=["B2"])

    indicator.refresh_from_db()
    assert offered == ["B1", "B2", "B3", "J1", "J2", "J3", "J4", "J5", "J6", "W"]
    assert indicator.target_groups == ["B2"]


def test_target_group_with_figures_stays_asked(client):
    item = item_of(make_submission(indicators=("companies_advised",)), "companies_advised")
    put(item, 5, target_group="B3")

    response = _save_indicator(client, item.indicator, target_groups=["B1", "B2"])

    assert response.context["adminform"].form.non_field_errors() == [
        "Für diese Zielgruppe sind Werte gespeichert, deshalb bleibt sie abgefragt."
    ]


def test_target_group_that_no_list_has_is_refused_in_a_spreadsheet(client):
    preview = client.post(
        reverse("admin:measures_indicator_import"),
        {
            "format": "1",
            "resource": "",
            "import_file": SimpleUploadedFile("list.csv", b"code,target_groups\ncompanies_advised,Z9\n"),
        },
    )

    assert "Diese Zielgruppen stehen nicht in der Liste." in preview.content.decode()


def test_target_group_is_not_deleted_while_an_indicator_is_asked_by_it(client):
    url = reverse("admin:measures_targetgroup_delete", args=["W"])

    page = client.get(url)
    client.post(url, {"post": "yes"})

    assert "Begleitete Schülerinnen und Schüler" in page.content.decode()
    assert TargetGroup.objects.filter(code="W").exists()


def test_indicator_narrower_than_its_figures_is_refused_on_the_form(client):
    item = item_of(make_submission(), "additional_places")
    put(item, -5)

    response = _save_indicator(client, item.indicator, may_be_negative="", note="Nur noch Zuwachs")

    form = response.context["adminform"].form
    assert form.non_field_errors() == ["Es sind Werte unter null gespeichert, deshalb bleiben sie erlaubt."]
    assert form["note"].value() == "Nur noch Zuwachs"
    item.indicator.refresh_from_db()
    assert (item.indicator.may_be_negative, item.indicator.note) == (True, "")


def test_indicator_narrower_than_its_figures_is_refused_in_a_spreadsheet(client):
    put(item_of(make_submission(), "additional_places"), -5)

    preview = client.post(
        reverse("admin:measures_indicator_import"),
        {
            "format": "1",
            "resource": "",
            "import_file": SimpleUploadedFile("list.csv", b"code,may_be_negative\nadditional_places,0\n"),
        },
    )

    assert "Es sind Werte unter null gespeichert" in preview.content.decode()
    assert preview.context.get("confirm_form") is None


def test_affiliation_that_puts_one_owner_above_another_is_refused_on_the_form(client):
    make_submission("BA", ("internships",))
    make_submission("BFB", ("internships",))
    member = Organisation.objects.get(code="BFB")
    page = client.get(reverse("admin:partners_organisation_change", args=[member.pk]))
    values = _form_values(page, "aliases", "affiliations", "mandates") | {
        "affiliations-TOTAL_FORMS": "1",
        "affiliations-0-umbrella": str(Organisation.objects.get(code="BA").pk),
        "affiliations-0-member": str(member.pk),
        "affiliations-0-valid_from": "01.01.2020",
    }

    response = client.post(page.request["PATH_INFO"], values)

    [error] = response.context["adminform"].form.non_field_errors()
    assert error.startswith("In einer Berichtsrunde dieser Zeit")
    assert "01.01.2020" in response.content.decode()
    assert not member.affiliations.exists()
    values["affiliations-0-valid_from"] = "01.01.2031"
    assert client.post(page.request["PATH_INFO"], values).status_code == 302


def test_refusal_without_words_stays_a_bug(client):
    indicator = Indicator.objects.get(code="networks")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE measures_indicator ADD CONSTRAINT nothing_new CHECK (note <> 'neu')")

    with pytest.raises(IntegrityError, match="nothing_new"):
        _save_indicator(client, indicator, note="neu")


def _form_values(page, *inlines):
    values = {f.html_name: f.value() for f in page.context["adminform"].form if f.value() is not None}
    for prefix in inlines:
        values |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    return values


def _save_indicator(client, indicator, **changes):
    page = client.get(reverse("admin:measures_indicator_change", args=[indicator.pk]))
    values = _form_values(page, "aliases", "series_breaks", "targets")
    return client.post(page.request["PATH_INFO"], values | changes)
