"""Every address that shows a list, with a way to fill it with as many entries as a test wants."""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product

from allauth.usersessions.models import UserSession
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.core.files.base import ContentFile
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from measures.enums import Side
from measures.models import (
    FigureUse,
    FigureVersion,
    ImportProfile,
    ImportRun,
    Indicator,
    Measure,
    MeasureContribution,
    MeasureFunding,
    Objective,
    Phase,
    Product,
    Submission,
    SupplierAlias,
)
from measures.services.imports.reading.read import read_import
from partners.enums import SecurityEventKind
from partners.models import FactorReset, Invitation, ListTransfer, Organisation, OutgoingMail, User
from partners.services import bounces
from partners.services.notices.writing import NewNotice, write_notices
from partners.services.security_events import Sender, record
from partners.sign_in.session_store import SessionStore
from reporting.enums import Language
from reporting.frozen.schema import SnapshotData
from reporting.models import (
    Document,
    DocumentProduction,
    FigureVerification,
    ProgressReport,
    ReportPreview,
    ReportSchedule,
    SavedView,
    ScheduledReport,
    Snapshot,
    WarningAcknowledgement,
)
from reporting.selectors.checklist import checklist
from reporting.selectors.report_versions import version_of as report_version
from reporting.services.release import release_report
from reporting.services.releases.audits import audit
from reporting.services.releases.previews import hash_of
from reporting.services.releases.subscriptions import subscribe
from tests.factories import MembershipFactory, UserFactory
from tests.measures.checking import explained, jumping, make_check, waived
from tests.measures.imports.undoing import step_of, type_in
from tests.measures.meetings.making import (
    decided,
    make_commitment,
    make_meeting,
    make_resolution,
    reported,
    works_for,
)
from tests.measures.reviewing import approved_at_once, commented, marked
from tests.measures.spreadsheets import PLACES, QUALIFICATION, bring_in, person, receive, row, stage, workbook
from tests.measures.submissions import YEAR, ask, extended, item_of, make_submission, move, put
from tests.reporting.narratives import asked, written
from tests.reporting.narratives import decided as decided_text
from tests.reporting.sample_snapshot import make_snapshot
from tests.reporting.stated import approve, state, state_cells

CHAMBERS = {"IHK-142": "IHK Köln", "IHK-101": "IHK Aachen", "IHK-111": "IHK Bonn/Rhein-Sieg"}
INDICATORS = ("training_placements", "additional_places", "internships")
FACTS = {"organisation": "IHK Köln", "year": YEAR, "actor": "Kim Muster"}
TO_AND_FRO = ("submitted", "returned", "submitted")
COLUMNS = (QUALIFICATION, PLACES, "Praktikumsplätze")

Fill = Callable[[int, User], str]


@dataclass(frozen=True)
class ListPage:
    """Who looks at a list, how it gets its entries and where it then is, and what it may ask for.

    A page ``grows`` unless it shows as many lines whatever is reported. What ``is_kept`` is made when it is
    first asked for.
    """

    queries: int
    fill: Fill
    role: str = "data_steward"
    organisation: str = "BMAS"
    grows: bool = True
    is_kept: bool = False


def _submission_of(count: int) -> Submission:
    submission = make_submission(indicators=INDICATORS[:count])
    for code in INDICATORS[:count]:
        put(item_of(submission, code), 5)
    return submission


def _of_submission(name: str, *steps: str) -> Fill:
    """As many indicators, and as many of the steps, each by somebody else."""

    def fill(count: int, user: User) -> str:
        submission = _submission_of(count)
        for status in steps[:count]:
            move(submission, status)
        return reverse(f"measures:{name}", args=[submission.pk])

    return fill


def _occupations(count: int, user: User) -> str:
    """As many occupations with values, this year and last."""
    submissions = [make_submission(year=YEAR - 1), make_submission()]
    for item in map(item_of, submissions):
        item.occupation_level = 2
        item.save()
        for code in ("24", "27", "43")[:count]:
            put(item, 5, occupation=code)
            put(item, 2, occupation=code, target_group="J5")
    address = reverse("measures:submission_occupations", args=[submissions[1].pk, item.pk])
    return f"{address}?filled=on"


def _sent_back_once(count: int, user: User) -> str:
    return reverse("measures:review_detail", args=[move(_submission_of(count), *TO_AND_FRO).pk])


def _submissions(name: str) -> Fill:
    def fill(count: int, user: User) -> str:
        for code in list(CHAMBERS)[:count]:
            submission = make_submission(code)
            put(item_of(submission), 5)
            move(submission, "submitted")
        return reverse(f"measures:{name}") + f"?year={YEAR}"

    return fill


def _notices(count: int, user: User) -> str:
    write_notices(
        NewNotice("approved", f"event:{pk}", "/erfassung/", [user.pk], dict(FACTS)) for pk in range(count)
    )
    return reverse("partners:notice_list")


def _bounces(count: int, user: User) -> str:
    for each in MembershipFactory.create_batch(count):
        bounces.record_refusal(each.user.email, 550, "5.1.1 unknown")
    return reverse("partners:bounce_list")


def _rounds(count: int, user: User) -> str:
    for year in range(YEAR, YEAR + count):
        make_submission(year=year)
    return reverse("measures:round_list")


def _reviewer() -> User:
    return MembershipFactory(role="reviewer", organisation_code="BMAS").user


def _meetings(count: int, user: User) -> str:
    """With as many meetings, own commitments and reports that wait."""
    for _ in range(count):
        meeting = make_meeting("BMAS", people=(user,))
        reported(make_commitment("DIHK", meeting=meeting), works_for("DIHK"))
    return reverse("measures:meeting_list")


