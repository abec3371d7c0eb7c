"""Import spreadsheets from the shell: what a person does in the browser, for files on disk."""

import contextlib
import hashlib
import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import transaction
from django.utils.translation import gettext as _

from measures.enums import Verdict
from measures.exceptions import MeasuresError
from measures.import_workflow import ImportStatus
from measures.importing.decisions import Decision
from measures.management.named import (
    REFUSED,
    ProgressLine,
    as_operator,
    person_named,
    profiles_named,
    shell_account,
    supplier_named,
)
from measures.models import ImportRun, Indicator, ReportingRound
from measures.selectors.imports.chains import shown_steps
from measures.selectors.imports.dependents import Dependents, dependents_of
from measures.selectors.imports.messages import why_in_words
from measures.selectors.imports.preview import causes
from measures.selectors.imports.report import figures, report_json, summary
from measures.selectors.visible_imports import VisibleImport
from measures.services.imports.errors import ImportHoldsRowsError, ImportNeedsReasonError, UploadRefusedError
from measures.services.imports.judging.explanations import explain_queries
from measures.services.imports.profiles.profiles import fingerprints as fingerprints_of
from measures.services.imports.reading.read import read_import
from measures.services.imports.receiving import receive_file
from measures.services.imports.writing.apply import apply_import
from measures.services.imports.writing.undo import undo_step
from partners.enums import Role
from partners.models import Organisation, User
from partners.permissions import Access

READY, HELD, QUESTION, NOTHING_WRITTEN = 0, 1, 3, 4
WORST_FIRST = (REFUSED, QUESTION, NOTHING_WRITTEN, HELD, READY)


