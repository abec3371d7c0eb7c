"""The records of problems and questions: complete, used, translated, and true of what is read."""

import ast
import re
from collections import Counter
from dataclasses import fields
from functools import cache
from pathlib import Path

import pytest

from alliance_portal import translations
from measures.importing import Limits, TableAnswers, read_file
from measures.importing.columns.around import surroundings
from measures.importing.problems import (
    COMPARISON_PROBLEMS,
    ERROR,
    MARKER,
    NOTE,
    PROBLEMS,
    QUERY,
    QUESTIONS,
    SIMILAR,
    Once,
    placeholders,
)
from measures.rules.values import DECIMALS_KEPT, NOT_NEGATIVE
from measures.services.imports.judging import queries, queries_sql, sql

ROOT = Path(__file__).parents[3]
MEASURES = ROOT / "measures"
REGISTRY = MEASURES / "importing" / "problems"
SAMPLES = sorted(
    path for path in (ROOT / "samples").iterdir() if path.is_file() and path.suffix not in {".py", ".json"}
)
TYPES = {**PROBLEMS, **COMPARISON_PROBLEMS}
NAMES_OF_KINDS = ("organisation", "region", "indicator", "target_group", "occupation")


@cache
def _nodes():
    """Calls and constants in the code, parsed once for all tests."""
    return [
        node
        for path in MEASURES.rglob("*.py")
        if not path.is_relative_to(REGISTRY) and "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Constant)
    ]


def _calls(name):
    return (node for node in _nodes() if isinstance(node, ast.Call) and getattr(node.func, "id", "") == name)


@cache
def _texts():
    """Every text in the code: constants, and the words within statements of SQL."""
    found = {f"{kind}_unknown" for kind in NAMES_OF_KINDS}
    for node in _nodes():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)
            found.update(re.findall(r"'(\w+)'", node.value))
    return found


def _first_texts(name):
    return {call.args[0].value for call in _calls(name) if isinstance(call.args[0], ast.Constant)}


def _in_sql(statement):
    """The codes a statement over staging gives as its ``code``."""
    return set(re.findall(r"(?:THEN|ELSE|SELECT s\.id,) '([a-z_]+)'", statement))


CATALOGUE = {message.id: message.string for message in translations.stored(translations.CATALOGUE)}


def test_every_problem_that_is_reported_is_registered():
    given = {
        keyword.value.value
        for name in ("Read", "_replace")
        for call in (*_calls(name), *_method_calls(name))
        for keyword in call.keywords
        if keyword.arg == "problem" and isinstance(keyword.value, ast.Constant)
    }

    of_rules = {NOT_NEGATIVE.code, DECIMALS_KEPT.code}
    assert _first_texts("Problem") | (given - {""}) | of_rules <= PROBLEMS.keys()
    assert {"not_a_number", "too_large"} <= given


def _method_calls(name):
    return (
        node for node in _nodes() if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == name
    )


def test_every_label_without_a_code_has_a_registered_problem():
    given = {
        call.args[2].value
        for call in _calls("Label")
        if len(call.args) > 2 and isinstance(call.args[2], ast.Constant)
    }

    assert given <= PROBLEMS.keys()
    assert "year_unreadable" in given


def test_every_problem_of_the_comparison_is_registered():
    held = _in_sql(sql.not_due()) | _in_sql(sql.not_asked()) | _in_sql(sql.off_level())
    held |= _in_sql(sql.not_of_round())

    held |= {"round_closed", "submission_locked", "group_within_total", "check_broken", "finding_holds"}
    assert held | {*queries.ASKED, "data_as_of_older"} == COMPARISON_PROBLEMS.keys()
    assert all(COMPARISON_PROBLEMS[code].holds for code in held)


@pytest.mark.parametrize("code", TYPES)
def test_every_registered_problem_is_used(code):
    assert code in _texts()


@pytest.mark.parametrize("code", QUESTIONS)
def test_every_registered_question_is_asked_and_can_be_answered(code):
    assert code in _first_texts("Question") | {"indicator", "year", "organisation", surroundings.WORDING}
    assert set(QUESTIONS[code].answered_by) <= {field.name for field in fields(TableAnswers)}


def test_every_question_that_is_asked_is_registered():
    assert _first_texts("Question") <= QUESTIONS.keys()


@pytest.mark.parametrize("known", [*TYPES.values(), *QUESTIONS.values()], ids=lambda known: known.code)
def test_message_is_translated_with_the_same_placeholders(known):
    german = CATALOGUE[known.message]

    assert german
    assert placeholders(german) == placeholders(known.message)


@pytest.mark.parametrize("known", TYPES.values(), ids=lambda known: known.code)
def test_placeholders_are_the_parameters(known):
    assert placeholders(known.message) - {"found"} == set(known.parameters)
    assert set(known.numbers) <= placeholders(known.message)
    for name in known.parameters:
        assert _texts() & {name, f"{name}_de"}, f"nobody gives {name}"


@pytest.mark.parametrize("code", QUESTIONS)
def test_question_needs_no_more_than_what_was_found(code):
    assert placeholders(QUESTIONS[code].message) <= {"found"}


def test_names_that_come_close_are_translated():
    assert placeholders(CATALOGUE[SIMILAR]) == {"candidates"}


def test_severities_and_what_holds_agree():
    assert {known.severity for known in TYPES.values()} == {ERROR, QUERY, NOTE}
    assert not any(known.holds for known in TYPES.values() if known.severity == NOTE)
    assert [known.code for known in TYPES.values() if known.holds and known.severity == QUERY] == [
        "absence_to_confirm"
    ]


def test_what_can_be_explained_is_what_is_asked_of_the_whole_file():
    explainable = {known.code for known in TYPES.values() if known.is_explainable}

    assert explainable == set(queries.ASKED)
    assert all(TYPES[code].severity == QUERY and not TYPES[code].holds for code in explainable)
    assert all(TYPES[code].once is Once.CELL for code in explainable)


def test_every_kind_of_name_and_the_signs_can_be_settled():
    kinds = [known.answer_kind for known in TYPES.values() if known.answer_kind]

    assert sorted(kinds) == sorted([*NAMES_OF_KINDS, MARKER])


def test_statements_use_the_severities_of_the_records():
    assert "'error', b.code" in sql.HOLD
    assert f"'{TYPES['data_as_of_older'].severity}', 'data_as_of_older'" in sql.OLDER_DATA
    assert "THEN %(severity)s ELSE 'note'" in queries_sql.ask("SELECT")


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_problems_of_a_file_are_reported_as_often_as_their_records_have_it(path, vocabulary):
    reading = read_file(path, name=path.name, vocabulary=vocabulary, limits=Limits())

    seen = Counter(_repetition(problem) for problem in reading.problems)
    assert all(count == 1 for count in seen.values()), seen.most_common(3)


def _repetition(problem):
    """What may not come twice: the problem's code with the place its record names."""
    letters = problem.cell.rstrip("0123456789")
    place = {
        Once.CELL: (problem.sheet, problem.cell),
        Once.ROW: (problem.sheet, problem.cell),
        Once.TEXT: (problem.sheet, letters, problem.found),
        Once.COLUMN: (problem.sheet, problem.cell),
        Once.TABLE: (problem.sheet, problem.cell),
        Once.SHEET: (problem.sheet, problem.found),
        Once.FILE: (),
    }[PROBLEMS[problem.code].once]
    return problem.code, *place