def _meeting(count: int, user: User) -> str:
    """With as many participants and resolutions."""
    meeting = make_meeting(*list(CHAMBERS)[:count], people=tuple(UserFactory.create_batch(count)))
    for _ in range(count):
        make_resolution("DIHK", "ZDH", meeting=meeting)
    return reverse("measures:meeting_detail", args=[meeting.pk])


def _resolutions(name: str) -> Fill:
    def fill(count: int, user: User) -> str:
        for _ in range(count):
            make_resolution("DIHK", "ZDH")
        return reverse(f"measures:{name}")

    return fill


def _resolution(count: int, user: User) -> str:
    """With as many commitments, and linked to as many measures and indicators."""
    resolution = make_resolution(*list(CHAMBERS)[:count])
    resolution.measures.set(Measure.objects.order_by("code")[:count])
    resolution.indicators.set(Indicator.objects.filter(code__in=INDICATORS[:count]))
    return reverse("measures:resolution_detail", args=[resolution.pk])


def _commitment(count: int, user: User) -> str:
    """With as many reports and decisions."""
    commitment = make_commitment("DIHK")
    for _ in range(count):
        decided(commitment, user, "in_work", seen=reported(commitment, works_for("DIHK")))
    return reverse("measures:commitment_detail", args=[commitment.pk])


def _to_change(name: str, make: Callable[[], Model]) -> Fill:
    return lambda _count, _user: reverse(f"measures:{name}", args=[make().pk])


def _round(name: str) -> Fill:
    """A round that asks for as many indicators, with as many extensions and rows in its log."""

    def fill(count: int, user: User) -> str:
        for code in list(CHAMBERS)[:count]:
            submission = make_submission(code, INDICATORS[:count])
            extended(submission, submission.round.closes_on + dt.timedelta(days=9))
        ask(submission.round, *INDICATORS[:count])
        return reverse(f"measures:{name}", args=[YEAR])

    return fill


def _checks(count: int, user: User) -> str:
    for number in range(count):
        make_check(f"sizes_{number}")
    return reverse("measures:check_list")


def _check(count: int, user: User) -> str:
    """A check with as many waivers, and as many changes in its log."""
    check = make_check()
    for number in range(count):
        waived(check, UserFactory())
        check.text_en = f"{number}"
        check.save()
    return reverse("measures:check_detail", args=[check.code])


def _tried(count: int, user: User) -> str:
    """A round in which a check finds something in as many submissions."""
    for code in list(CHAMBERS)[:count]:
        submission = make_submission(code, INDICATORS[:1])
        put(item_of(submission), 900, region=submission.organisation.region_id)
    return f"{reverse('measures:check_trial', args=[make_check(status='draft').code])}?year={YEAR}"


def _queries(count: int, user: User) -> str:
    return reverse("measures:submission_explain", args=[jumping(indicators=count).pk])


def _submission_to_approve(count: int, user: User) -> str:
    submission = move(_submission_of(count), "submitted")
    return reverse("measures:submission_approve", args=[submission.pk])


def _comments(count: int, user: User) -> str:
    submission = _submission_of(1)
    for _ in range(count):
        commented(submission)
    return reverse("measures:submission_discussion", args=[submission.pk])


def _drafts(name: str) -> Fill:
    """As many organisations that are missing, with somebody who records there."""

    def fill(count: int, user: User) -> str:
        for code in list(CHAMBERS)[:count]:
            make_submission(code)
            MembershipFactory(organisation_code=code)
        return reverse(f"measures:{name}") + f"?year={YEAR}"

    return fill


def _submitted(codes: Iterable[str]) -> list[Submission]:
    submissions = [make_submission(code) for code in codes]
    for submission in submissions:
        put(item_of(submission), 5, region=submission.organisation.region_id)
    return [move(submission, "submitted") for submission in submissions]


def _batch(count: int, user: User) -> str:
    batch = approved_at_once(_submitted(list(CHAMBERS)[:count]), _reviewer())
    return reverse("measures:review_batch", args=[batch.pk])


def _batch_to_confirm(count: int, user: User) -> str:
    """Eleven at least: fewer need no second person."""
    codes = (
        Organisation.objects.filter(code__startswith="IHK-").order_by("code").values_list("code", flat=True)
    )
    batch = approved_at_once(_submitted(codes[: 10 + count]), _reviewer())
    return reverse("measures:review_batch", args=[batch.pk])


def _submission_to_submit(count: int, user: User) -> str:
    """Its values are far from last year's, so each is a query to be answered."""
    before = make_submission(indicators=INDICATORS[:count], year=YEAR - 1)
    for item in before.items.all():
        put(item, 4000)
    return reverse("measures:submission_submit", args=[_submission_of(count).pk])


def _import_own_workbook(count: int, user: User) -> str:
    return reverse("measures:import_own_workbook") + f"?submission={_submission_of(count).pk}"


def _organisations(count: int, user: User) -> str:
    for number in range(count):
        Organisation.objects.create(
            code=f"X{number}", kind="land", name_de="X", short_name="X", sort_key="x", region_id="DE"
        )
    return reverse("partners:organisation_list")


def _found_organisations(count: int, user: User) -> str:
    return _organisations(count, user) + "?q=X"


def _people(count: int, user: User) -> str:
    MembershipFactory.create_batch(count, organisation_code="DIHK")
    invitations(count, user)
    return reverse("partners:organisation_detail", args=["DIHK"])


def _sessions(count: int, user: User) -> str:
    for number in range(count):
        store = SessionStore()
        store.update({SESSION_KEY: str(user.pk), HASH_SESSION_KEY: user.get_session_auth_hash()})
        store.create()
        UserSession.objects.create(
            user=user, session_key=store.session_key, ip=f"192.0.2.{number}", user_agent="Firefox"
        )
    return reverse("usersessions_list")


