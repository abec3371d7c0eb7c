"""Each rule of figures is the same for SQL, the form, a file and undo, and each has its words."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from measures.admin.catalogue import NARROWER
from measures.figure_rules import CONTENT_RULES, FIGURE_RULES, INDICATOR_RULES, LEVEL_RULES
from measures.models import Figure, Indicator, Item
from measures.selectors.imports.dependents import dependents_of
from measures.selectors.imports.messages import problem_text
from measures.services.imports.writing.apply import apply_import
from measures.services.recording import CellEntry, SaveOutcome, save_figures
from measures.typed_values import NOTHING, Entry
from measures.violations import MESSAGES
from partners.violations import broken_rule
from tests.factories import UserFactory
from tests.measures.imports.undoing import step_of
from tests.measures.spreadsheets import person
from tests.measures.staged import staged_run
from tests.measures.submissions import (
    NRW,
    approve_submission,
    item_of,
    make_submission,
    move,
    put,
    start_correction,
    submit_submission,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Example:
    """A figure that a wide indicator and item allow, and what they must become to refuse it."""

    value: str = "5"
    codes: dict[str, str] = field(default_factory=dict)
    indicator: dict[str, Any] = field(default_factory=dict)
    item: dict[str, Any] = field(default_factory=dict)
    beside: dict[str, str] = field(default_factory=dict)
    """A figure of the narrower level, from which an import takes the level of the item."""


EXAMPLES = {
    "figure_indicator_is_recorded": Example(indicator={"is_recorded": False}),
    "figure_region_level_of_item": Example(item={"region_level": "country"}, beside={"region": "DE"}),
    "figure_occupation_level_of_item": Example(
        codes={"occupation": "27"}, item={"occupation_level": 1}, beside={"occupation": "2"}
    ),
    "figure_occupation_is_asked": Example(codes={"occupation": "27"}, indicator={"breakdown": []}),
    "figure_target_group_is_asked": Example(codes={"target_group": "J1"}, indicator={"breakdown": []}),
    "figure_target_group_of_indicator": Example(
        codes={"target_group": "J1"}, indicator={"target_groups": ["B1", "B2"]}
    ),
    "figure_not_negative": Example(value="-5", indicator={"may_be_negative": False}),
    "figure_decimals_of_indicator": Example(value="1.5", indicator={"decimals": 0}),
}
each_rule = pytest.mark.parametrize("rule", CONTENT_RULES, ids=lambda rule: rule.name)
each_indicator_rule = pytest.mark.parametrize("rule", INDICATOR_RULES, ids=lambda rule: rule.name)


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def item():
    """An item that takes anything: by occupations and target groups, below zero, with decimals."""
    item = item_of(make_submission())
    Indicator.objects.filter(pk=item.indicator_id).update(
        may_be_negative=True, decimals=1, breakdown=["occupation", "target_group"]
    )
    Item.objects.filter(pk=item.pk).update(occupation_level=2)
    return item_of(item.submission)


def narrow(item, example) -> None:
    """Make indicator and item narrower, whatever figures there are."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        if example.indicator:
            Indicator.objects.filter(pk=item.indicator_id).update(**example.indicator)
        if example.item:
            Item.objects.filter(pk=item.pk).update(**example.item)
        cursor.execute("SET LOCAL session_replication_role = origin")


def rule_broken_by(change) -> str:
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        change()
    return broken_rule(caught.value)


def test_every_rule_has_an_example():
    assert EXAMPLES.keys() == {rule.name for rule in CONTENT_RULES}


@each_rule
def test_figure_that_keeps_the_rule_is_taken(item, rule):
    example = EXAMPLES[rule.name]

    put(item, example.value, **example.codes)

    assert Figure.objects.count() == 1


@each_rule
def test_rule_is_kept_against_sql(item, rule):
    example = EXAMPLES[rule.name]
    narrow(item, example)

    assert rule_broken_by(lambda: put(item, example.value, **example.codes)) == rule.name


@each_rule
def test_form_refuses_what_the_database_would(item, rule, actor):
    example = EXAMPLES[rule.name]
    narrow(item, example)
    place = {"region": NRW} | example.codes

    [result] = save_figures(
        submission_id=item.submission_id,
        cells=[CellEntry(item.pk, entry=Entry(value=Decimal(example.value)), seen=NOTHING, **place)],
        actor=actor,
    )

    assert (result.outcome, result.message) == (SaveOutcome.REFUSED, MESSAGES[rule.name])


