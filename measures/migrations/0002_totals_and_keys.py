"""The views of totals, and foreign keys of figures that are checked at once.

Django makes foreign keys deferrable: on a large import their checks pile up until the commit. Nothing in the
portal writes a figure before the rows it points to, so these are checked with the statement.
"""

from django.db import migrations

TOTAL_VIEW = """
CREATE VIEW {view} AS
SELECT
    item_id || '|' || region_id || '|' || target_group_id AS key,
    item_id,
    region_id,
    target_group_id,
    CASE WHEN is_stated THEN stated_value ELSE parts_sum END AS value,
    CASE
        WHEN is_stated THEN stated_absence
        WHEN parts_sum IS NOT NULL THEN NULL
        WHEN absences = 1 THEN common_absence
        ELSE 'unknown'
    END AS absence,
    CASE
        WHEN is_stated THEN 'stated'
        WHEN parts_sum IS NOT NULL AND parts_absent > 0 THEN 'at_least'
        ELSE 'derived'
    END AS basis,
    parts,
    parts_sum,
    parts_absent,
    is_preliminary
FROM (
    SELECT
        item_id, region_id, target_group_id,
        bool_or(occupation_id = '_T') AS is_stated,
        max(value) FILTER (WHERE occupation_id = '_T') AS stated_value,
        max(absence) FILTER (WHERE occupation_id = '_T') AS stated_absence,
        sum(value) FILTER (WHERE occupation_id <> '_T') AS parts_sum,
        count(*) FILTER (WHERE occupation_id <> '_T') AS parts,
        count(absence) FILTER (WHERE occupation_id <> '_T') AS parts_absent,
        count(DISTINCT absence) FILTER (WHERE occupation_id <> '_T') AS absences,
        min(absence) FILTER (WHERE occupation_id <> '_T') AS common_absence,
        bool_or(quality IN ('preliminary', 'estimate')) AS is_preliminary
    FROM {table}
    GROUP BY item_id, region_id, target_group_id
) grouped
"""

IMMEDIATE_KEYS = """
DO $$
DECLARE k record;
BEGIN
    FOR k IN
        SELECT conrelid::regclass AS tab, conname FROM pg_constraint
        WHERE contype = 'f' AND condeferrable
            AND conrelid IN ('measures_figure'::regclass, 'measures_approvedfigure'::regclass)
    LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I NOT DEFERRABLE', k.tab, k.conname);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_initial")]

    operations = [
        migrations.RunSQL(
            TOTAL_VIEW.format(view="measures_current_total", table="measures_figure"),
            "DROP VIEW measures_current_total",
        ),
        migrations.RunSQL(
            TOTAL_VIEW.format(view="measures_approved_total", table="measures_approvedfigure"),
            "DROP VIEW measures_approved_total",
        ),
        migrations.RunSQL(IMMEDIATE_KEYS, migrations.RunSQL.noop),
    ]