def invitations(count: int, user: User) -> list[Invitation]:
    return [
        Invitation.objects.create(
            email=f"guest{number}@example.org",
            organisation=Organisation.objects.get(code="DIHK"),
            role="coordinator",
            token_hash=f"{number}",
            invited_by=user,
        )
        for number in range(count)
    ]


def _factor_resets(count: int, user: User) -> str:
    for _ in range(count):
        FactorReset.objects.create(
            person=UserFactory(), reason="lost", identity_check="called back", requested_by=UserFactory()
        )
    return reverse("partners:factor_reset_list")


def _security_events(count: int, user: User) -> str:
    for _ in range(count):
        record(SecurityEventKind.DOWNLOADED, Sender(), person_id=user.pk, subject_id=user.pk, target="/x/")
    return reverse("measures:history_search") + "?kind=security"


def _history(name: str, asked: str = "") -> Fill:
    """As many figures, steps and events."""

    def fill(count: int, user: User) -> str:
        for code in list(CHAMBERS)[:count]:
            submission = make_submission(code)
            put(item_of(submission), 5)
            move(submission, "submitted")
            record(SecurityEventKind.DOWNLOADED, Sender(), person_id=UserFactory().pk, target="/x/")
        return reverse(f"measures:{name}") + asked

    return fill


def _cell(count: int, user: User) -> str:
    item = item_of(make_submission())
    for value in range(count):
        type_in(item, value, person("contributor", "IHK-142"))
    return reverse("measures:cell_history", args=[item.submission_id, item.pk, "05", "_T", "_T"])


def _open_work(count: int, user: User) -> str:
    """Somebody leaves drafts, imports, marks and invitations behind."""
    leaving = person("contributor", "IHK-142")
    for number in range(count):
        submission = make_submission(year=YEAR + number)
        type_in(item_of(submission), 5, leaving)
        marked(submission)
        receive(workbook([row(number)]), leaving)
        Invitation.objects.create(
            email=f"next{number}@example.org",
            organisation=submission.organisation,
            role="contributor",
            token_hash=f"next{number}",
            invited_by=leaving,
        )
    return reverse("measures:hand_over", args=["IHK-142", leaving.pk])


def _transfer(user: User) -> ListTransfer:
    return ListTransfer.objects.create(
        person=user, direction="export", list_of="partners.organisation", format="csv", name="list.csv"
    )


def _exported(count: int, user: User) -> str:
    transfer = _transfer(user)
    transfer.file.save("list.csv", ContentFile(b"code\n"), save=False)
    transfer.status = "ready"
    transfer.save()
    return reverse("partners:list_transfer_file", args=[transfer.pk])


def _transfers(count: int, user: User) -> str:
    for _ in range(count):
        _transfer(user)
    return reverse("partners:list_transfers")


def _measures(count: int, user: User) -> str:
    for number in range(count):
        measure = Measure.objects.create(code=f"X{number}", kind="advisory", name_de="X", name_en="X")
        measure.objectives.set(Objective.objects.all())
        MeasureContribution.objects.create(measure=measure, role="lead", organisation_kind="land")
    return reverse("measures:measure_list")


def _indicators_of_measure(count: int, user: User) -> str:
    """M06 has fourteen indicators with targets; as many as wanted stay with it."""
    kept = Indicator.objects.filter(measure__code="M06").values_list("pk", flat=True)[:count]
    Indicator.objects.filter(measure__code="M06").exclude(pk__in=list(kept)).update(
        measure=Measure.objects.get(code="M01")
    )
    return reverse("measures:measure_detail", args=["M06"])


def imports(count: int, user: User) -> list[ImportRun]:
    make_submission()
    return [receive(workbook([row(number)]), user) for number in range(count)]


def _imports(count: int, user: User) -> str:
    imports(count, user)
    return reverse("measures:import_list")


def _staged(count: int, user: User) -> ImportRun:
    """An import of as many chambers, each with a value that is right and one that cannot be read."""
    for code in list(CHAMBERS)[:count]:
        make_submission(code)
    names = list(CHAMBERS.values())[:count]
    good = [row(5, organisation=name) for name in names]
    bad = [row(f"viele {name}", organisation=name, indicator=PLACES) for name in names]
    return stage(workbook([*good, *bad]), user)


def _of_staged(name: str) -> Fill:
    def fill(count: int, user: User) -> str:
        return reverse(f"measures:{name}", args=[_staged(count, user).pk])

    return fill


def _applied(count: int, user: User) -> str:
    for code in list(CHAMBERS)[:count]:
        make_submission(code)
    names = list(CHAMBERS.values())[:count]
    run = bring_in(workbook([row(5, organisation=name) for name in names]), user)
    return reverse("measures:import_detail", args=[run.pk])


def _mapping(count: int, user: User) -> str:
    make_submission(indicators=INDICATORS)
    rows = [[row(5, indicator=name)] for name in COLUMNS[:count]]
    run = receive(workbook(rows[0], more_sheets=rows[1:]), user)
    read_import(run_id=run.pk)
    return reverse("measures:import_mapping", args=[run.pk])


def _held_row(count: int, user: User) -> str:
    run = _staged(count, user)
    return reverse("measures:import_row", args=[run.pk, run.staged.filter(verdict="held")[0].pk])


