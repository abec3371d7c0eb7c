"""One file for many chambers: whoever uploads it must act for every one of them."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from measures.import_workflow import ImportStatus
from measures.models import Figure, StagedFigure, Submission
from measures.services.imports.errors import ImportNotAllowedError
from measures.services.imports.writing.apply import apply_import
from measures.workflow import SubmissionStatus
from partners.enums import OrganisationKind
from partners.models import Mandate, Organisation
from partners.permissions import access_for
from tests.measures.spreadsheets import person, row, stage, workbook
from tests.measures.submissions import make_submission, move

pytestmark = pytest.mark.django_db

COLOGNE, AACHEN = "IHK-142", "IHK-101"


@pytest.fixture(autouse=True)
def _files_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture(autouse=True)
def cologne():
    make_submission(AACHEN)
    return make_submission(COLOGNE)


@pytest.fixture
def provider():
    return Organisation.objects.create(
        code="GFI",
        kind=OrganisationKind.SERVICE_PROVIDER,
        name_de="Gesellschaft für Informationsverarbeitung",
        short_name="GfI",
        sort_key="gfi",
        region_id="DE",
    )


def mandate(agent, *principals, **more):
    for code in principals:
        Mandate.objects.create(
            agent=Organisation.objects.get(code=agent), principal=Organisation.objects.get(code=code), **more
        )


def two_chambers():
    return workbook([row(5), row(6, organisation="IHK Aachen")])


@pytest.mark.parametrize("agent", ["GFI", "LAND-05"])
@pytest.mark.parametrize("role", ["contributor", "coordinator"])
def test_provider_or_land_brings_in_one_file_for_the_chambers_it_acts_for(provider, agent, role):
    mandate(agent, COLOGNE, AACHEN)
    actor = person(role, agent)

    run = stage(two_chambers(), actor)
    apply_import(run_id=run.pk, actor=actor)

    assert sorted(Figure.objects.values_list("item__submission__organisation__code", "value")) == [
        (AACHEN, 6),
        (COLOGNE, 5),
    ]


def test_file_with_one_chamber_more_is_refused_whole_before_anything_is_staged(provider):
    mandate("GFI", COLOGNE)

    run = stage(two_chambers(), person("contributor", "GFI"))

    assert (run.status, run.refusal["code"], run.refusal["params"]) == (
        ImportStatus.REFUSED,
        "not_allowed",
        {"names": "IHK Aachen"},
    )
    assert StagedFigure.objects.count() == 0


def test_mandate_that_ends_before_the_file_is_applied_stops_all_of_it(provider):
    mandate("GFI", COLOGNE, AACHEN)
    actor = person("contributor", "GFI")
    run = stage(two_chambers(), actor)
    Mandate.objects.filter(principal__code=AACHEN).update(
        valid_from=dt.date(2020, 1, 1), valid_until=timezone.localdate() - dt.timedelta(days=1)
    )

    with pytest.raises(ImportNotAllowedError):
        apply_import(run_id=run.pk, actor=actor)

    assert Figure.objects.count() == 0


def test_row_corrected_to_a_chamber_that_is_not_theirs_stops_all_of_it(provider):
    mandate("GFI", COLOGNE)
    actor = person("contributor", "GFI")
    run = stage(workbook([row(5), row(6, organisation="Kammer am Dom")]), actor)
    StagedFigure.objects.filter(cell="E3").update(organisation=AACHEN)

    with pytest.raises(ImportNotAllowedError):
        apply_import(run_id=run.pk, actor=actor)

    assert Figure.objects.count() == 0


@pytest.mark.parametrize("status", [SubmissionStatus.SUBMITTED, SubmissionStatus.APPROVED])
def test_agent_leaves_alone_what_the_chamber_has_handed_in(provider, cologne, status):
    mandate("GFI", COLOGNE)
    move(
        cologne, *((SubmissionStatus.SUBMITTED, status) if status == SubmissionStatus.APPROVED else (status,))
    )

    run = stage(workbook([row(5)]), person("contributor", "GFI"))

    assert (run.held_count, [problem.code for problem in run.problems.all()]) == (1, ["submission_locked"])


def test_agent_uploads_and_sees_nothing_else_of_the_chamber(client, sign_in, provider, cologne):
    mandate("GFI", COLOGNE)
    agent = sign_in("contributor", "GFI")

    assert list(Submission.objects.visible_to(access_for(agent))) == []
    assert client.get(reverse("measures:submission_detail", args=[cologne.pk])).status_code == 404
    suppliers = client.get(reverse("measures:import_list")).context["form"].fields["supplier"].queryset
    assert sorted(suppliers.values_list("code", flat=True)) == ["GFI", COLOGNE]


@pytest.mark.parametrize("role", ["reviewer", "auditor"])
def test_mandate_gives_those_who_only_look_nothing_to_upload(provider, role):
    mandate("BMAS", COLOGNE)

    assert access_for(person(role, "BMAS")).uploads_for == frozenset()


def test_mandate_for_an_umbrella_is_none_for_its_members(provider):
    mandate("GFI", "DIHK")

    run = stage(workbook([row(5)]), person("contributor", "GFI"))

    assert run.refusal["params"] == {"names": "IHK Köln"}


@pytest.mark.parametrize(
    ("principal", "more", "constraint"),
    [
        ("LAND-05", {}, "mandate_not_with_itself"),
        (COLOGNE, {"valid_until": dt.date(2000, 1, 1)}, "mandate_ends_after_it_begins"),
        (AACHEN, {}, "mandate_once_at_a_time"),
    ],
)
def test_database_refuses_mandates_that_make_no_sense(principal, more, constraint):
    mandate("LAND-05", AACHEN)

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        mandate("LAND-05", principal, **more)

    assert refused.value.__cause__.diag.constraint_name == constraint


def test_coordinator_of_an_umbrella_needs_no_mandate():
    run = stage(two_chambers(), person("coordinator", "DIHK"))

    assert (run.status, run.new_count) == (ImportStatus.READY, 2)
