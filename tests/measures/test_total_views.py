"""The views of totals in the database are those that the rule of totals describes."""

import pytest
from django.db import connection

from measures.rules.totals import APPROVED, CURRENT, view_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("figures", [CURRENT, APPROVED], ids=lambda each: each.totals)
def test_view_is_what_the_rule_says(figures):
    with connection.cursor() as cursor:
        definitions = []
        for statement in ("SELECT", f"DROP VIEW {figures.totals}; {view_of(figures)}"):
            cursor.execute(statement)
            cursor.execute("SELECT pg_get_viewdef(%s::regclass)", [figures.totals])
            definitions += cursor.fetchone()

    assert definitions[0] == definitions[1]


def test_planner_is_told_how_few_figures_are_totals():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT stxrelid::regclass::text FROM pg_statistic_ext "
            "WHERE pg_get_statisticsobjdef_expressions(oid) = ARRAY['length((occupation_id)::text)']"
        )
        told = {table for (table,) in cursor.fetchall()}

    assert told == {CURRENT.figures, APPROVED.figures, "measures_figureversion"}
