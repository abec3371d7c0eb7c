"""Let the planner know how few figures are totals.

Whether a figure is one follows from the length of its occupation's code (``measures.rules.totals.is_total``).
Of that the planner knew nothing and took it for every third figure, so that it planned for a thousand times
the rows that there are.
"""

from django.db import migrations

TABLES = ("measures_figure", "measures_approvedfigure", "measures_figureversion")


def statement(table: str) -> str:
    """What is there already is looked at now, not when it has changed enough to be looked at again."""
    return f"""
        CREATE STATISTICS {table}_occupation_length ON length(occupation_id) FROM {table};
        DO $$
        BEGIN
            IF EXISTS (SELECT FROM {table}) THEN
                ANALYZE {table};
            END IF;
        END $$
    """


class Migration(migrations.Migration):
    dependencies = [("measures", "0202_owners_apart_by_pair")]

    operations = [
        migrations.RunSQL(statement(table), f"DROP STATISTICS {table}_occupation_length") for table in TABLES
    ]