@each_rule
def test_row_of_a_file_is_held_by_the_same_rule(item, rule, actor):
    example = EXAMPLES[rule.name]
    narrow(item, example)
    if example.beside:
        put(item, 1, **example.beside)

    run = staged_run(item, actor, value=Decimal(example.value), **example.codes)

    assert run.staged.get().verdict == "held"
    problem = run.problems.get()
    assert (problem.code, problem.holds) == (rule.code, True)
    assert problem_text(problem.code, problem.found, problem.message)


@each_rule
def test_what_the_rule_refuses_by_now_cannot_come_back(item, rule, actor):
    example = EXAMPLES[rule.name]
    apply_import(
        run_id=staged_run(item, actor, value=Decimal(example.value), **example.codes).pk, actor=actor
    )
    later = apply_import(run_id=staged_run(item, actor, value=1, **example.codes).pk, actor=actor)
    narrow(item, example)

    kind = "level" if rule in LEVEL_RULES else "rule"
    assert [reason.kind for reason in dependents_of(step_of(later)).reasons] == [kind]


@each_indicator_rule
def test_indicator_cannot_become_narrower_than_its_figures(item, rule):
    example = EXAMPLES[rule.name]
    put(item, example.value, **example.codes)

    def change():
        Indicator.objects.filter(pk=item.indicator_id).update(**example.indicator)

    assert rule_broken_by(change) == rule.name


@each_indicator_rule
def test_indicator_cannot_become_narrower_than_what_was_approved(item, rule, actor):
    example = EXAMPLES[rule.name]
    put(item, example.value, **example.codes)
    submit_submission(submission_id=item.submission_id, actor=actor, comment="stimmt")
    approve_submission(submission_id=item.submission_id, actor=UserFactory())
    start_correction(submission_id=item.submission_id, actor=actor, reason="Korrektur")
    Figure.objects.all().delete()

    def change():
        Indicator.objects.filter(pk=item.indicator_id).update(**example.indicator)

    assert rule_broken_by(change) == rule.name


@pytest.mark.parametrize("rule", LEVEL_RULES, ids=lambda rule: rule.name)
def test_item_keeps_the_levels_of_its_figures(item, rule):
    example = EXAMPLES[rule.name]
    put(item, example.value, **example.codes)

    def change():
        Item.objects.filter(pk=item.pk).update(**example.item)

    assert rule_broken_by(change) == "item_levels_of_its_figures"


def test_submission_in_review_is_the_rule_left(item):
    move(item.submission, "submitted")

    [rule] = [rule for rule in FIGURE_RULES if rule not in CONTENT_RULES]
    assert rule_broken_by(lambda: put(item, 1)) == rule.name


def test_every_rule_has_its_words():
    assert {rule.name for rule in FIGURE_RULES} <= MESSAGES.keys()
    assert {rule.name: str(rule.kept) for rule in INDICATOR_RULES} == {
        name: str(words) for name, words in NARROWER.items()
    }
    assert all(str(words) for words in NARROWER.values())


def test_of_several_broken_rules_form_and_database_name_the_same(item, actor):
    narrow(item, Example(indicator={"may_be_negative": False, "decimals": 0, "breakdown": []}))
    cell = CellEntry(item.pk, NRW, entry=Entry(value=Decimal("-1.5")), seen=NOTHING, target_group="J1")

    [result] = save_figures(submission_id=item.submission_id, cells=[cell], actor=actor)

    broken = rule_broken_by(lambda: put(item, "-1.5", target_group="J1"))
    assert (broken, result.message) == ("figure_target_group_is_asked", MESSAGES[broken])


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"region": "99"}, "Diese Region wird hier nicht abgefragt."),
        ({"target_group": "nobody"}, "Diese Zelle gehört nicht zur Meldung."),
    ],
)
def test_code_that_no_list_has_is_refused_by_the_form(item, actor, place, words):
    cell = CellEntry(item.pk, entry=Entry(value=Decimal(5)), seen=NOTHING, **{"region": NRW} | place)

    [result] = save_figures(submission_id=item.submission_id, cells=[cell], actor=actor)

    assert (result.outcome, str(result.message)) == (SaveOutcome.REFUSED, words)
