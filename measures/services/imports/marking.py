"""What a worker makes of an import for one person: the file with its problems marked, the JSON report."""

import shutil

from django.conf import settings

from measures.models import ImportRun
from measures.selectors.imports.marked.workbook import marked_workbook
from measures.selectors.imports.report import report_json
from measures.services.imports.made_files import keep, made_for

MARKED, REPORT = "xlsx", "json"


def mark_file(*, run_id: int, user_id: int, language: str, name: str) -> None:
    with (
        made_for(run_id=run_id, user_id=user_id, language=language, name=name) as visible,
        marked_workbook(visible, actor_id=user_id) as made,
    ):
        keep(name, lambda file: shutil.copyfileobj(made, file))


def make_report(*, run_id: int, user_id: int, language: str, name: str) -> None:
    """The report in pieces, so that a million rows take no more memory than ten."""
    with made_for(run_id=run_id, user_id=user_id, language=language, name=name) as visible:
        pieces = report_json(visible, with_figures=True, judged=True)
        keep(name, lambda file: file.writelines(piece.encode() for piece in pieces))


def is_long_report(run: ImportRun) -> bool:
    """Whether a worker makes it; a shorter one is made while somebody waits."""
    counts = (run.new_count, run.changed_count, run.unchanged_count, run.held_count)
    return sum(counts) > settings.REPORT_ROWS_IN_A_REQUEST
