"""The judgement of staging, asked of some of its rows alone."""

from measures.figure_rules import CODES, KEY, columns, row_of
from measures.services.imports.judging import sql
from measures.services.imports.judging.sql import CHOSEN_ROWS

NOT_DUE = sql.not_due(CHOSEN_ROWS)
NOT_ASKED = sql.not_asked(CHOSEN_ROWS)
NOT_OF_ROUND = sql.not_of_round(CHOSEN_ROWS)
OFF_LEVEL = sql.off_level(CHOSEN_ROWS)
IN_SUBMISSIONS = sql.in_submissions(CHOSEN_ROWS)
COMPARE = sql.compare(CHOSEN_ROWS)
SUBMISSIONS_TO_CHANGE = sql.submissions_to_change(CHOSEN_ROWS)
NEW_OCCUPATIONS = sql.new_occupations(CHOSEN_ROWS)
LAST_YEAR = f"""
UPDATE measures_stagedfigure s
SET last_year = (
    SELECT f.value
    FROM measures_item i
    JOIN measures_submission b ON b.id = i.submission_id
    JOIN measures_reportinground d ON d.id = b.round_id
    JOIN measures_reportinground last ON last.year = d.year - 1
    JOIN measures_submission c ON c.round_id = last.id AND c.organisation_id = b.organisation_id
    JOIN measures_item before ON before.submission_id = c.id AND before.indicator_id = i.indicator_id
    JOIN measures_figure f ON {row_of("f", KEY)} = (before.id, {columns(CODES, "s")})
    WHERE i.id = s.item_id
)
WHERE {CHOSEN_ROWS}
"""
SET_DATA_AS_OF = sql.set_data_as_of(CHOSEN_ROWS)
UPSERT = sql.upsert(CHOSEN_ROWS)

BROKEN_RULES = "SELECT code, params::text FROM ({found}) broken"

ITEM_OF = """
SELECT i.id
FROM measures_item i
JOIN measures_submission b ON b.id = i.submission_id
JOIN measures_reportinground d ON d.id = b.round_id
JOIN measures_indicator n ON n.id = i.indicator_id
JOIN partners_organisation o ON o.id = b.organisation_id
WHERE n.code = %(indicator)s AND d.year = %(year)s AND o.code = %(organisation)s
"""