def _undo(count: int, user: User) -> str:
    items = [item_of(make_submission(code)) for code in list(CHAMBERS)[:count]]
    names = list(CHAMBERS.values())[:count]
    run = bring_in(workbook([row(5, organisation=name) for name in names]), user)
    for item in items:
        type_in(item, 8, person("contributor", item.submission.organisation.code))
    return reverse("measures:import_undo", args=[run.pk, step_of(run).pk])


def _explain(count: int, user: User) -> str:
    names = list(CHAMBERS.values())[:count]
    for code in list(CHAMBERS)[:count]:
        put(item_of(make_submission(code, year=YEAR - 1)), 40)
        make_submission(code)
    run = stage(workbook([row(900, organisation=name) for name in names]), user)
    cause = run.causes.filter(code="no_jump_from_last_year")[0]
    return reverse("measures:import_explain", args=[run.pk, cause.pk])


def _profiles(count: int, user: User) -> str:
    for number in range(count):
        ImportProfile.objects.create(
            supplier=Organisation.objects.get(code=list(CHAMBERS)[number]),
            fingerprint=f"f{number}",
            label="Meldung",
            answers={"table": {}},
            confirmed_by=UserFactory(),
        )
    return reverse("measures:import_profiles")


def _aliases(count: int, user: User) -> str:
    for number in range(count):
        SupplierAlias.objects.create(
            supplier=Organisation.objects.get(code=list(CHAMBERS)[number]),
            kind="organisation",
            found=f"Dom {number}",
            code=list(CHAMBERS)[number],
            confirmed_by=UserFactory(),
        )
    return reverse("measures:import_aliases")


def stated(count: int, year: int = 2016) -> None:
    """So many chambers report and are approved."""
    for code in list(CHAMBERS)[:count]:
        state(code, "additional_places", year, 5)
    approve(*list(CHAMBERS)[:count], year=year)


def _overview(address: str) -> Fill:
    """Both years, since there is a target for the first alone."""

    def fill(count: int, user: User) -> str:
        stated(count, 2015)
        stated(count)
        return f"{address}?jahr=2016"

    return fill


def _saved_views(count: int, user: User) -> str:
    for number in range(count):
        SavedView.objects.create(person=user, name=f"View {number}", view="offers")
    return reverse("reporting:saved_view_list")


def _texts(count: int, user: User) -> str:
    for code in list(CHAMBERS)[:count]:
        narrative = asked(code, assignee=user)
        for language in ("de", "en"):
            written(narrative, "Text", user, language)
    return reverse("reporting:narrative_list")


def _text(name: str, *more: str) -> Fill:
    def fill(count: int, user: User) -> str:
        narrative = asked("IHK-142", assignee=user)
        for number in range(count):
            decided_text(written(narrative, f"Text {number}", UserFactory()), user)
        return reverse(f"reporting:{name}", args=[narrative.pk, *more])

    return fill


def _start(count: int, user: User) -> str:
    """Something in each section: to decide, to confirm, to answer, extended, changed by others."""
    for code in list(CHAMBERS)[:count]:
        submission = make_submission(code)
        put(item_of(submission), 5)
        move(submission, "submitted")
        commented(submission, UserFactory(), side=Side.REVIEW, with_file=False)
        extended(submission, submission.round.closes_on + dt.timedelta(days=9))
        stage(workbook([row(5, organisation=CHAMBERS[code])]), user)
        make_submission(code, year=YEAR + 1)
    return reverse("reporting:start")


def _start_of_contributor(count: int, user: User) -> str:
    """One year more, so that there is always one to compare with the year before."""
    for place in range(count + 1):
        submission = make_submission("IHK-142", year=YEAR + place)
        put(item_of(submission), 5)
        marked(submission)
        commented(submission, UserFactory(), side=Side.REVIEW, with_file=False)
    return reverse("reporting:start")


def _trail(count: int, user: User) -> str:
    stated(count)
    return reverse("reporting:trail", args=["additional_places", 2016])


def _training_market(count: int, user: User) -> str:
    """So many Länder with all that a ratio needs."""
    laender = [(f"{number:02}", "_T") for number in range(1, count + 1)]
    for indicator in ("new_contracts_survey", "unfilled_30sep", "still_searching_30sep"):
        state_cells("BA", indicator, 2016, dict.fromkeys(laender, 90))
    approve("BA", year=2016)
    return "/auswertungen/training_market/?year=2016"


def _figures(count: int, user: User) -> str:
    places = (("05", "_T", "_T"), ("05", "_U", "_T"), ("_U", "_T", "_T"))[:count]
    state("IHK-142", "training_placements", 2016, dict.fromkeys(places, 5))
    approve("IHK-142", year=2016)
    return reverse("reporting:figure", args=["training_placements", 2016, "IHK-142"])


def report_of(count: int, user: User, year: int = 2016, data: SnapshotData | None = None) -> ProgressReport:
    """A finished report with so many documents, resting on so many chambers' figures."""
    stated(count)
    data = (data or make_snapshot()).to_json()
    snapshot = Snapshot.objects.create(
        year=year,
        data=data.decode(),
        sha256=hashlib.sha256(data).hexdigest(),
        taken_at=timezone.now(),
        taken_by=user,
    )
    versions = FigureVersion.objects.filter(item__indicator__code="additional_places", pgh_label="insert")
    FigureUse.objects.bulk_create(
        FigureUse(version=version, snapshot=snapshot.sha256, year=year) for version in versions
    )
    report = _report(user, year, snapshot)
    _documents(report, count)
    return report


def _report(user: User, year: int, snapshot: Snapshot | None) -> ProgressReport:
    return ProgressReport.objects.create(
        year=year,
        requested_by=user,
        snapshot=snapshot,
        status="ready" if snapshot else "queued",
        finished_at=timezone.now() if snapshot else None,
    )


