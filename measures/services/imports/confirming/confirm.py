"""A person's answers about a file: kept, remembered for the supplier's next one, and used to read it."""

import json
from typing import Any

from django.db import transaction

from measures.import_workflow import ImportAction
from measures.importing.vocabulary import Answers
from measures.models import ImportRun
from measures.selectors.imports.scope import scope_of
from measures.services.imports import dispatch
from measures.services.imports.errors import ImportNotReadyError
from measures.services.imports.lease import take
from measures.services.imports.profiles import aliases, profiles
from partners.models import User


@transaction.atomic
def confirm_mapping(*, run_id: int, answers: dict[str, Any], actor: User) -> ImportRun:
    """Keep what a person confirmed about the columns, for this file and the next ones of that layout.

    The file is then read again with it, in that person's name.
    """
    run = _taken(run_id)
    given = Answers.from_json(json.dumps(answers))
    if scope := scope_of(run):
        profiles.keep(run, scope, given, actor)
        aliases.keep(scope, given, actor)
    return _read_again(run, answers, actor)


@transaction.atomic
def correct_reading(*, run_id: int, answers: dict[str, Any], actor: User) -> ImportRun:
    """Read the file again with a person's answers so far; they are not confirmed yet and not remembered."""
    return _read_again(_taken(run_id), {**answers, profiles.IS_DRAFT: True}, actor)


@transaction.atomic
def forget_profiles(*, run_id: int, actor: User) -> ImportRun:
    """Forget how files of this layout were read; this one is read again as if it were the first."""
    run = _taken(run_id)
    profiles.used_by(run, scope_of(run)).delete()
    return _read_again(run, None, actor)


def _taken(run_id: int) -> ImportRun:
    run = take(run_id, ImportAction.CONFIRM)
    if not run.is_mappable:
        raise ImportNotReadyError
    return run


def _read_again(run: ImportRun, answers: dict[str, Any] | None, actor: User) -> ImportRun:
    run.answers = answers
    dispatch.wait_to_be_read(run, actor)
    return run
