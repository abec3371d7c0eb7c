"""A check finds the same in a file as on the page once the file is applied, whatever its kind."""

import re
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from measures.checks import ROUNDED_TO, Key, Place
from measures.enums import CheckKind, TotalBasis
from measures.models import FigureExplanation, ImportProblem, PlausibilityCheck, StagedFigure
from measures.selectors.checks.findings import findings_by_submission, load_items
from measures.services.imports.judging import cells, comparing, queries
from measures.services.imports.judging.explanations import explain_queries
from measures.services.imports.writing.apply import apply_import
from measures.services.imports.writing.correcting import RowCorrection, correct_row
from measures.services.imports.writing.correcting_sql import LAST_YEAR
from measures.typed_values import Entry
from partners.permissions import access_for
from tests.measures.spreadsheets import person
from tests.measures.staged import staged_run
from tests.measures.submissions import NRW, item_of, make_submission, put, submit_submission
from tests.properties import share

pytestmark = pytest.mark.django_db

A, B, C = "training_placements", "additional_places", "companies_advised"
INDICATORS = (A, B, C)
NUMBERS = st.sampled_from([0, 1, 2, 3, 4, 6, 9, 30, 60, 90])
SOME = st.lists(st.sampled_from(INDICATORS), unique=True, max_size=2)
LIMITS = st.none() | st.sampled_from(["3", "5", "20"])

PARAMETERS = {
    CheckKind.RANGE: st.fixed_dictionaries({"indicators": SOME, "minimum": st.just("2"), "maximum": LIMITS}),
    CheckKind.WHOLE_NUMBERS: st.fixed_dictionaries({"indicators": SOME}),
    CheckKind.PART_OF_TOTAL: st.fixed_dictionaries({"indicators": SOME}),
    CheckKind.SUM_OF_PARTS: st.fixed_dictionaries({"indicators": SOME, "tolerance": st.sampled_from("05")}),
    CheckKind.FORMULA: st.fixed_dictionaries(
        {
            "formula": st.sampled_from([f"{A} <= {B} <= {C}", f"{A} + {B} == {C}", f"{A} >= 2 * {C}"]),
            "missing": st.sampled_from(["skip", "zero", "report"]),
        }
    ),
    CheckKind.CHANGE: st.fixed_dictionaries(
        {"indicators": SOME, "relative": st.just("0.5"), "absolute": LIMITS}
    ),
    CheckKind.HISTORY: st.fixed_dictionaries({"indicators": SOME, "minimum_values": st.just(3)}),
    CheckKind.PEERS: st.fixed_dictionaries({"indicators": SOME, "minimum_values": st.just(3)}),
    CheckKind.MEMBERS_SUM: st.fixed_dictionaries({"indicators": st.just([A])}),
    CheckKind.EXCLUSIVE: st.fixed_dictionaries({"indicators": st.just([A, B])}),
    CheckKind.COMPULSORY: st.fixed_dictionaries({"indicators": st.just([A]), "required": st.just([B, C])}),
    CheckKind.MISSING: st.fixed_dictionaries(
        {"only_after_stated": st.booleans(), "absences": st.just(["unknown"])}
    ),
}
CHECKS = st.lists(
    st.one_of(*(st.tuples(st.just(kind), of_kind) for kind, of_kind in PARAMETERS.items())),
    min_size=1,
    max_size=4,
)
GROUPS = st.sampled_from(["_T", "B1"])
CELL = st.tuples(st.sampled_from([A, B]), st.sampled_from(["_T", "11", "12"]), GROUPS) | st.tuples(
    st.just(C), st.just("_T"), GROUPS
)
FIGURES = st.dictionaries(CELL, NUMBERS, max_size=6)
FILES = st.dictionaries(CELL, NUMBERS | st.none(), min_size=1, max_size=6)


@pytest.fixture
def steward():
    return person()


def counting(*checks, severity="query"):
    """Only these checks count."""
    PlausibilityCheck.objects.filter(status="active").update(status="ended", valid_until=2014)
    for number, (kind, parameters) in enumerate(checks):
        PlausibilityCheck.objects.create(
            code=f"check_{number}",
            kind=kind,
            severity=severity,
            parameters={name: value for name, value in parameters.items() if value is not None},
            text_de="Regel",
            text_en="Rule",
            valid_from=2014,
            status="active",
        )


def reporting(organisation="IHK-142", year=2030):
    """A submission in whose items values by occupations of two digits are possible."""
    submission = make_submission(organisation, INDICATORS, year=year)
    submission.items.exclude(indicator__code=C).update(occupation_level=2)
    return submission


def store(submission, figures):
    for (indicator, occupation, group), value in figures.items():
        put(item_of(submission, indicator), value, occupation=occupation, target_group=group)