def another_report(report: ProgressReport, *, documents: int = 1) -> ProgressReport:
    """A report of the same data that somebody else asked for."""
    other = _report(UserFactory(), report.year, report.snapshot)
    _documents(other, documents)
    return other


def released(report: ProgressReport) -> ProgressReport:
    """The report, released by somebody who has nothing to do with it."""
    cleared(report)
    return release_report(report_id=report.pk, actor=UserFactory(), seen=report_version(report))


def cleared(report: ProgressReport) -> ProgressReport:
    """The report with its figures checked, its audit made and every warning of the checklist accepted."""
    FigureVerification.objects.create(began_at=timezone.now())
    audit(snapshot_id=report.snapshot_id)
    for line in checklist(report):
        assert not line.is_error or not line.text, line.text
        if line.is_open_warning:
            WarningAcknowledgement.objects.create(
                report=report, finding=line.finding, text=line.text, reason="x", person=UserFactory()
            )
    return report


def _documents(report: ProgressReport, count: int) -> None:
    for language, document_format in list(product(("de", "en"), ("html", "pdf")))[:count]:
        DocumentProduction.objects.create(
            report=report, language=language, format=document_format, status="done"
        )
        file = ContentFile(b"1", name=f"{report.pk}-{language}.{document_format}")
        digest = hashlib.sha256(b"1").hexdigest()
        Document.objects.create(
            report=report, language=language, format=document_format, file=file, sha256=digest, size=1
        )


def _reports(count: int, user: User) -> str:
    first = report_of(1, user)
    for _ in range(count - 1):
        released(another_report(first, documents=3))
    return reverse("reporting:report_list")


def _schedules(count: int, user: User) -> str:
    """As many, each with as many times in the past."""
    for _ in range(count):
        schedule = ReportSchedule.objects.create(
            owner=user,
            report_type="land",
            scope="05",
            recurrence="yearly",
            first_on=dt.date(2017, 3, 1),
            time=dt.time(8),
            next_at=timezone.now(),
        )
        for number in range(count):
            due_at = timezone.now() - dt.timedelta(days=number)
            ScheduledReport.objects.create(schedule=schedule, due_at=due_at, problem="x")
    return reverse("reporting:schedule_list")


def _readers(count: int, user: User) -> str:
    """A report with as many readers before its release."""
    report = report_of(1, UserFactory())
    for number in range(count):
        ReportPreview.objects.create(
            report=report,
            name=f"Reader {number}",
            email="reader@example.org",
            token_hash=f"{number}",
            invited_by=user,
            expires_at=timezone.now() + dt.timedelta(days=1),
        )
    return reverse("reporting:report_release", args=[report.pk])


def _preview(name: str, *more: str) -> Fill:
    """A report as a reader sees it who has opened the link."""

    def fill(count: int, user: User) -> str:
        ReportPreview.objects.create(
            report=report_of(1, UserFactory()),
            name="Reader",
            email="reader@example.org",
            token_hash=hash_of("token"),
            invited_by=user,
            expires_at=timezone.now() + dt.timedelta(days=1),
            opened_at=timezone.now(),
        )
        return reverse(f"reporting:{name}", args=["token", *more])

    return fill


def _subscription(part: str) -> Fill:
    """Where the links lead in the mail that asks an address."""

    def fill(count: int, user: User) -> str:
        subscribe(email="reader@example.org", language=Language.GERMAN)
        return re.search(rf"/de/berichte/{part}/[^/]+/", OutgoingMail.objects.get().body).group(0)

    return fill


def _of_report(name: str, *more: object) -> Fill:
    def fill(count: int, user: User) -> str:
        return reverse(f"reporting:{name}", args=[report_of(count, user).pk, *more])

    return fill


DOWNLOAD_RECORDED = 3
"""The queries in which a download is recorded: one, in a transaction of its own."""

