"""Spreadsheets from the shell: what a person does in the browser, for files lying on disk."""

import hashlib
import json
import os
from argparse import ArgumentParser
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from measures.enums import ImportStatus, Verdict
from measures.models import ImportRun, Indicator, ReportingRound
from measures.services.imports import (
    ImportNeedsReasonError,
    UploadRefusedError,
    apply_import,
    read_import,
    receive_file,
)
from measures.services.imports.preview import causes
from measures.services.imports.report import figures, report_json, summary
from partners.enums import Role
from partners.models import Organisation, User
from partners.permissions import Access

SHELL = "shell@portal.invalid"

READY, HELD, REFUSED, QUESTION = 0, 1, 2, 3
WORST_FIRST = (REFUSED, QUESTION, HELD, READY)


class Command(BaseCommand):
    help = """Read spreadsheets and show what importing them would change; with --apply, import them.

Without --apply nothing is left behind. Exit codes: 0 ready or applied, 1 some rows are held, 2 refused,
3 a question only a person can answer; of several files the worst: 2, then 3, then 1, then 0."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--organisation", metavar="CODE", help="who sent the files")
        parser.add_argument("--user", metavar="EMAIL", help="in whose name; otherwise the shell's own")
        parser.add_argument("--reason", default="", help="needed where submitted or approved figures change")
        parser.add_argument("--apply", action="store_true", help="write the figures")
        parser.add_argument("--json", action="store_true", help="one JSON object per file and line")
        parser.add_argument("--figures", action="store_true", help="list every figure, too")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (Indicator.objects.exists() and ReportingRound.objects.exists()):
            raise CommandError(
                _("The catalogue is empty. Load it first: manage.py load_catalogue"), returncode=REFUSED
            )
        supplier = _supplier(options["organisation"])
        actor = _actor(options["user"])
        outcomes = [self._import(path, actor, supplier, options) for path in options["files"]]
        worst = min(outcomes, key=WORST_FIRST.index)
        if worst != READY:
            raise SystemExit(worst)

    def _import(
        self, path: Path, actor: User | None, supplier: Organisation | None, options: dict[str, Any]
    ) -> int:
        if not path.is_file():
            return self._tell_refused(path, _("There is no such file."), options)
        if not os.access(path, os.R_OK):
            return self._tell_refused(path, _("The file may not be read."), options)
        with transaction.atomic():
            try:
                run = _run(path, actor or _shell(), supplier, options)
            except (UploadRefusedError, ImportNeedsReasonError) as error:
                transaction.set_rollback(True)
                return self._tell_refused(path, str(error), options)
            described = summary(run)
            if options["json"]:
                for piece in report_json(run, with_figures=options["figures"]):
                    self.stdout.write(piece, ending="")
                self.stdout.write("")
            else:
                self._tell(run, described, figures(run) if options["figures"] else ())
            if not options["apply"]:
                transaction.set_rollback(True)
        return _outcome(run, described)

    def _tell_refused(self, path: Path, reason: str, options: dict[str, Any]) -> int:
        if options["json"]:
            self.stdout.write(json.dumps(_refused(path, reason, options), ensure_ascii=False))
        else:
            self.stdout.write(f"{path.name}: {_('refused')}")
            self.stdout.write(f"  {reason}")
        return REFUSED

    def _tell(self, run: ImportRun, described: dict[str, Any], listed: Iterable[Mapping[str, Any]]) -> None:
        self.stdout.write(f"{run.file_name}: {run.get_status_display()}")
        if described["reason"]:
            self.stdout.write(f"  {described['reason']}")
        for table in described["tables"]:
            self.stdout.write("  " + _("Table %(sheet)s, %(data_range)s") % table)
        counts = [f"{verdict.label}: {described['counts'][verdict.value]}" for verdict in Verdict]
        counts.append(_("of these without a value: %(count)s") % {"count": described["counts"]["absent"]})
        self.stdout.write("  " + ", ".join(counts))
        for total in described["control_totals"]:
            self.stdout.write("  " + _told_total(total))
        for cause in causes(run):
            cells = ", ".join(cause.cells) + (" …" if cause.more > 0 else "")
            self.stdout.write(f"  {cause.severity_label} {cause.sheet} {cells}: {cause.message}")
        for figure in listed:
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
        "counts": {verdict.value: 0 for verdict in Verdict} | {"absent": 0},
        "control_totals": [],
        "problems": [],
        **({"figures": []} if options["figures"] else {}),
    }


def _told_total(total: dict[str, Any]) -> str:
    verdicts = {True: _("agrees"), False: _("differs from the sum %(sum)s"), None: _("cannot be checked")}
    stated = _("Control total %(sheet)s %(cell)s: %(stated)s")
    return f"{stated} – {verdicts[total['ok']]}" % total


def _run(path: Path, actor: User, supplier: Organisation | None, options: dict[str, Any]) -> ImportRun:
    """Receive, read and, where asked, apply one file as a data steward does."""
    access = Access(user_id=actor.pk, roles=frozenset({Role.DATA_STEWARD.value}))
    with path.open("rb") as handle:
        run = receive_file(
            upload=File(handle, name=path.name),
            name=path.name,
            actor=actor,
            supplier_id=supplier.pk if supplier else None,
            keeps_content=options["apply"],
        )
    read = read_import(run_id=run.pk, access=access, asks_for_mapping=False, path=path)
    run = read or run
    if options["apply"] and run.status == ImportStatus.READY:
        run = apply_import(run_id=run.pk, actor=actor, access=access, reason=options["reason"])
    return run


def _outcome(run: ImportRun, described: dict[str, Any]) -> int:
    if described["status"] == "refused":
        return REFUSED
    if described["status"] == "needs_answers":
        return QUESTION
    return HELD if run.held_count or run.problems.filter(holds=True).exists() else READY


def _supplier(code: str | None) -> Organisation | None:
    if not code:
        return None
    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise CommandError(
            _("There is no organisation with the code %(code)s.") % {"code": code}, returncode=REFUSED
        )
    return organisation


def _actor(email: str | None) -> User | None:
    if not email:
        return None
    user = User.objects.filter(email__iexact=email).first()
    if user is None:
        raise CommandError(
            _("There is no person with the address %(email)s.") % {"email": email}, returncode=REFUSED
        )
    return user


def _shell() -> User:
    """The name under which the shell's imports are logged; nobody can sign in with it."""
    user, created = User.objects.get_or_create(
        email=SHELL, defaults={"last_name": "Shell", "is_active": False}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user
