"""A report is released by somebody other than who prepared it, by the page, the service and SQL."""

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from measures.models import FigureUse, FigureVersion, ImportRun, SourceFile
from partners.violations import broken_rule
from reporting.disclosure.cells import CellKey
from reporting.exceptions import (
    ChecklistError,
    OwnReportError,
    ReleaseNotPossibleError,
    ReportNotSeenError,
)
from reporting.models import Document, ProgressReport, Snapshot
from reporting.selectors.checklist import blocking
from reporting.selectors.report_versions import version_of
from reporting.services.release import release_report
from reporting.services.releases.audits import audit, audit_waiting
from tests.factories import MembershipFactory, UserFactory
from tests.list_pages import another_report, cleared, released, report_of, stated
from tests.reporting.disclosure.editions import edition
from tests.reporting.disclosure.test_suppression import by_land
from tests.reporting.narratives import asked, decided, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


@pytest.fixture
def contributor():
    return MembershipFactory(role="contributor", organisation_code="IHK-142").user


@pytest.fixture
def report():
    stated(1, 2015)
    return cleared(report_of(1, UserFactory()))


def page_of(report):
    return reverse("reporting:report_detail", args=[report.pk])


def release_address(report):
    return reverse("reporting:report_release", args=[report.pk])


def used(report):
    return FigureVersion.objects.filter(
        pk__in=FigureUse.objects.filter(snapshot=report.snapshot.sha256).values("version")
    )