LIST_PAGES = {
    "partners:organisation_list": ListPage(8, _organisations),
    "partners:organisation_list, searched": ListPage(7, _found_organisations),
    "partners:organisation_detail": ListPage(15, _people, "auditor"),
    "partners:factor_reset_list": ListPage(8, _factor_resets),
    # What was logged while the catalogue was loaded fills the first page.
    "measures:history_search": ListPage(87, _history("history_search"), "auditor", grows=False),
    "measures:history_search, figures": ListPage(12, _history("history_search", "?kind=figures"), "auditor"),
    "measures:history_search, steps": ListPage(8, _history("history_search", "?kind=steps"), "auditor"),
    "measures:history_search, security alone": ListPage(8, _security_events, "auditor"),
    "measures:history_export": ListPage(89 + DOWNLOAD_RECORDED, _history("history_export"), "auditor"),
    "measures:cell_history": ListPage(15, _cell, "contributor", "IHK-142"),
    "measures:hand_over": ListPage(17, _open_work),
    "partners:list_transfers": ListPage(7, _transfers),
    "usersessions_list": ListPage(9, _sessions),
    "partners:notice_list": ListPage(10, _notices, "contributor", "IHK-142"),
    "partners:bounce_list": ListPage(10, _bounces),
    "measures:measure_list": ListPage(12, _measures),
    "measures:measure_detail": ListPage(16, _indicators_of_measure),
    "measures:import_list": ListPage(10, _imports),
    "measures:import_detail": ListPage(19, _of_staged("import_detail")),
    "measures:import_detail, applied": ListPage(20, _applied),
    "measures:import_mapping": ListPage(16, _mapping),
    "measures:import_row": ListPage(20, _held_row),
    "measures:import_undo": ListPage(17, _undo),
    "measures:import_explain": ListPage(8, _explain),
    "measures:import_profiles": ListPage(8, _profiles),
    "measures:import_aliases": ListPage(9, _aliases),
    "measures:import_marked": ListPage(8 + DOWNLOAD_RECORDED, _of_staged("import_marked"), is_kept=True),
    "measures:import_report": ListPage(16 + DOWNLOAD_RECORDED, _of_staged("import_report")),
    "measures:import_own_workbook": ListPage(17 + DOWNLOAD_RECORDED, _import_own_workbook),
    "measures:submission_list": ListPage(10, _submissions("submission_list"), "reviewer"),
    "measures:submission_detail": ListPage(19, _of_submission("submission_detail"), "contributor", "IHK-142"),
    "measures:submission_submit": ListPage(19, _submission_to_submit, "contributor", "IHK-142"),
    "measures:submission_own_workbook": ListPage(
        16 + DOWNLOAD_RECORDED, _of_submission("submission_own_workbook")
    ),
    "measures:submission_breakdown": ListPage(9, _of_submission("submission_breakdown")),
    "measures:submission_occupations": ListPage(25, _occupations, "contributor", "IHK-142"),
    "measures:submission_history": ListPage(11, _of_submission("submission_history", *TO_AND_FRO)),
    "measures:meeting_list": ListPage(8, _meetings),
    "measures:meeting_detail": ListPage(11, _meeting),
    "measures:resolution_list": ListPage(11, _resolutions("resolution_list")),
    "measures:resolution_csv": ListPage(10 + DOWNLOAD_RECORDED, _resolutions("resolution_csv")),
    "measures:resolution_detail": ListPage(12, _resolution),
    "measures:commitment_detail": ListPage(9, _commitment),
    "measures:round_list": ListPage(7, _rounds),
    "measures:round_detail": ListPage(15, _round("round_detail")),
    "measures:round_change": ListPage(9, _round("round_change")),
    "measures:review_list": ListPage(14, _submissions("review_list"), "reviewer"),
    "measures:review_detail": ListPage(23, _sent_back_once, "reviewer"),
    "measures:submission_approve": ListPage(24, _submission_to_approve, "reviewer"),
    "measures:submission_discussion": ListPage(12, _comments, "contributor", "IHK-142"),
    "measures:review_missing": ListPage(13, _drafts("review_missing"), "reviewer"),
    "measures:review_missing, who remind": ListPage(16, _drafts("review_missing"), "coordinator", "DIHK"),
    "measures:review_missing_csv": ListPage(
        13 + DOWNLOAD_RECORDED, _drafts("review_missing_csv"), "reviewer"
    ),
    "measures:review_missing_xlsx": ListPage(
        13 + DOWNLOAD_RECORDED, _drafts("review_missing_xlsx"), "reviewer"
    ),
    "measures:check_list": ListPage(8, _checks, "contributor", "IHK-142"),
    "measures:check_detail": ListPage(11, _check),
    "measures:check_trial": ListPage(15, _tried),
    "measures:submission_explain": ListPage(17, _queries, "contributor", "IHK-142"),
    "measures:review_batch": ListPage(8, _batch, "reviewer"),
    "measures:review_batch, to confirm": ListPage(25, _batch_to_confirm, "reviewer"),
    "reporting:saved_view_list": ListPage(7, _saved_views, "contributor", "IHK-142"),
    "reporting:narrative_list": ListPage(8, _texts, "reviewer"),
    "reporting:narrative_detail": ListPage(8, _text("narrative_detail"), "reviewer"),
    "reporting:start": ListPage(21, _start, "data_steward"),
    "reporting:start, to record": ListPage(27, _start_of_contributor, "contributor", "IHK-142"),
    "reporting:start, to review": ListPage(23, _start, "reviewer"),
    "reporting:dashboard": ListPage(25, _overview("/uebersicht/"), "reviewer", grows=False),
    "reporting:attainment_svg": ListPage(
        25 + DOWNLOAD_RECORDED, _overview("/zielerreichung.svg"), "reviewer", grows=False
    ),
    "reporting:attainment_csv": ListPage(
        25 + DOWNLOAD_RECORDED, _overview("/zielerreichung.csv"), "reviewer"
    ),
    "reporting:trail": ListPage(18, _trail, "reviewer"),
    "reporting:figure": ListPage(17, _figures, "reviewer"),
    "reporting:view": ListPage(16, _overview("/auswertungen/reported/"), "reviewer", grows=False),
    "reporting:view, training market": ListPage(18, _training_market, "reviewer", grows=False),
    "reporting:report_list": ListPage(13, _reports, "reviewer"),
    "reporting:schedule_list": ListPage(15, _schedules, "reviewer"),
    "reporting:report_release": ListPage(18, _readers, "reviewer"),
    "reporting:report_detail": ListPage(9, _of_report("report_detail"), "reviewer"),
    "reporting:report_trail": ListPage(12, _of_report("report_trail", "additional_places", 2016), "reviewer"),
}
"""The lists by the names of their addresses; after a comma, another state of the same page."""


@dataclass(frozen=True)
class SinglePage:
    """A page of one thing: who opens it, and how that thing comes to be.

    ``needs_no_account``: its address is all that a stranger needs.
    """

    fill: Fill
    role: str = "data_steward"
    organisation: str = "BMAS"
    needs_no_account: bool = False


def _mark_to_answer(count: int, user: User) -> str:
    mark = marked(_submission_of(count))
    return reverse("measures:mark_answer", args=[mark.item.submission_id, mark.pk])


def _attachment(count: int, user: User) -> str:
    comment = commented(_submission_of(count))
    attachment = comment.attachments.get()
    return reverse("measures:submission_attachment", args=[comment.submission_id, attachment.pk])


