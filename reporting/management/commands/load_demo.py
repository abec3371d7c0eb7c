"""The demo's data, made through the services that people's pages use. Whatever is there already stays."""

import datetime as dt
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.files import File
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from measures.admin.funding import FundingResource
from measures.enums import CommitmentState, Origin
from measures.import_workflow import ImportStatus
from measures.models import Figure, ImportRun, Item, Measure, Meeting, ReportingRound, Submission
from measures.selectors.round_plans import plan_of
from measures.selectors.submission_versions import version_of, versions_of
from measures.services.imports.reading.read import read_import
from measures.services.imports.receiving import receive_file
from measures.services.imports.writing.apply import apply_import
from measures.services.meetings.commitments import report_commitment
from measures.services.meetings.keeping import create_meeting, create_resolution
from measures.services.recording import CellEntry, save_figures
from measures.services.review import approve_submissions, send_back_submission, submit_submissions
from measures.services.rounds import change_round
from measures.typed_values import Entry
from measures.workflow import SubmissionStatus
from partners.enums import Role
from partners.models import Membership, Organisation, User
from partners.permissions import access_for
from partners.services.list_transfers.work import ENCODING, FORMATS
from reporting import tasks
from reporting.editions.types import ANNUAL
from reporting.enums import ReportStatus
from reporting.models import ProgressReport
from reporting.querysets import ProgressReportQuerySet
from reporting.selectors.checklist import checklist
from reporting.selectors.report_versions import version_of as report_version
from reporting.selectors.reports import headline_lines
from reporting.services.release import accept_warning, release_report
from reporting.services.releases.audits import audit_waiting
from reporting.services.releases.verification import verify_figures
from reporting.services.reports import request_report

SAMPLES = Path(settings.BASE_DIR) / "samples"
REPORT_YEAR, OPEN_YEAR, COMING_YEAR = 2016, 2017, 2018
APPROVED_YEARS = (2015, 2016, 2017, 2018)
"""Of the last two only the statistics of the employment agency: the samples have nothing else of them."""
RELEASER = "freigabe@demo.example"
PAUSE = 0.2

LOGINS = (
    ("koeln@demo.example", Role.CONTRIBUTOR, "IHK-142", "Karin", "Köln"),
    ("dihk@demo.example", Role.COORDINATOR, "DIHK", "Doris", "Dach"),
    ("pruefung@demo.example", Role.REVIEWER, "BMAS", "Peter", "Prüfer"),
    ("freigabe@demo.example", Role.REVIEWER, "BMAS", "Frida", "Freigabe"),
    ("daten@demo.example", Role.DATA_STEWARD, "BMAS", "Dana", "Daten"),
    ("revision@demo.example", Role.AUDITOR, "BMAS", "Rolf", "Revision"),
)
FILES = (  # name, who sent it, whether it is applied
    ("DIHK_Sammelmeldung_2015-2016.xlsx", "DIHK", True),
    ("ZDH_Handwerkskammern_2015-2016.xlsx", "ZDH", True),
    ("BFB_Laender_2015-2016.csv", "BFB", True),
    ("BA_AsA_2015.ods", "BA", True),
    ("IHK_Koeln_Berufe_2016.xls", "IHK-142", True),
    ("IHK_Koeln_fehlerhaft.xlsx", "IHK-142", False),
    ("BIBB_Ausbildungsmarkt_2015-2018.xlsx", "BA", True),
    ("BA_Bewerber_2015-2016.xlsx", "BA", True),
    ("Beispiel_Berufsbereiche_2015-2018.xlsx", "BA", True),
    ("Beispiel_Nachvermittlung_2015-2016.xlsx", "BMAS", True),
)
MONEY = "Beispiel_Ausgaben_2015-2018.csv"
RECORDED = (  # in the open round: organisation, figures, how far it is
    ("IHK-142", {"additional_places": 540, "training_placements": 210}, SubmissionStatus.DRAFT),
    ("IHK-101", {"additional_places": 96, "welcome_mentors": 1}, SubmissionStatus.SUBMITTED),
    ("HWK-00091", {"additional_places": 120, "training_placements": 88}, SubmissionStatus.RETURNED),
)
MEETING_BODIES = ("BMAS", "BMWi", "BMBF", "BA", "BDA", "DIHK", "ZDH", "BFB", "DGB")
HELD = {
    "title_de": "Steuerungskreis (Beispiel)",
    "title_en": "Steering group (example)",
    "agenda": "1. Stand der Meldungen\n2. Praktikumsplätze\n3. Verschiedenes",
    "minutes": "Zu 1.: Die Meldungen des Vorjahres liegen vor.\n\nZu 2.: Die Zahl der Praktikumsplätze soll "
    "künftig einzeln gemeldet werden; siehe Beschluss.\n\nZu 3.: Nichts.",
}
COMING = {
    "title_de": "Spitzentreffen (Beispiel)",
    "title_en": "Top-level meeting (example)",
    "agenda": "1. Bilanz des Jahres\n2. Nachvermittlung\n3. Termine",
}
RESOLVED = {
    "title_de": "Praktikumsplätze einzeln melden (Beispiel)",
    "title_en": "Report internship places one by one (example)",
    "text_de": "Die Dachorganisationen stellen sicher, dass ihre Kammern die Praktikumsplätze melden.",
    "is_reported": False,
}


