"""Progress reports from request to download. They freeze one moment, so these tests commit."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.urls import reverse

from measures.models import Figure, Item, Submission
from partners.models import User
from reporting import tasks
from reporting.exceptions import ReportError
from reporting.frozen.schema import SCHEMA_VERSION
from reporting.models import DocumentProduction, FigureVerification, ProgressReport, Snapshot
from reporting.renderers.versions import VERSIONS
from reporting.selectors.disclosure import valid_audit
from reporting.services import reports
from reporting.services.documents import repeat_document
from reporting.services.releases import verification
from tests.disks import room_for
from tests.factories import MembershipFactory
from tests.measures.submissions import start_correction
from tests.reporting.stated import approve, state

ANNUAL_2016 = {"year": "2016", "edition": "annual:"}
KOELN, AACHEN = "IHK-142", "IHK-101"


@pytest.fixture
def reviewer(transactional_db, settings, tmp_path) -> User:
    settings.MEDIA_ROOT = tmp_path
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


@pytest.fixture
def asking(db) -> User:
    """Whoever asks for a report that is not frozen."""
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


@pytest.fixture
def steward(reviewer) -> User:
    return MembershipFactory(role="data_steward", organisation_code="BMAS").user


@pytest.fixture
def approved(steward) -> None:
    approve_mentors(steward)


def approve_mentors(steward: User) -> None:
    state(KOELN, "welcome_mentors", 2016, 3, origin="form", entered_by=steward)
    state(AACHEN, "welcome_mentors", 2016, 4, origin="form", entered_by=steward)
    state(AACHEN, "training_placements", 2016, "unknown", origin="form", entered_by=steward)
    approve(KOELN, AACHEN, year=2016)


def mentors(snapshot: Snapshot, year: int = 2016):
    indicator = next(each for each in snapshot.frozen.indicators if each.code == "welcome_mentors")
    return next(figure for figure in indicator.years if figure.year == year)


def produced(reviewer: User) -> ProgressReport:
    report = reports.request_report(year=2016, actor=reviewer)
    reports.produce_report(report_id=report.pk)
    report.refresh_from_db()
    return report


def test_a_later_correction_leaves_the_published_report_as_it_was(approved, reviewer):
    first = produced(reviewer)
    submission = Submission.objects.get(organisation__code=KOELN, round__year=2016)
    start_correction(submission_id=submission.pk, actor=reviewer, reason="typing error")
    Figure.objects.filter(item__submission=submission, value=3).update(value=5)
    approve(KOELN, year=2016)

    second = reports.take_snapshot(year=2016, actor=reviewer)

    assert mentors(Snapshot.objects.get(pk=first.snapshot_id)).amount.value == 7
    assert mentors(second).amount.value == 9


def test_the_data_status_is_the_approved_one_whatever_a_draft_brings(reviewer, steward):
    item = state(KOELN, "welcome_mentors", 2016, 3, origin="form", entered_by=steward)
    Item.objects.filter(pk=item.pk).update(data_as_of=dt.date(2017, 1, 31))
    (submission,) = approve(KOELN, year=2016)
    start_correction(submission_id=submission, actor=reviewer, reason="A later file.")
    Item.objects.filter(pk=item.pk).update(data_as_of=dt.date(2017, 6, 30))

    assert reports.take_snapshot(year=2016, actor=reviewer).frozen.data_as_of == dt.date(2017, 1, 31)


def test_a_report_of_unchanged_figures_shares_its_snapshot(approved, reviewer):
    first = produced(reviewer)
    second = reports.request_report(year=2016, actor=reviewer)
    reports.freeze_report(report_id=second.pk)
    second.refresh_from_db()

    assert first != second
    assert first.snapshot_id == second.snapshot_id


def test_a_year_has_one_report_in_work(asking):
    first = reports.request_report(year=2016, actor=asking)

    assert reports.request_report(year=2016, actor=asking) == first


def test_a_report_begun_by_a_worker_that_died_continues_from_its_snapshot(approved, reviewer, monkeypatch):
    report = reports.request_report(year=2016, actor=reviewer)
    with monkeypatch.context() as dying:
        dying.setitem(
            VERSIONS[SCHEMA_VERSION].documents, "pdf", lambda *_, **__: (_ for _ in ()).throw(SystemExit)
        )
        with pytest.raises(SystemExit):
            reports.produce_report(report_id=report.pk)
    report.refresh_from_db()
    assert (report.status, report.documents.count()) == ("producing", 1)
    frozen = report.snapshot_id

    tasks.dispatch_pending_reports()

    report.refresh_from_db()
    assert (report.status, report.snapshot_id, report.documents.count()) == ("ready", frozen, 12)


def test_a_bug_leaves_a_failed_report_that_says_so(approved, reviewer, monkeypatch):
    report = reports.request_report(year=2016, actor=reviewer)
    with monkeypatch.context() as broken:
        broken.setitem(VERSIONS[SCHEMA_VERSION].documents, "pdf", lambda *_, **__: 1 // 0)
        tasks.produce_report.apply(args=[report.pk], throw=False)

    report.refresh_from_db()
    made = report.documents.values_list("format", flat=True)
    assert (report.status, len(made)) == ("failed", 9)
    assert not {"pdf", "dcat.jsonld"} & set(made)  # the catalogue entry states the sizes of all others
    assert "2 Dokumente konnten nicht erstellt werden" in report.error
    failed = report.productions.filter(status="failed")
    assert [each.format for each in failed] == ["pdf", "pdf"]
    assert all("ZeroDivisionError" in each.error for each in failed)


def test_the_stored_figures_are_checked_and_the_snapshot_audited_with_the_report(approved, reviewer):
    report = reports.request_report(year=2016, actor=reviewer)
    tasks.produce_report.apply(args=[report.pk])
    report.refresh_from_db()
    assert FigureVerification.objects.get().problems == []
    assert FigureVerification.objects.get().began_at >= report.finished_at
    assert valid_audit(report.snapshot).findings == []

    document = report.documents.first()
    document.file.storage.delete(document.file.name)
    tasks.check_snapshot(report.snapshot_id)

    assert document.file.name in "".join(FigureVerification.objects.first().problems)


def test_checking_the_figures_keeps_nobody_from_freezing_and_is_done_by_one_worker(
    approved, reviewer, monkeypatch
):
    def check(_checks):
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(as_another, verification.verify_figures).result(timeout=20)
            elsewhere.submit(as_another, lambda: reports.take_snapshot(year=2016, actor=None)).result(
                timeout=20
            )
        return []

    monkeypatch.setattr(verification, "run_checks", check)
    verification.verify_figures()

    assert (FigureVerification.objects.count(), Snapshot.objects.count()) == (1, 1)


def as_another(work) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        work()
    finally:
        connection.close()


def test_a_document_that_failed_is_repeated_alone(client, approved, reviewer, monkeypatch):
    report = reports.request_report(year=2016, actor=reviewer)
    with monkeypatch.context() as broken:
        broken.setitem(VERSIONS[SCHEMA_VERSION].documents, "pdf", lambda *_, **__: 1 // 0)
        tasks.produce_report.apply(args=[report.pk], throw=False)
    before = set(report.documents.values_list("pk", flat=True))
    client.force_login(reviewer)
    page = client.get(reverse("reporting:report_detail", args=[report.pk])).content.decode()

    for production in report.productions.filter(status="failed"):
        address = reverse("reporting:document_repeat", args=[report.pk, production.pk])
        assert address in page
        client.post(address)

    report.refresh_from_db()
    assert (report.status, report.error, report.documents.count()) == ("ready", "", 12)
    assert before < set(report.documents.values_list("pk", flat=True))


def test_nothing_is_repeated_while_a_newer_report_of_the_kind_is_in_work(approved, reviewer, monkeypatch):
    report = reports.request_report(year=2016, actor=reviewer)
    with monkeypatch.context() as broken:
        broken.setitem(VERSIONS[SCHEMA_VERSION].documents, "pdf", lambda *_, **__: 1 // 0)
        tasks.produce_report.apply(args=[report.pk], throw=False)
    reports.request_report(year=2016, actor=reviewer)

    with pytest.raises(ReportError):
        repeat_document(production_id=report.productions.filter(status="failed").first().pk)


def test_a_document_that_kills_its_worker_three_times_is_given_up_and_named(approved, reviewer):
    report = reports.request_report(year=2016, actor=reviewer)
    killing = reports.freeze_report(report_id=report.pk)[0]
    DocumentProduction.objects.filter(pk=killing).update(status="producing", attempts=3)

    tasks.dispatch_pending_reports()

    report.refresh_from_db()
    assert (report.status, report.documents.count()) == ("failed", 10)
    assert "mehrfach begonnen" in DocumentProduction.objects.get(pk=killing).error


def test_a_report_without_room_for_its_documents_leaves_none_and_says_so(approved, reviewer, tmp_path):
    report = reports.request_report(year=2016, actor=reviewer)
    with room_for(250_000):  # enough for a page, not for a PDF
        tasks.produce_report.apply(args=[report.pk], throw=False, retries=2)

    report.refresh_from_db()
    assert report.status == "failed"
    assert all("kein Platz mehr" in each.error for each in report.productions.filter(format="pdf"))
    made = report.documents.values_list("format", flat=True)
    assert {"html", "xlsx", "csv"} <= set(made)
    assert "pdf" not in made
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == len(made)


def test_a_report_begun_three_times_is_given_up(asking):
    report = reports.request_report(year=2016, actor=asking)
    ProgressReport.objects.update(attempts=3)

    assert reports.claim_pending_reports() == []
    report.refresh_from_db()
    assert report.status == "failed"


def test_a_report_waits_for_a_worker_as_long_as_it_takes(approved, reviewer):
    report = reports.request_report(year=2016, actor=reviewer)
    for _ in range(5):
        assert reports.claim_pending_reports() == [report.pk]

    reports.produce_report(report_id=report.pk)

    report.refresh_from_db()
    assert report.status == "ready"


def test_a_report_that_kills_its_worker_is_begun_three_times(approved, reviewer, monkeypatch):
    report = reports.request_report(year=2016, actor=reviewer)
    begun = []

    def die(**_):
        begun.append(1)
        raise SystemExit

    monkeypatch.setattr(reports, "collect", die)
    for _ in range(3):
        with pytest.raises(SystemExit):
            reports.produce_report(report_id=report.pk)

    assert reports.produce_report(report_id=report.pk) is None
    assert len(begun) == 3
    assert reports.claim_pending_reports() == []
    report.refresh_from_db()
    assert report.status == "failed"


def test_two_who_freeze_at_once_share_the_snapshot(approved, reviewer):
    def freeze() -> int:
        try:
            return reports.take_snapshot(year=2016, actor=None).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as at_once:
        taken = [at_once.submit(freeze) for _ in range(4)]

    assert {each.result() for each in taken} == {Snapshot.objects.get().pk}


def test_a_request_stands_while_the_queue_is_out_of_reach(client, approved, reviewer, monkeypatch):
    def unreachable(*_):
        raise ConnectionError

    monkeypatch.setattr(tasks.produce_report, "delay", unreachable)
    client.force_login(reviewer)

    response = client.post(reverse("reporting:report_request"), ANNUAL_2016, follow=True)

    assert response.status_code == 200
    assert reports.claim_pending_reports() == [ProgressReport.objects.get(status="queued").pk]


def test_there_is_no_report_of_a_year_without_a_round(asking):
    with pytest.raises(ReportError):
        reports.request_report(year=2030, actor=asking)


def test_build_report_writes_every_format(approved, tmp_path, capsys):
    call_command("build_report", "--year", "2016", "--language", "de", "--out", str(tmp_path / "new"))

    written = {path.name.removeprefix("progress-report-2016-") for path in (tmp_path / "new").iterdir()}
    assert written == {
        *(f"de.{each}" for each in ("html", "pdf", "xlsx")),
        *(
            f"mul.{each}"
            for each in ("csv", "csv-metadata.json", "json", "sdmx.csv", "sdmx.json", "dcat.jsonld")
        ),
    }
    assert "7 von 150" not in capsys.readouterr().err


def test_build_report_twice_gives_the_same_bytes(approved, tmp_path):
    for folder in ("one", "two"):
        call_command("build_report", "--year", "2016", "--language", "en", "--out", str(tmp_path / folder))

    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_build_report_without_approved_figures_says_not_reported(reviewer, tmp_path, capsys):
    call_command("build_report", "--year", "2016", "--language", "de", "--out", str(tmp_path))

    assert "Bis 2016 ist kein Wert freigegeben" in capsys.readouterr().err
    assert "nicht gemeldet" in (tmp_path / "progress-report-2016-de.html").read_text()


@pytest.mark.parametrize(
    ("year", "out", "code"), [("2030", "new", 2), ("2016", "file/below", 3)], ids=["no round", "no folder"]
)
def test_build_report_fails_with_a_code_of_its_own(reviewer, tmp_path, year, out, code):
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(CommandError) as caught:
        call_command("build_report", "--year", year, "--out", str(tmp_path / out))

    assert caught.value.returncode == code


def test_a_reviewer_has_the_report_made_and_reads_it(client, approved, reviewer):
    client.force_login(reviewer)

    response = client.post(reverse("reporting:report_request"), ANNUAL_2016, follow=True)

    page = response.content.decode()
    assert response.redirect_chain[0][0] == reverse(
        "reporting:report_detail", args=[ProgressReport.objects.get().pk]
    )
    assert "Fortschrittsbericht 2016" in page
    trail = reverse("reporting:report_trail", args=[ProgressReport.objects.get().pk, "welcome_mentors", 2016])
    assert f'href="{trail}"' in page
    context = client.get(trail).context
    assert [each.name for each in context["organisations"]] == ["IHK Aachen", "IHK Köln"]


@pytest.mark.parametrize("typed", ["1999", "0", "99999", "", "²"])
def test_a_year_without_a_round_is_refused_at_its_field(client, asking, typed):
    client.force_login(asking)

    response = client.post(reverse("reporting:report_request"), {"year": typed, "edition": "annual:"})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["year"]
    assert not ProgressReport.objects.exists()


def test_the_waiting_page_asks_until_the_report_is_there(client, approved, reviewer):
    report = reports.request_report(year=2016, actor=reviewer)
    client.force_login(reviewer)
    address = reverse("reporting:report_progress", args=[report.pk])

    assert f'hx-get="{address}"' in client.get(address).content.decode()
    reports.produce_report(report_id=report.pk)

    assert client.get(address)["HX-Redirect"] == reverse("reporting:report_detail", args=[report.pk])