def _submission_at(name: str, *steps: str) -> Fill:
    def fill(count: int, user: User) -> str:
        return reverse(f"measures:{name}", args=[move(_submission_of(count), *steps).pk])

    return fill


def _of_check(name: str, **facts: str) -> Fill:
    def fill(count: int, user: User) -> str:
        return reverse(f"measures:{name}", args=[make_check(**facts).code])

    return fill


def _waiver_to_end(count: int, user: User) -> str:
    return reverse("measures:waiver_end", args=[waived(make_check(), UserFactory()).pk])


def _explanation_to_judge(count: int, user: User) -> str:
    submission = jumping()
    explanation = explained(submission, UserFactory())
    move(submission, "submitted")
    return reverse("measures:explanation_judge", args=[submission.pk, explanation.pk])


def _reminder_to_write(_count: int, _user: User) -> str:
    MembershipFactory(role="contributor", organisation_code="IHK-142")
    return f"{reverse('measures:review_remind')}?chosen={make_submission().pk}"


SINGLE_PAGES = {
    "measures:review_remind": SinglePage(_reminder_to_write),
    "measures:check_create": SinglePage(lambda _count, _user: reverse("measures:check_create")),
    "measures:check_change": SinglePage(_of_check("check_change")),
    "measures:check_activate": SinglePage(_of_check("check_activate", status="draft")),
    "measures:check_end": SinglePage(_of_check("check_end")),
    "measures:check_waive": SinglePage(_of_check("check_waive")),
    "measures:waiver_end": SinglePage(_waiver_to_end),
    "measures:explanation_judge": SinglePage(_explanation_to_judge, "reviewer"),
    "partners:list_transfer_file": SinglePage(_exported),
    "partners:list_transfer": SinglePage(
        lambda _count, user: reverse("partners:list_transfer", args=[_transfer(user).pk])
    ),
    "partners:notice_preferences": SinglePage(lambda _count, _user: reverse("partners:notice_preferences")),
    "partners:invitation_create": SinglePage(
        lambda _count, _user: reverse("partners:invitation_create", args=["DIHK"])
    ),
    "measures:import_file": SinglePage(_of_staged("import_file")),
    "measures:import_discard": SinglePage(_of_staged("import_discard")),
    "measures:meeting_create": SinglePage(lambda _count, _user: reverse("measures:meeting_create")),
    "measures:meeting_change": SinglePage(_to_change("meeting_change", make_meeting)),
    "measures:resolution_create": SinglePage(_to_change("resolution_create", make_meeting)),
    "measures:resolution_change": SinglePage(_to_change("resolution_change", make_resolution)),
    "measures:calendar": SinglePage(lambda _count, _user: reverse("measures:calendar")),
    "measures:round_create": SinglePage(lambda _count, _user: reverse("measures:round_create")),
    "measures:round_close": SinglePage(_round("round_close")),
    "measures:round_reopen": SinglePage(lambda _count, _user: reverse("measures:round_reopen", args=[2018])),
    "measures:submission_extend": SinglePage(_submission_at("submission_extend")),
    "measures:submission_correct": SinglePage(
        _submission_at("submission_correct", "submitted", "approved"), "contributor", "IHK-142"
    ),
    "measures:mark_answer": SinglePage(_mark_to_answer, "contributor", "IHK-142"),
    "measures:submission_attachment": SinglePage(_attachment, "contributor", "IHK-142"),
    "reporting:narrative_ask": SinglePage(
        lambda _count, _user: reverse("reporting:narrative_ask"), "reviewer"
    ),
    "reporting:view_list": SinglePage(lambda _count, _user: reverse("reporting:view_list"), "reviewer"),
    "reporting:market_quantity": SinglePage(
        lambda _count, _user: reverse("reporting:market_quantity", args=["eanr", 2016]), "reviewer"
    ),
    "reporting:report_progress": SinglePage(_of_report("report_progress"), "reviewer"),
    "reporting:document": SinglePage(_of_report("document", "de", "pdf"), "reviewer"),
    "reporting:preview": SinglePage(_preview("preview"), "reviewer", needs_no_account=True),
    "reporting:preview_read": SinglePage(_preview("preview_read"), "reviewer", needs_no_account=True),
    "reporting:preview_document": SinglePage(
        _preview("preview_document", "de", "html"), "reviewer", needs_no_account=True
    ),
    "public:subscription": SinglePage(
        lambda _count, _user: reverse("public:subscription"), "reviewer", needs_no_account=True
    ),
    "public:subscription_confirm": SinglePage(_subscription("abonnieren"), "reviewer", needs_no_account=True),
    "public:subscription_end": SinglePage(_subscription("abbestellen"), "reviewer", needs_no_account=True),
}
"""What shows one thing at a time and needs it to be there, by the names of its addresses."""

