"""The judgement of staging, asked of some of its rows alone."""

from measures.services.imports.judging import sql
from measures.services.imports.judging.sql import of_rows

NOT_DUE = of_rows(sql.NOT_DUE)
NOT_ASKED = of_rows(sql.NOT_ASKED)
OFF_LEVEL = of_rows(sql.OFF_LEVEL)
IN_SUBMISSIONS = of_rows(sql.IN_SUBMISSIONS)
DIFF = of_rows(sql.DIFF)
SUBMISSIONS_TO_CHANGE = of_rows(sql.SUBMISSIONS_TO_CHANGE)
NEW_OCCUPATIONS = of_rows(sql.NEW_OCCUPATIONS)
LAST_YEAR = """
UPDATE measures_stagedfigure s
SET last_year = (
    SELECT f.value
    FROM measures_item i
    JOIN measures_submission b ON b.id = i.submission_id
    JOIN measures_reportinground d ON d.id = b.round_id
    JOIN measures_reportinground last ON last.year = d.year - 1
    JOIN measures_submission c ON c.round_id = last.id AND c.organisation_id = b.organisation_id
    JOIN measures_item before ON before.submission_id = c.id AND before.indicator_id = i.indicator_id
    JOIN measures_figure f ON f.item_id = before.id AND f.region_id = s.region
        AND f.occupation_id = s.occupation AND f.target_group_id = s.target_group
    WHERE i.id = s.item_id
)
WHERE s.import_run_id = %(run)s AND s.id = ANY(%(rows)s)
"""
SET_DATA_AS_OF = of_rows(sql.SET_DATA_AS_OF)
UPSERT = of_rows(sql.UPSERT)

TOLD = "SELECT code, params::text FROM ({found}) broken"

ITEM_OF = """
SELECT i.id
FROM measures_item i
JOIN measures_submission b ON b.id = i.submission_id
JOIN measures_reportinground d ON d.id = b.round_id
JOIN measures_indicator n ON n.id = i.indicator_id
JOIN partners_organisation o ON o.id = b.organisation_id
WHERE n.code = %(indicator)s AND d.year = %(year)s AND o.code = %(organisation)s
"""
