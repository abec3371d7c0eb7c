"""Say of each expected total whether its figures are rounded, and read them all in one pass.

Once for each judgement of an import, instead of once more for the rounding. The import is looked up once, not
for each of its rows. Types are the same in both halves of the view, so that the planner takes it apart and works
out only what is asked of it; and a common absence is told by its least and its greatest, which needs no sorting.
"""

from django.db import migrations, models

EXPECTED_FIGURES = """
CREATE OR REPLACE VIEW measures_expected_figure AS
WITH judged AS MATERIALIZED (
    SELECT id, status NOT IN ('applied', 'undone') AS is_pending, applied_at
    FROM measures_importrun
    WHERE id = nullif(current_setting('portal.import_judged', true), '')::bigint
), pending AS NOT MATERIALIZED (
    SELECT s.id, s.item_id, s.region AS region_id, s.occupation AS occupation_id,
        s.target_group AS target_group_id, s.value, s.absence, s.quality
    FROM measures_stagedfigure s
    WHERE s.import_run_id = (SELECT id FROM judged)
        AND s.verdict IN ('new', 'changed') AND s.item_id IS NOT NULL
        AND ((SELECT is_pending FROM judged) OR s.corrected_at > (SELECT applied_at FROM judged))
)
SELECT 's' || id AS key, item_id, region_id, occupation_id, target_group_id, value, absence::text AS absence,
    quality::text AS quality, 'import' AS origin
FROM pending
UNION ALL
SELECT 'f' || f.id, f.item_id, f.region_id, f.occupation_id, f.target_group_id, f.value, f.absence::text,
    f.quality::text, f.origin
FROM measures_figure f
WHERE NOT EXISTS (
    SELECT FROM pending p
    WHERE (p.item_id, p.region_id, p.occupation_id, p.target_group_id)
        = (f.item_id, f.region_id, f.occupation_id, f.target_group_id)
)
"""

EXPECTED_TOTALS = """
CREATE OR REPLACE VIEW measures_expected_total AS
SELECT
    item_id,
    region_id,
    target_group_id,
    '_T' AS occupation_id,
    CASE WHEN is_stated THEN stated_value ELSE parts_sum END AS value,
    CASE
        WHEN is_stated THEN stated_absence
        WHEN parts_sum IS NOT NULL THEN NULL
        WHEN first_absence = last_absence THEN first_absence
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
    is_rounded
FROM (
    SELECT
        item_id, region_id, target_group_id,
        bool_or(occupation_id = '_T') AS is_stated,
        max(value) FILTER (WHERE occupation_id = '_T') AS stated_value,
        max(absence) FILTER (WHERE occupation_id = '_T') AS stated_absence,
        sum(value) FILTER (WHERE occupation_id <> '_T') AS parts_sum,
        count(*) FILTER (WHERE occupation_id <> '_T') AS parts,
        count(absence) FILTER (WHERE occupation_id <> '_T') AS parts_absent,
        min(absence) FILTER (WHERE occupation_id <> '_T') AS first_absence,
        max(absence) FILTER (WHERE occupation_id <> '_T') AS last_absence,
        bool_and(origin = 'import' AND coalesce(value, 0) % 3 = 0) AS is_rounded
    FROM measures_expected_figure
    GROUP BY item_id, region_id, target_group_id
) grouped
"""


class Migration(migrations.Migration):
    dependencies = [("measures", "0203_lengths_of_occupations")]

    operations = [
        migrations.RunSQL(EXPECTED_FIGURES, migrations.RunSQL.noop),
        migrations.RunSQL(EXPECTED_TOTALS, migrations.RunSQL.noop),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    model_name="expectedtotal", name="is_rounded", field=models.BooleanField()
                ),
                migrations.DeleteModel(name="ExpectedFigure"),
            ]
        ),
    ]