WITHOUT_LISTS = {
    "set_language": "answers with the way back",
    **dict.fromkeys(
        (
            "public:home",
            "public:reports",
            "public:report_latest",
            "public:report",
            "public:document",
            "public:manifest",
            "public:signature",
            "public:feed",
            "public:figure",
            "public:figure_of_part",
            "public:figure_of_two_parts",
            "public:data",
            "public:data_set",
            "public:data_csv",
            "public:catalogue",
            "public:search",
            "public:verify",
            "public:keys",
            "sitemap",
            "robots",
        ),
        "for everybody; tests/reporting/public counts it",
    ),
    "pages:about": "a text",
    "pages:easy": "a text",
    "measures:review_remind": "a form",
    "pages:barrier_report": "a form",
    "partners:page_text_list": "a line for each page and language",
    "partners:page_text_change": "a form",
    "pages:imprint": "a text",
    "pages:privacy": "a text",
    "pages:accessibility": "a text",
    "partners:notice_preferences": "a form with every kind of notices",
    "partners:notice_unsubscribe": "a question",
    "partners:invitation_create": "a form",
    "partners:invitation_accept": "a form",
    "partners:invitation_open": "answers with the way on",
    "partners:second_factor": "a text",
    "partners:signed_out": "a text",
    "partners:factor_reset_request": "a form",
    "partners:impersonation_begin": "a form",
    "partners:list_transfer": "one list on its way",
    "partners:list_transfer_file": "one file from the disk",
    "measures:import_file": "one file from the disk",
    "measures:import_discard": "a question",
    "measures:submission_correct": "a form",
    "measures:submission_extend": "a form",
    "measures:meeting_create": "a form with every partner",
    "measures:meeting_change": "a form with every partner",
    "measures:resolution_create": "a form with every partner, measure, indicator and target",
    "measures:resolution_change": "a form with every partner, measure, indicator and target",
    "measures:calendar": "whether there is an address",
    "measures:calendar_file": "for programs; tests/measures/meetings/test_calendar.py counts it",
    "measures:round_create": "a form with every indicator of the catalogue",
    "measures:round_close": "a form",
    "measures:round_reopen": "a form",
    "measures:mark_answer": "a form",
    "measures:check_create": "a form with every indicator of the catalogue",
    "measures:check_change": "a form with every indicator of the catalogue",
    "measures:check_activate": "a form",
    "measures:check_end": "a form",
    "measures:check_waive": "a form with every organisation and indicator",
    "measures:waiver_end": "a form",
    "measures:explanation_judge": "a form",
    "measures:submission_attachment": "one file from the disk",
    "reporting:view_list": "the views, from no table",
    "reporting:narrative_ask": "a form",
    "reporting:market_quantity": "the parts of one number, as many as its formula has",
    "reporting:report_progress": "one report",
    "reporting:document": "one file from the disk",
    "reporting:preview": "a question",
    "reporting:preview_read": "one report",
    "reporting:preview_document": "one file from the disk",
    "public:subscription": "a question",
    "public:subscription_confirm": "a question",
    "public:subscription_end": "a question",
}
"""What shows one thing at a time, with what that is. Pages of accounts by allauth have no lists."""

WRITING = {
    "csp_report",
    "partners:factor_reset_confirm",
    "partners:factor_reset_withdraw",
    "partners:invitation_revoke",
    "partners:impersonation_end",
    "partners:organisation_choose",
    "partners:list_transfer_confirm",
    "partners:list_transfer_discard",
    "partners:notice_open",
    "partners:notices_read",
    "partners:bounce_forget",
    "partners:session_end",
    "partners:sessions_end_others",
    "measures:import_forget",
    "measures:import_profile_delete",
    "measures:import_alias_delete",
    "measures:import_apply",
    "measures:import_apply_corrected",
    "measures:import_cancel",
    "measures:import_resume",
    "measures:submission_cell",
    "measures:commitment_report",
    "measures:commitment_decide",
    "measures:calendar_revoke",
    "measures:submission_paste",
    "measures:submission_occupation_cell",
    "measures:submission_occupation_paste",
    "measures:submission_endorse",
    "measures:submission_send_back",
    "measures:submission_begin_review",
    "measures:submission_withdraw",
    "measures:submission_ask_back",
    "measures:submission_withdraw_correction",
    "measures:review_selection",
    "measures:review_batch_create",
    "reporting:document_repeat",
    "reporting:schedule_stop",
    "reporting:report_request",
    "reporting:narrative_write",
    "reporting:narrative_decide",
    "reporting:warning_accept",
    "reporting:publication_cancel",
    "reporting:report_verify",
    "reporting:report_withdraw",
    "reporting:report_correct",
    "reporting:preview_invite",
    "reporting:preview_revoke",
    "reporting:saved_view_create",
    "reporting:saved_view_change",
    "reporting:saved_view_delete",
}
"""What answers to POST alone."""

ADMIN_LISTS = {
    "partners.Organisation": 15,
    "partners.Region": 14,
    "partners.User": 14,
    "partners.Membership": 14,
    "partners.Invitation": 14,
    "measures.Indicator": 15,
    "measures.Target": 16,
    "measures.Measure": 15,
    "measures.Objective": 14,
    "measures.FundingSource": 14,
    "measures.MeasureFunding": 16,
    "measures.TargetGroup": 14,
    "measures.Occupation": 15,
    "measures.Phase": 14,
    "measures.Product": 14,
    "measures.Outcome": 14,
    "measures.Lesson": 14,
    "measures.Figure": 15,
    "measures.ApprovedFigure": 15,
    "measures.FigureVersion": 14,
    "measures.ImportRun": 14,
    "measures.SourceFile": 14,
    "measures.ImportProfile": 15,
    "measures.SupplierAlias": 15,
    "measures.ReportingRound": 14,
    "measures.Submission": 15,
    "measures.SubmissionEvent": 16,
}
"""The lists of the administration by model, with what each may ask."""


def fill_administration(user: User) -> None:
    """At least three entries in every list; the catalogue has its own."""
    MembershipFactory.create_batch(3)
    invitations(3, user)
    imports(3, user)
    _profiles(3, user)
    _aliases(3, user)
    stated(3)
    mentoring = MeasureFunding.objects.earliest("pk")
    MeasureFunding.objects.create(measure=mentoring.measure, source=mentoring.source, year=2016, amount=5)
    for model in (Phase, Product):
        known = model.objects.earliest("pk")
        for number in range(2):
            known.pk, known.code = None, f"X{number}"
            known.save(force_insert=True)