class Command(BaseCommand):
    help = """Load the demo: a login for each role, the sample spreadsheets imported and approved, the
next round begun, the progress report produced by the worker and released by a second reviewer.
Run again, it changes nothing."""
    requires_system_checks = []  # "migrate", which comes before, has made them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-wait", action="store_true", help="do not wait for the report")
        parser.add_argument(
            "--timeout", type=int, default=120, metavar="SECONDS", help="how long to wait for it"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not ReportingRound.objects.exists():
            call_command("load_catalogue", stdout=self.stdout)
        people = create_logins()
        steward, reviewer = people[Role.DATA_STEWARD], people[Role.REVIEWER]
        for name in import_samples(steward):
            self.stdout.write(_("Imported: %(name)s") % {"name": name})
        import_money(steward)
        approve_reported(steward, reviewer)
        open_next_round(steward)
        record_next_round(people)
        hold_meetings(people)
        report = report_asked_for(reviewer)
        if not options["no_wait"]:
            self._wait_for(report, options["timeout"])
        release_if_ready(report)
        self._report()

    def _wait_for(self, report: ProgressReport, seconds: int) -> None:
        deadline = time.monotonic() + seconds
        while report.status in ReportStatus.pending:
            if time.monotonic() > deadline:
                message = _(
                    "No worker produced the %(year)s report within %(seconds)s seconds. Start one with "
                    "“celery -A alliance_portal worker”, or use --no-wait."
                )
                raise CommandError(message % {"year": report.year, "seconds": seconds})
            time.sleep(PAUSE)
            report.refresh_from_db()
        if report.status == ReportStatus.FAILED:
            raise CommandError(report.error)

    def _report(self) -> None:
        self.stdout.write("\n" + _("Logins"))
        for email, role, organisation, *_names in LOGINS:
            self.stdout.write(f"  {email:<24} {password_of(email):<14} {role.label} ({organisation})")
        released = annual_reports().filter(status=ReportStatus.RELEASED).first()
        if released and released.snapshot:
            self.stdout.write(
                "\n" + _("Published figures (progress report %(year)s)") % {"year": REPORT_YEAR}
            )
            for line in headline_lines(released.snapshot.frozen):
                self.stdout.write(f"  {line}")


def password_of(email: str) -> str:
    """The same each time on one installation, and different on every other secret key."""
    return "demo-" + salted_hmac("load_demo", email).hexdigest()[:8]


@transaction.atomic
def create_logins() -> dict[Role, User]:
    """Everybody of the list; of each role the first is returned."""
    people: dict[Role, User] = {}
    for email, role, organisation, first_name, last_name in LOGINS:
        user = User.objects.filter(email=email).first() or User.objects.create_user(
            email,
            password_of(email),
            first_name=first_name,
            last_name=last_name,
            is_staff=role == Role.DATA_STEWARD,
        )
        confirmed = {"verified": True, "primary": True}
        EmailAddress.objects.get_or_create(user=user, email=email, defaults=confirmed)
        Membership.objects.get_or_create(
            user=user, organisation=Organisation.objects.get(code=organisation), role=role
        )
        people.setdefault(role, user)
    return people


def import_samples(steward: User) -> Iterator[str]:
    """Each file as the data steward sends it: received, read, applied. One that is in stays as it is."""
    for name, supplier, is_applied in FILES:
        path = SAMPLES / name
        if not path.is_file():
            raise CommandError(_("The sample %(name)s is missing. Make it: make samples") % {"name": name})
        if ImportRun.objects.filter(file_name=name, status__in=_done(is_applied)).exists():
            continue
        _import(path, supplier, steward, is_applied=is_applied)
        yield name


def _done(is_applied: bool) -> tuple[str, ...]:  # noqa: FBT001  # a question about one file
    return (
        (ImportStatus.APPLIED,)
        if is_applied
        else (ImportStatus.READY, ImportStatus.APPLIED, ImportStatus.DISCARDED)
    )


@transaction.atomic
def _import(path: Path, supplier: str, steward: User, *, is_applied: bool) -> None:
    access = access_for(steward)
    with path.open("rb") as handle:
        run = receive_file(
            upload=File(handle, name=path.name),
            name=path.name,
            actor=steward,
            supplier_id=Organisation.objects.get(code=supplier).pk,
        )
    read = read_import(run_id=run.pk, access=access, asks_for_mapping=False)
    if read is None or read.status != ImportStatus.READY:
        status = read.get_status_display() if read else ""
        raise CommandError(
            _("%(name)s could not be imported: %(status)s") % {"name": path.name, "status": status}
        )
    if is_applied:
        apply_import(run_id=run.pk, actor=steward, access=access)


def import_money(steward: User) -> None:
    """The example of spending, imported as the administration imports its list; again changes nothing."""
    dataset = FORMATS["csv"](encoding=ENCODING).create_dataset((SAMPLES / MONEY).read_bytes())
    FundingResource().import_data(dataset, raise_errors=True, user=steward)


@transaction.atomic
def approve_reported(steward: User, reviewer: User) -> None:
    """Submit and approve what the sample files brought, unless somebody has taken it up since."""
    of_samples = Figure.objects.filter(
        item__submission=OuterRef("pk"), import_run__file_name__in=[name for name, *_of_file in FILES]
    )
    reported = Submission.objects.filter(
        Exists(of_samples), round__year__in=APPROVED_YEARS, submitted_at=None
    )
    steps = submit_submissions(
        seen=versions_of(reported.values_list("pk", flat=True)),
        actor=steward,
        explanation=_("Checked against the sample files."),
    )
    if steps.held:
        raise CommandError(_("Some of the sample figures do not pass the checks; nothing was approved."))
    approved = approve_submissions(
        seen=versions_of(submission.pk for submission in steps.done), actor=reviewer
    )
    if len(approved.done) < len(steps.done):
        raise CommandError(_("Some of the sample figures could not be approved."))


def open_next_round(steward: User) -> None:
    """Move the window round today, so that there is something to record; the next one is a year later."""
    today = timezone.localdate()
    if ReportingRound.objects.get(year=OPEN_YEAR).is_open:
        return
    for year, opens_on in (
        (COMING_YEAR, today + dt.timedelta(days=335)),
        (OPEN_YEAR, today - dt.timedelta(days=30)),
    ):
        reporting_round = ReportingRound.objects.get(year=year)
        moved = replace(
            plan_of(reporting_round),
            opens_on=opens_on,
            closes_on=opens_on + dt.timedelta(days=90),
            due_on=opens_on + dt.timedelta(days=75),
        )
        change_round(
            round_id=reporting_round.pk,
            plan=moved,
            actor=steward,
            reason=_("So that there is something to record."),
        )


def record_next_round(people: dict[Role, User]) -> None:
    """Leave a draft, a submission in review and one sent back, if nothing is recorded yet."""
    by_people = Figure.objects.filter(item__submission__round__year=OPEN_YEAR, origin=Origin.FORM)
    if by_people.exists():
        return
    for organisation, stated, status in RECORDED:
        actor = people[Role.CONTRIBUTOR if organisation == "IHK-142" else Role.DATA_STEWARD]
        submission = Submission.objects.get(round__year=OPEN_YEAR, organisation__code=organisation)
        _record(submission, stated, actor)
        if status == SubmissionStatus.DRAFT:
            continue
        submit_submissions(seen=versions_of([submission.pk]), actor=actor, explanation=_("Checked."))
        if status == SubmissionStatus.RETURNED:
            send_back_submission(
                submission_id=submission.pk,
                actor=people[Role.REVIEWER],
                seen=version_of(submission.pk),
                reason=_("The number of additional places differs a lot from last year. Please check it."),
            )


def hold_meetings(people: dict[Role, User]) -> None:
    """One of the past with a commitment that was reported on, and one to come; if there are none yet."""
    if Meeting.objects.filter(code=None).exists():
        return
    today = timezone.localdate()
    held, coming = (
        create_meeting(
            values={"day": day, "begins": dt.time(10), "ends": dt.time(12), "place": "Berlin"} | values,
            lists={"organisations": Organisation.objects.filter(code__in=codes), "people": []},
        )
        for day, codes, values in (
            (today - dt.timedelta(days=40), MEETING_BODIES, HELD),
            (today + dt.timedelta(days=20), MEETING_BODIES, COMING),
        )
    )
    resolution = create_resolution(
        meeting_id=held.pk,
        values=RESOLVED | {"due_on": today + dt.timedelta(days=50)},
        lists={"measures": Measure.objects.filter(indicators__code="internships")},
        responsible=Organisation.objects.filter(code__in=["DIHK", "ZDH"]).values_list("pk", flat=True),
        actor=people[Role.DATA_STEWARD],
    )
    report_commitment(
        commitment_id=resolution.commitments.get(organisation__code="DIHK").pk,
        state=CommitmentState.IN_WORK,
        text="Die Kammern melden die Praktikumsplätze ab der nächsten Berichtsrunde einzeln.",
        evidence="Rundschreiben an die Kammern",
        actor=people[Role.COORDINATOR],
    )
    create_resolution(
        meeting_id=coming.pk,
        values={"title_de": "Termine des kommenden Jahres festlegen", "is_reported": False},
        lists={},
        responsible=[people[Role.DATA_STEWARD].memberships.get().organisation_id],
        actor=people[Role.DATA_STEWARD],
    )


def _record(submission: Submission, stated: dict[str, int], actor: User) -> None:
    items = Item.objects.filter(submission=submission, indicator__code__in=stated).select_related("indicator")
    cells = [
        CellEntry(
            item_id=item.pk,
            region=submission.organisation.region_id,
            entry=Entry(value=Decimal(stated[item.indicator.code])),
            seen=Entry(),
        )
        for item in items
    ]
    save_figures(submission_id=submission.pk, cells=cells, actor=actor)


def annual_reports() -> ProgressReportQuerySet:
    reports: ProgressReportQuerySet = ProgressReport.objects.filter(
        year=REPORT_YEAR, report_type=ANNUAL, scope=""
    )
    return reports


def report_asked_for(reviewer: User) -> ProgressReport:
    """The year's first report, or a new one for the worker. What people asked for later is left to them."""
    there = annual_reports().exclude(status=ReportStatus.FAILED).order_by("pk").first()
    if there and there.is_finished:
        return there
    with transaction.atomic():
        report = request_report(year=REPORT_YEAR, actor=reviewer)
        transaction.on_commit(partial(tasks.produce_report.delay, report.pk))
    return report


def release_if_ready(report: ProgressReport) -> None:
    """Release the report by the reviewer who neither approved nor asked for it."""
    report.refresh_from_db()
    if report.status == ReportStatus.READY:
        releaser = User.objects.get(email=RELEASER)
        audit_waiting()
        while not verify_figures():  # a worker does it as well, since it finished the report
            time.sleep(1)
        for line in checklist(report):
            if line.is_open_warning:
                reason = _("These are sample data.")
                accept_warning(report_id=report.pk, finding=line.finding, reason=reason, actor=releaser)
        release_report(report_id=report.pk, actor=releaser, seen=report_version(report))
