"""How the files of a supplier are read, kept per layout, so that nothing is asked about the next one."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from measures.importing.vocabulary import Answers
from measures.models import ImportProfile, ImportRun
from measures.selectors.imports.scope import Scope
from measures.services.imports.profiles import aliases
from partners.models import Organisation, User

HEADINGS_IN_LABEL = 4
LONGEST_LABEL = 200

SHAPES = {"tables": "table", "sheets": "sheet"}
"""What the reader's answers are about, and the key under which a profile keeps one of them."""

IS_DRAFT = "is_draft"
"""A key among a person's answers: they are still correcting and have not confirmed yet."""

Stored = dict[str, Any]


def answers_for(supplier: Organisation | None) -> Answers:
    """All that was confirmed of a supplier's files, as the reader takes it."""
    scope = Scope(supplier)
    answers = _answers(of_scope(scope))
    aliases.add_to(answers, scope)
    return answers


def find_profiles(text: str, supplier: Organisation | None) -> QuerySet[ImportProfile]:
    """A supplier's profiles by their label or the fingerprint of their layout."""
    return of_scope(Scope(supplier)).filter(Q(label__iexact=text) | Q(fingerprint=text))


def of_scope(scope: Scope) -> QuerySet[ImportProfile]:
    return ImportProfile.objects.filter(supplier=scope.supplier)


def answers_in_effect(run: ImportRun, scope: Scope | None) -> Answers | None:
    """The answers a file is read with: those remembered, and before them those about this very file."""
    own = own_answers(run)
    if scope is None:
        return own
    remembered = answers_for(scope.supplier)
    return merged(remembered, own) if own else remembered


def own_answers(run: ImportRun) -> Answers | None:
    return None if run.answers is None else Answers.from_json(json.dumps(run.answers))


def merged(remembered: Answers, own: Answers) -> Answers:
    """A person's answers about this file replace what was remembered, table by table and name by name."""
    return Answers(
        tables={**remembered.tables, **own.tables},
        names={
            kind: {**remembered.names.get(kind, {}), **own.names.get(kind, {})}
            for kind in {*remembered.names, *own.names}
        },
        markers={
            found: meaning for found, meaning in {**remembered.markers, **own.markers}.items() if meaning
        },
        sheets={**remembered.sheets, **own.sheets},
    )


def keep(run: ImportRun, scope: Scope, answers: Answers, actor: User) -> None:
    """Remember how each table of the file is read; who and when change where the reading does."""
    given = _by_fingerprint(run, scope, answers)
    known = dict(of_scope(scope).filter(fingerprint__in=given).values_list("fingerprint", "answers"))
    now = timezone.now()
    ImportProfile.objects.bulk_create(
        [
            ImportProfile(
                supplier=scope.supplier,
                fingerprint=fingerprint,
                label=label,
                answers=stored,
                confirmed_by=actor,
                confirmed_at=now,
                last_used_at=now,
            )
            for fingerprint, (label, stored) in given.items()
            if known.get(fingerprint) != stored
        ],
        update_conflicts=True,
        unique_fields=["supplier", "fingerprint"],
        update_fields=["answers", "confirmed_by", "confirmed_at", "last_used_at"],
    )


def used_by(run: ImportRun, scope: Scope | None) -> QuerySet[ImportProfile]:
    """The profiles that fit this file's layout, with whoever confirmed them."""
    if scope is None:
        return ImportProfile.objects.none()
    return (
        of_scope(scope)
        .filter(fingerprint__in=fingerprints(run))
        .select_related("supplier", "confirmed_by")
        .order_by("-confirmed_at", "label")
    )


def fingerprints(run: ImportRun) -> list[str]:
    return [shape["fingerprint"] for shape in (*run.tables, *run.sheets) if shape["fingerprint"]]


def is_confirmed(run: ImportRun) -> bool:
    """Whether a person confirmed how this very file is read."""
    return run.answers is not None and not run.answers.get(IS_DRAFT)


def is_known(run: ImportRun, answers: Answers | None) -> bool:
    """Whether this file was confirmed, or every table with values in one before it."""
    if run.answers is not None:
        return is_confirmed(run)
    with_values = [table["fingerprint"] for table in run.tables if has_values(table)]
    known = answers.tables if answers else {}
    return bool(with_values) and all(fingerprint in known for fingerprint in with_values)


def has_values(table: dict[str, Any]) -> bool:
    """Whether figures come from the table, and not by the keys of the portal's own workbook."""
    return not table["template_version"] and any(c["role"] == "value" for c in table["columns"])


def note_use(run: ImportRun, scope: Scope | None) -> None:
    if scope is not None:
        of_scope(scope).filter(fingerprint__in=fingerprints(run)).update(last_used_at=timezone.now())


def delete_profile(*, profile_id: int) -> None:
    ImportProfile.objects.filter(pk=profile_id).delete()


def _answers(profiles: Iterable[ImportProfile]) -> Answers:
    found: dict[str, Stored] = {"tables": {}, "sheets": {}}
    for profile in profiles:
        for key, kind in SHAPES.items():
            if kind in profile.answers:
                found[key][profile.fingerprint] = profile.answers[kind]
    return Answers.from_json(json.dumps(found))


def _by_fingerprint(run: ImportRun, scope: Scope, answers: Answers) -> dict[str, tuple[str, Stored]]:
    """The label and what is remembered, by fingerprint; a table read as proposed is confirmed, too."""
    stored = json.loads(answers.to_json())
    found: dict[str, tuple[str, Stored]] = {}
    for sheet in run.sheets:
        if of_sheet := stored["sheets"].get(sheet["fingerprint"]):
            found[sheet["fingerprint"]] = (sheet["name"][:LONGEST_LABEL], {"sheet": of_sheet})
    for table in (table for table in run.tables if not table["template_version"]):
        lasting = _lasting(stored["tables"].get(table["fingerprint"], {}), scope.supplier)
        found[table["fingerprint"]] = (_label(table), {"table": lasting})
    return found


def _lasting(answers: Stored, supplier: Organisation | None) -> Stored:
    """The answers that hold for the next file, too: without the year, with no place but the supplier's.

    A provider sends the same form for many chambers, an agency for many Länder; each file names which.
    What words around a table mean is remembered of a supplier; without one, the next file may be anyone's.
    """
    own = {} if supplier is None else {"organisation": supplier.code, "region": supplier.region_id}
    constants = {
        kind: code
        for kind, code in answers.get("constants", {}).items()
        if kind != "year" and (kind in ("indicator", "target_group") or not code or own.get(kind) == code)
    }
    columns = {
        offset: {kind: code for kind, code in meaning.items() if kind != "year"}
        for offset, meaning in answers.get("columns", {}).items()
    }
    wording = answers.get("wording", {}) if supplier else {}
    return {**answers, "constants": constants, "columns": columns, "wording": wording}


def _label(table: dict[str, Any]) -> str:
    headings = [column["header"] for column in table["columns"] if column["header"]]
    shown = ", ".join(headings[:HEADINGS_IN_LABEL]) + (" …" if len(headings) > HEADINGS_IN_LABEL else "")
    return f"{table['sheet']}: {shown}"[:LONGEST_LABEL]