def refused_by_the_database(report, person) -> str:
    """The rule that refuses this person's release when no service is asked."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ProgressReport.objects.filter(pk=report.pk).update(
            status="released", released_by=person, released_at=report.finished_at
        )
    return broken_rule(caught.value)


def asked_for_it(report, person):
    ProgressReport.objects.filter(pk=report.pk).update(requested_by=person)


def entered_a_figure(report, person):
    change_versions(report, entered_by_id=person.pk)


def uploaded_a_file(report, person):
    came_from(report, created_by=person)


def confirmed_a_file(report, person):
    came_from(report, reading_requested_by=person)


def applied_a_file(report, person):
    came_from(report, applied_by=person)


def wrote_in_a_text(report, person):
    """Not the last one to, and accepted before the data were frozen."""
    narrative = asked(None, "foreword")
    written(narrative, "Anfang", person, submits=False)
    decided(written(narrative, "Anfang und Ende", UserFactory()), UserFactory())
    with unprotected("reporting_narrativeversion") as cursor:
        cursor.execute("UPDATE reporting_narrativeversion SET decided_at = %s", [report.snapshot.taken_at])


def came_from(report, **people):
    somebody = UserFactory()
    file = SourceFile.objects.create(sha256="0" * 64, name="a.csv", size=1, uploaded_by=somebody)
    run = ImportRun.objects.create(
        source_file=file, file_name="a.csv", **{"created_by": somebody, "applied_by": somebody} | people
    )
    change_versions(report, import_run_id=run.pk)


def submitted_figures(report, person):
    with unprotected("measures_submissionevent") as cursor:
        cursor.execute(
            "UPDATE measures_submissionevent SET actor_id = %s WHERE action = 'submit'", [person.pk]
        )


def change_versions(report, **columns):
    [(column, value)] = columns.items()
    with unprotected("measures_figureversion") as cursor:
        cursor.execute(
            f"UPDATE measures_figureversion SET {column} = %s WHERE pgh_id = ANY(%s)",
            [value, list(used(report).values_list("pk", flat=True))],
        )


class unprotected:  # noqa: N801  # reads as a sentence
    """Change history on purpose, with the triggers off."""

    def __init__(self, table):
        self.cursor = connection.cursor()

    def __enter__(self):
        self.cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.cursor.execute("SET LOCAL session_replication_role = replica")
        return self.cursor

    def __exit__(self, *error):
        self.cursor.execute("SET LOCAL session_replication_role = origin")
        self.cursor.close()


WAYS = {
    "asked for it": asked_for_it,
    "entered a figure": entered_a_figure,
    "uploaded a file": uploaded_a_file,
    "confirmed a file": confirmed_a_file,
    "applied a file": applied_a_file,
    "submitted figures": submitted_figures,
    "wrote in a text": wrote_in_a_text,
}


@pytest.mark.parametrize("way", WAYS)
def test_who_prepared_a_report_does_not_release_it(client, report, reviewer, way):
    WAYS[way](report, reviewer)
    client.force_login(reviewer)

    page = client.get(release_address(report)).content.decode()
    answer = client.post(release_address(report), {"seen": version_of(report)})

    assert 'name="seen"' not in page
    assert "Jemand anderes muss diesen Bericht freigeben" in page
    assert answer.status_code == 409
    with pytest.raises(OwnReportError):
        release_report(report_id=report.pk, actor=reviewer, seen=version_of(report))
    assert refused_by_the_database(report, reviewer) in {
        "report_released_by_somebody_else",
        "progress_report_released_by_another_person",
    }
    report.refresh_from_db()
    assert report.status == "ready"


def test_who_reviewed_a_text_or_wrote_what_is_not_in_the_report_may_release_it(report, reviewer):
    decided(written(asked(None, "foreword"), "Ende", UserFactory()), reviewer)
    for text in (asked(None, "outlook"), asked(None, "practice_lessons", report_type="practice")):
        decided(written(text, "Nach dem Datenstand, oder in einem anderen Bericht", reviewer), UserFactory())
    with unprotected("reporting_narrativeversion") as cursor:
        cursor.execute(
            "UPDATE reporting_narrativeversion SET decided_at = %s "
            "FROM reporting_narrative n WHERE n.id = narrative_id AND n.place <> 'outlook'",
            [report.snapshot.taken_at],
        )
        cursor.execute(
            "UPDATE reporting_narrativeversion SET decided_at = %s "
            "FROM reporting_narrative n WHERE n.id = narrative_id AND n.place = 'outlook'",
            [report.snapshot.taken_at + dt.timedelta(seconds=2)],
        )
    cleared(report)

    assert release_report(report_id=report.pk, actor=reviewer, seen=version_of(report)).is_released


def test_another_reviewer_releases_the_report_and_everybody_reads_it(client, report, reviewer, contributor):
    client.force_login(contributor)
    assert client.get(page_of(report)).status_code == 404
    assert list(client.get(reverse("reporting:report_list")).context["reports"]) == []

    client.force_login(reviewer)
    shown = client.get(release_address(report)).context["version"]
    answer = client.post(release_address(report), {"seen": shown}, follow=True)

    assert "Der Bericht ist freigegeben" in answer.content.decode()
    client.force_login(contributor)
    page = client.get(page_of(report)).content.decode()
    assert "freigegeben am" in page
    assert str(reviewer) in page
    report.refresh_from_db()
    assert (report.status, report.released_by) == ("released", reviewer)
    assert report.released_at is not None


@pytest.mark.parametrize("role", ["contributor", "data_steward", "auditor"])
def test_only_reviewers_release(client, report, role):
    organisation = "IHK-142" if role == "contributor" else "BMAS"
    client.force_login(MembershipFactory(role=role, organisation_code=organisation).user)

    answer = client.post(release_address(report), {"seen": version_of(report)})

    assert answer.status_code == (404 if role == "contributor" else 403)
    report.refresh_from_db()
    assert report.status == "ready"


@pytest.mark.parametrize("seen", ["", "another"])
def test_what_was_not_seen_is_not_released(client, report, reviewer, seen):
    client.force_login(reviewer)

    answer = client.post(release_address(report), {"seen": seen})

    assert answer.status_code == 409
    assert "Bitte sehen Sie ihn sich an" in answer.content.decode()
    assert answer.context["version"] == version_of(report)
    report.refresh_from_db()
    assert report.status == "ready"


def test_a_document_more_makes_it_another_version(report, reviewer):
    seen = version_of(report)
    add_document(report)

    with pytest.raises(ReportNotSeenError):
        release_report(report_id=report.pk, actor=reviewer, seen=seen)


def test_a_report_is_released_once_and_for_good(report, reviewer):
    seen = version_of(report)
    released(report)

    with pytest.raises(ReleaseNotPossibleError):
        release_report(report_id=report.pk, actor=reviewer, seen=seen)
    changes = (
        lambda: ProgressReport.objects.update(released_by=reviewer),
        lambda: ProgressReport.objects.update(status="ready", released_by=None, released_at=None),
        lambda: ProgressReport.objects.update(year=2015),
        lambda: add_document(report),
        lambda: Document.objects.all().delete(),
    )
    for change in changes:
        refused = pytest.raises(DatabaseError, match=r"report_is_released_for_good|Cannot update or delete")
        with refused, transaction.atomic():
            change()


def test_no_report_is_released_that_did_not_stand_ready(report, reviewer):
    people = {"requested_by": UserFactory(), "released_by": reviewer}
    moments = {"finished_at": report.finished_at, "released_at": report.finished_at}
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        ProgressReport.objects.create(
            year=2016, status="released", snapshot=report.snapshot, **people, **moments
        )
    assert broken_rule(caught.value) == "report_takes_known_steps"

    failed = ProgressReport.objects.create(
        year=2016,
        status="failed",
        error="x",
        snapshot=report.snapshot,
        requested_by=UserFactory(),
        finished_at=report.finished_at,
    )
    assert refused_by_the_database(failed, reviewer) == "report_takes_known_steps"


def test_released_names_who_and_when(report, reviewer):
    for part in ({"released_by": reviewer}, {"released_at": report.finished_at}):
        with pytest.raises(IntegrityError) as caught, transaction.atomic():
            ProgressReport.objects.filter(pk=report.pk).update(status="released", **part)
        assert broken_rule(caught.value) == "progress_report_released_has_who_and_when"


def test_who_asked_for_another_report_of_the_same_data_may_release(report, reviewer):
    asked_for_it(another_report(report), reviewer)
    cleared(report)

    assert release_report(report_id=report.pk, actor=reviewer, seen=version_of(report)).is_released


def add_document(report):
    Document.objects.create(
        report=report,
        language="en",
        format="pdf",
        file=ContentFile(b"1", name="more.pdf"),
        sha256=hashlib.sha256(b"1").hexdigest(),
        size=1,
    )


def waiting_with(report, data):
    """The same report with other data, frozen a year later."""
    content = data.to_json()
    snapshot = Snapshot.objects.create(
        year=2016,
        data=content.decode(),
        sha256=hashlib.sha256(content).hexdigest(),
        taken_at=report.snapshot.taken_at,
    )
    with unprotected("reporting_progressreport") as cursor:
        cursor.execute(
            "UPDATE reporting_progressreport SET snapshot_id = %s WHERE id = %s", [snapshot.pk, report.pk]
        )
    return ProgressReport.objects.get(pk=report.pk)


def test_a_report_that_gives_a_small_number_away_is_not_released(report, reviewer, client):
    """The page names the place, and never the number."""
    report = waiting_with(report, edition(by_land(1, 50, 70), {CellKey(region="01")}))
    audit(snapshot_id=report.snapshot_id)
    client.force_login(reviewer)

    answer = client.post(release_address(report), {"seen": version_of(report)})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Eintritte 2016" in page
    assert "kleine Personenzahlen" in page
    assert not ProgressReport.objects.get(pk=report.pk).is_released


def test_a_report_whose_tables_were_never_protected_is_not_released(report, reviewer):
    report = waiting_with(report, replace(report.snapshot.frozen, disclosure=None))
    audit(snapshot_id=report.snapshot_id)

    with pytest.raises(ChecklistError) as refused:
        release_report(report_id=report.pk, actor=reviewer, seen=version_of(report))

    assert any("erneut an" in reason for reason in refused.value.reasons)


def test_a_report_is_attacked_with_what_has_been_released_before(report, reviewer):
    values = by_land(1, 8, 70)
    first = waiting_with(report, edition(values, {CellKey(region="01"), CellKey(region="03")}))
    second = waiting_with(
        another_report(first), edition(values, {CellKey(region="01"), CellKey(region="02")})
    )
    audit_waiting()
    assert not any("Personenzahlen" in reason for reason in blocking(second))

    cleared(first)
    release_report(report_id=first.pk, actor=reviewer, seen=version_of(first))
    assert any("noch nicht" in reason for reason in blocking(second))
    audit_waiting()

    assert any("Personenzahlen" in reason for reason in blocking(second))