def file_with(submission, figures, actor):
    """An import that is ready, with these cells of a submission."""
    run = None
    for number, ((indicator, occupation, group), value) in enumerate(figures.items(), start=2):
        content = {
            "occupation": occupation,
            "target_group": group,
            "value": None if value is None else Decimal(value),
            "absence": "unknown" if value is None else None,
            "cell": f"B{number}",
            "row": number,
        }
        item = item_of(submission, indicator)
        if run is None:
            run = staged_run(item, actor, judged=False, **content)
        else:
            stage_beside(run, item, **content)
    with connection.cursor() as cursor:
        cursor.execute(LAST_YEAR, {"run": run.pk, "rows": list(run.staged.values_list("pk", flat=True))})
    comparing.compare(run, access_for(actor))
    run.save()
    return run


def stage_beside(run, item, **content):
    first = run.staged.first()
    place = {"sheet": first.sheet, "column": first.column, "region": first.region}
    StagedFigure.objects.create(
        import_run=run,
        indicator=item.indicator.code,
        year=item.submission.round.year,
        organisation=item.submission.organisation.code,
        item_id=item.pk,
        verdict="new",
        **place | content,
    )


def rows_written(run):
    """The cells that the file changes, and whether it changes their total itself or an occupation's part."""
    rows = run.staged.filter(verdict__in=["new", "changed"])
    return {(Place(row.item_id, Key(row.region, row.target_group)), row.occupation == "_T") for row in rows}


def asked_in_file(run):
    problems = ImportProblem.objects.filter(import_run=run, message__has_key="finding_de")
    return {(problem.message["rule"], problem.message["finding_de"]) for problem in problems}


def asked_on_page(submission, written):
    """What the page finds in the cells that the file changed: a stated total is not changed by its parts."""
    totals = load_items([submission.pk]).item_totals.totals
    compares_parts = set(
        PlausibilityCheck.objects.filter(kind=CheckKind.SUM_OF_PARTS).values_list("code", flat=True)
    )

    def is_changed(place, code):
        total = totals.get(place.item_id, {}).get(place.key)
        is_stated = total is None or total.basis == TotalBasis.STATED
        by = {True, False} if code in compares_parts else {is_stated}
        return any((place, of_total) in written for of_total in by)

    with translation.override("de"):
        found = findings_by_submission([submission.pk]).get(submission.pk, [])
    return {
        (finding.code, finding.text)
        for finding in found
        if any(
            is_changed(place, finding.code)
            for place in (Place(finding.item_id, finding.key), *finding.others)
        )
    }


@share(0.3)
@given(checks=CHECKS, before=FIGURES, stored=FIGURES, figures=FILES)
def test_file_asks_what_the_page_asks_once_the_file_is_applied(steward, checks, before, stored, figures):
    with transaction.atomic():
        counting(*checks)
        store(reporting(year=2029), before)
        submission = reporting()
        store(submission, stored)
        run = file_with(submission, figures, steward)
        written, asked = rows_written(run), asked_in_file(run)

        if written:
            apply_import(run_id=run.pk, actor=steward)

        assert asked == asked_on_page(submission, written)
        transaction.set_rollback(True)


SETS = st.tuples(
    st.sampled_from([CheckKind.RANGE, CheckKind.CHANGE, CheckKind.PART_OF_TOTAL]),
).flatmap(lambda kind: st.tuples(st.just(kind[0]), PARAMETERS[kind[0]]))
OF_GROUPS = st.dictionaries(st.sampled_from(["_T", "B1", "B2"]), NUMBERS, max_size=3)


def by_cell(found):
    return {(rule, item, key.target_group) for rule, item, key in found}


def found_row_by_row(run):
    """What the statements for values by occupation find, by rule and cell."""
    found = set()
    cells.expect(run)
    for rule in queries.rules(PlausibilityCheck.objects.counting()):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT found.id FROM ({rule.found()}) found", rule.params(run))
            ids = [row[0] for row in cursor.fetchall()]
        found |= {
            (rule.name, row.target_group) for row in StagedFigure.objects.filter(pk__in=ids, import_run=run)
        }
    return {(rule, group) for rule, group in found if rule.startswith("check_")}


def found_on_page(submission, written, in_file):
    """The same of totals: a finding with a cell that the file changes is in each of its cells in the file."""
    found = findings_by_submission([submission.pk]).get(submission.pk, [])
    return {
        (finding.code, place.key.target_group)
        for finding in found
        for place in {Place(finding.item_id, finding.key), *finding.others}
        if {Place(finding.item_id, finding.key), *finding.others} & written and place in in_file
    }