class Command(BaseCommand):
    help = """Read spreadsheets and show what importing them would change; with --apply, import them.

Without --apply nothing is left behind. Exit codes: 0 ready or applied, 1 some values are held or wait for an
answer, 2 refused, 3 nothing can be read before a person answers, 4 nothing written because of
--all-or-nothing; of several files the worst: 2, then 3, then 4, then 1, then 0."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", metavar="FILE", type=Path)
        parser.add_argument("--organisation", metavar="CODE", help="who sent the files")
        parser.add_argument(
            "--profile", metavar="NAME", help="label or fingerprint of the profile the files must fit"
        )
        parser.add_argument(
            "--sheet", action="append", metavar="NAME", help="read this sheet only; repeatable"
        )
        parser.add_argument("--user", metavar="EMAIL", help="in whose name; otherwise the shell's own")
        parser.add_argument("--reason", default="", help="needed where submitted or approved figures change")
        writes = parser.add_mutually_exclusive_group()
        writes.add_argument("--dry-run", action="store_true", help="write nothing (the default)")
        writes.add_argument("--apply", action="store_true", help="write the figures")
        faulty = parser.add_mutually_exclusive_group()
        faulty.add_argument("--hold", action="store_true", help="hold faulty rows (the default)")
        faulty.add_argument("--all-or-nothing", action="store_true", help="any held row stops the whole file")
        parser.add_argument("--json", action="store_true", help="one JSON object per file and line")
        parser.add_argument("--report", metavar="FILE", type=Path, help="write the JSON to this file, too")
        parser.add_argument("--figures", action="store_true", help="list every figure, too")
        parser.add_argument(
            "--why",
            action="store_true",
            help="show what areas, rows, columns and words of titles were taken for, and why",
        )
        parser.add_argument("--explain", metavar="TEXT", default="", help="why the queried values are right")
        parser.add_argument("--undo", metavar="IMPORT", type=int, help="undo this import (with --apply)")
        parser.add_argument("--only-independent", action="store_true", help="undo what nothing rests on")

    def handle(self, *args: Any, **options: Any) -> None:
        with as_operator():
            self._handle(options)

    def _handle(self, options: dict[str, Any]) -> None:
        if not (Indicator.objects.exists() and ReportingRound.objects.exists()):
            raise CommandError(
                _("The catalogue is empty. Load it first: manage.py load_catalogue"), returncode=REFUSED
            )
        if bool(options["files"]) == bool(options["undo"]):
            raise CommandError(_("Name either files or an import to undo."), returncode=REFUSED)
        if options["undo"]:
            return self._undo(options)
        supplier = supplier_named(options["organisation"])
        profiles = profiles_named(options["profile"], supplier)
        if profiles:
            supplier = profiles[0].supplier
        options["fingerprints"] = {profile.fingerprint for profile in profiles}
        actor = person_named(options["user"])
        with contextlib.ExitStack() as opened:
            self.reports = [self.stdout.write] if options["json"] else []
            if options["report"]:
                try:
                    written = opened.enter_context(options["report"].open("w", encoding="utf-8"))
                except OSError as error:
                    raise CommandError(str(error), returncode=REFUSED) from error
                self.reports.append(OutputWrapper(written).write)
            outcomes = [self._import(path, actor, supplier, options) for path in options["files"]]
        worst = min(outcomes, key=WORST_FIRST.index)
        if worst != READY:
            raise SystemExit(worst)
        return None

    def _import(
        self, path: Path, actor: User | None, supplier: Organisation | None, options: dict[str, Any]
    ) -> int:
        if not path.is_file():
            return self._report_refused(path, _("There is no such file."), options)
        if not os.access(path, os.R_OK):
            return self._report_refused(path, _("The file may not be read."), options)
        decisions: list[Decision] = []
        why = decisions if options["why"] else None
        with transaction.atomic():
            try:
                run, outcome = _run(path, actor or shell_account(), supplier, options, decisions)
            except (UploadRefusedError, ImportNeedsReasonError) as error:
                transaction.set_rollback(True)
                return self._report_refused(path, str(error), options)
            for report in self.reports:
                for piece in report_json(VisibleImport(run), with_figures=options["figures"], decisions=why):
                    report(piece, ending="")
                report("")
            if not options["json"]:
                self._report(VisibleImport(run), options)
                self.stdout.writelines(f"  {line}\n" for line in why_in_words(why or ()))
            if outcome == NOTHING_WRITTEN:
                self.stderr.write(_("Nothing was written: some rows have errors."))
            if not options["apply"] or outcome not in {READY, HELD}:
                transaction.set_rollback(True)
        return outcome

    def _undo(self, options: dict[str, Any]) -> None:
        """Show what undoing the newest step would change and what rests on it; with --apply undo it."""
        run = ImportRun.objects.filter(pk=options["undo"]).first()
        steps = [shown.step for shown in shown_steps(run) if shown.action == "undo"] if run else []
        if not steps:
            raise CommandError(_("There is nothing to undo of this import."), returncode=REFUSED)
        actor = person_named(options["user"]) or shell_account()
        found = dependents_of(steps[-1], _access(actor))
        self.stdout.write(
            _("Can be undone: %(free)s; something else depends on: %(blocked)s") % found_counts(found)
        )
        for reason in found.reasons:
            self.stdout.write(f"  {reason.text}: {reason.count}")
        if options["apply"]:
            try:
                undo_step(
                    step_id=steps[-1].pk,
                    actor=actor,
                    access=_access(actor),
                    reason=options["reason"],
                    only_independent=options["only_independent"],
                )
            except MeasuresError as error:
                raise CommandError(str(error), returncode=REFUSED) from error
        if found.blocked:
            raise SystemExit(HELD)

    def _report_refused(self, path: Path, reason: str, options: dict[str, Any]) -> int:
        for report in self.reports:
            report(json.dumps(_refused(path, reason, options), ensure_ascii=False))
        if not options["json"]:
            self.stdout.write(f"{path.name}: {_('refused')}")
            self.stdout.write(f"  {reason}")
        return REFUSED

    def _report(self, visible: VisibleImport, options: dict[str, Any]) -> None:
        """The import as whoever is at the machine sees it: all of it."""
        run, described = visible.run, summary(visible)
        self.stdout.write(f"{run.file_name}: {run.get_status_display()}")
        if described["reason"]:
            self.stdout.write(f"  {described['reason']}")
        for table in described["tables"]:
            self.stdout.write("  " + _("Table %(sheet)s, %(data_range)s") % table)
        counts = [f"{verdict.label}: {described['counts'][verdict.value]}" for verdict in Verdict]
        counts.append(_("without a value: %(count)s") % {"count": described["counts"]["absent"]})
        self.stdout.write("  " + ", ".join(counts))
        for total in described["control_totals"]:
            self.stdout.write("  " + _total_line(total))
        for cause in causes(visible):
            cells = ", ".join(cause.cells) + (" …" if cause.more > 0 else "")
            self.stdout.write(f"  {cause.severity_label} {cause.sheet} {cells}: {cause.message}")
        for figure in figures(visible) if options["figures"] else ():
            key = (figure[name] for name in ("indicator", "year", "organisation", "region", "occupation"))
            shown = figure["absence"] if figure["value"] is None else figure["value"]
            self.stdout.write("  " + "  ".join(map(str, (*key, figure["target_group"], shown))))


def _refused(path: Path, reason: str, options: dict[str, Any]) -> dict[str, Any]:
    """A file that did not get as far as an import, in the form of those that did."""
    sha256 = ""
    if path.is_file() and os.access(path, os.R_OK):
        with path.open("rb") as handle:
            sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    return {
        "file": path.name,
        "sha256": sha256,
        "status": "refused",
        "reason": reason,
        "tables": [],
        "account": None,
        "counts": {verdict.value: 0 for verdict in Verdict} | {"absent": 0},
        "control_totals": [],
        "problems": [],
        **({"why": []} if options["why"] else {}),
        **({"figures": []} if options["figures"] else {}),
    }


def _total_line(total: dict[str, Any]) -> str:
    verdicts = {True: _("agrees"), False: _("differs from the sum %(sum)s"), None: _("cannot be checked")}
    stated = _("Control total %(sheet)s %(cell)s: %(stated)s")
    return f"{stated} – {verdicts[total['ok']]}" % total


def found_counts(found: Dependents) -> dict[str, int]:
    return {"free": found.free, "blocked": found.blocked}


def _access(actor: User) -> Access:
    return Access(user_id=actor.pk, roles=frozenset({Role.DATA_STEWARD.value}))


def _run(
    path: Path,
    actor: User,
    supplier: Organisation | None,
    options: dict[str, Any],
    decisions: list[Decision],
) -> tuple[ImportRun, int]:
    """Receive, read and, where asked, apply a file as a data steward does; keep why it was read so."""
    access, progress = _access(actor), ProgressLine()
    with path.open("rb") as handle:
        run = receive_file(
            upload=File(handle, name=path.name),
            name=path.name,
            actor=actor,
            access=access,
            supplier_id=supplier.pk if supplier else None,
            keeps_content=options["apply"],
        )
    run = (
        read_import(
            run_id=run.pk,
            access=access,
            asks_for_mapping=False,
            path=path,
            only_sheets=tuple(options["sheet"] or ()),
            report=progress,
            take_decisions=decisions.extend,
        )
        or run
    )
    outcome = _outcome(run, options["fingerprints"])
    if options["apply"] and run.status == ImportStatus.READY and outcome != QUESTION:
        if options["explain"]:
            explain_queries(run_id=run.pk, actor=actor, text=options["explain"])
        try:
            run = apply_import(
                run_id=run.pk,
                actor=actor,
                access=access,
                reason=options["reason"],
                hold_errors=not options["all_or_nothing"],
                report=progress,
            )
        except ImportHoldsRowsError:
            outcome = NOTHING_WRITTEN
    progress.end()
    return run, outcome


def _outcome(run: ImportRun, fingerprints: set[str]) -> int:
    if run.status in ImportStatus.unsuccessful:
        return REFUSED
    is_another_layout = bool(fingerprints) and fingerprints.isdisjoint(fingerprints_of(run))
    if run.status == ImportStatus.NEEDS_ANSWERS or is_another_layout:
        return QUESTION
    is_all_read = not run.questions and not run.held_count and not run.problems.filter(holds=True).exists()
    return READY if is_all_read else HELD