@share(0.3)
@given(check=SETS, before=OF_GROUPS, stored=OF_GROUPS, figures=OF_GROUPS.filter(bool))
def test_values_by_occupation_are_judged_as_totals_are(steward, check, before, stored, figures):
    def of(occupation, groups):
        return {(A, occupation, group): value for group, value in groups.items()}

    with transaction.atomic():
        counting(check)
        in_total = reporting("IHK-101")
        by_occupation = reporting()
        for organisation, submission, occupation in (
            ("IHK-101", in_total, "_T"),
            ("IHK-142", by_occupation, "11"),
        ):
            store(reporting(organisation, 2029), of(occupation, before))
            store(submission, of(occupation, stored))
        found = found_row_by_row(file_with(by_occupation, of("11", figures), steward))

        run = file_with(in_total, of("_T", figures), steward)
        written = {place for place, _is_total in rows_written(run)}
        in_file = {Place(row.item_id, Key(row.region, row.target_group)) for row in run.staged.all()}
        if written:
            apply_import(run_id=run.pk, actor=steward)

        assert found == found_on_page(in_total, written, in_file)
        transaction.set_rollback(True)


def judged_together(actor, *cells):
    """An import with totals of several submissions: item, value and region of each."""
    run = None
    for number, (item, value, region) in enumerate(cells, start=2):
        content = {"value": Decimal(value), "region": region, "cell": f"B{number}", "row": number}
        if run is None:
            run = staged_run(item, actor, judged=False, **content)
        else:
            stage_beside(run, item, occupation="_T", target_group="_T", **content)
    comparing.compare(run, access_for(actor))
    run.save()
    return run


def test_totals_that_an_import_would_leave_are_rounded_to_the_base_of_the_checks():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_viewdef('measures_expected_total'::regclass)")
        [[view]] = cursor.fetchall()

    assert re.findall(r"% \(?(\d+)", view) == [str(ROUNDED_TO)]


def test_umbrella_is_compared_with_what_the_same_file_states_for_its_members(steward):
    counting((CheckKind.MEMBERS_SUM, {"indicators": [B], "member_indicator": A}), severity="error")
    of_umbrella = item_of(make_submission("DIHK", (B,)), B)
    cologne, aachen = (item_of(make_submission(code, (A,)), A) for code in ("IHK-142", "IHK-101"))
    put(aachen, 9)

    run = judged_together(steward, (of_umbrella, 100, "DE"), (cologne, 70, NRW), (aachen, 20, NRW))

    found = "Angegeben sind 100, 2 Mitglieder ergeben zusammen 90."
    assert {problem.message["finding_de"] for problem in run.problems.all()} == {found}
    assert [row.item_id for row in run.staged.filter(verdict="held")] == [of_umbrella.pk]


def test_history_of_a_value_includes_earlier_years_of_the_same_file(steward):
    counting((CheckKind.HISTORY, {"indicators": [A], "minimum_values": 3}))
    for year, value in ((2027, 10), (2028, 12)):
        put(item_of(reporting(year=year), A), value)
    last_year, this_year = (item_of(reporting(year=year), A) for year in (2029, 2030))

    run = judged_together(steward, (last_year, 11, NRW), (this_year, 500, NRW))

    ((rule, found),) = asked_in_file(run)
    assert (rule, "3" in found, "500" in found) == ("check_0", True, True)


def test_cells_that_do_not_go_together_are_held_until_one_of_them_is_corrected(steward):
    counting((CheckKind.FORMULA, {"formula": f"{A} <= {B}"}), severity="error")
    submission = reporting()
    run = file_with(submission, {(A, "_T", "_T"): 9, (B, "_T", "_T"): 4, (C, "_T", "_T"): 1}, steward)
    held = run.staged.filter(verdict="held")
    assert {row.indicator for row in held} == {A, B}
    problem = run.problems.get(sheet="Tab", cell="B2")
    assert (problem.code, "(9) is more than" in problem.message["finding_en"]) == ("finding_holds", True)

    said = RowCorrection(
        organisation="IHK-142",
        indicator=B,
        year=2030,
        region=NRW,
        occupation="_T",
        target_group="_T",
        entry=Entry(value=Decimal(9)),
    )
    correct_row(run_id=run.pk, row_id=held.get(indicator=B).pk, actor=steward, corrected=said)

    assert (run.staged.filter(verdict="held").count(), run.problems.count()) == (0, 0)


def test_explanation_with_a_file_by_occupation_is_that_of_the_cell_on_the_page(steward):
    counting((CheckKind.CHANGE, {"relative": "0.5"}))
    store(reporting(year=2029), {(A, "11", "_T"): 10})
    submission = reporting()
    run = file_with(submission, {(A, "11", "_T"): 60, (A, "12", "_T"): 40}, steward)

    explain_queries(run_id=run.pk, actor=steward, text="Neues Programm")
    apply_import(run_id=run.pk, actor=steward)

    assert submit_submission(submission_id=submission.pk, actor=steward).status == "submitted"
    of_cell = FigureExplanation.objects.get(occupation="_T")
    assert (of_cell.value, of_cell.text) == (100, "Neues Programm")
