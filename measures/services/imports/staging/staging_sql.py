"""From the reading process into staging: a million rows are copied once and judged in one join."""

from measures.figure_rules import CODES, CONTENT, KEY, columns, row_of
from measures.importing.process.transfer import PROBLEM_FIELDS, ROW_FIELDS
from measures.services.imports.staging.verdicts import rank, verdict

# Until the transaction ends, sorts and joins over a whole file stay in memory. What its rows refer to is in
# memory anyway: a foreign key looks it up by its index, and does not read a short table through for each row.
PLAN_FOR_MEMORY = "SET LOCAL work_mem = '64MB'; SET LOCAL random_page_cost = 1.1"

_TYPES = {
    "value": "numeric(18, 4)",
    "absence": "text",
    "quality": "text",
    "is_below_half_unit": "boolean",
    "is_uncertain": "boolean",
    "note": "text",
}

INCOMING = f"""
CREATE TEMPORARY TABLE incoming_figure (
    n bigint, sheet text, cell text, "row" int, "column" int, indicator text, year int, organisation text,
    region text, occupation text, occupation_label text, target_group text,
    {", ".join(f"{name} {_TYPES[name]}" for name in CONTENT)}, original text, is_held boolean
) ON COMMIT DROP;
CREATE TEMPORARY TABLE incoming_problem (
    severity text, code text, sheet text, cell text, "row" int, "column" int, found text, message jsonb,
    holds boolean
) ON COMMIT DROP
"""

FORGET_INCOMING = "DROP TABLE incoming_figure, incoming_problem, incoming_key, incoming_owner"


def _columns(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


COPY_ROWS = f"COPY incoming_figure ({_columns(ROW_FIELDS)}) FROM STDIN"
COPY_PROBLEMS = f"COPY incoming_problem ({_columns(PROBLEM_FIELDS)}) FROM STDIN"

# Whose figures the file has; the join below is planned by what is known of them.
KEYS = """
CREATE TEMPORARY TABLE incoming_key ON COMMIT DROP AS
SELECT DISTINCT indicator, year, organisation FROM incoming_figure;
ANALYZE incoming_key;
ANALYZE incoming_figure (indicator, year, organisation, region, occupation, target_group)
"""

# The items due that figures of the file belong to, and those of the same partner the year before.
OWNERS = """
CREATE TEMPORARY TABLE incoming_owner ON COMMIT DROP AS
SELECT k.indicator, k.year, k.organisation, due.id AS item_id,
    (
        SELECT before.id
        FROM measures_reportinground last
        JOIN measures_submission b ON b.round_id = last.id AND b.organisation_id = o.id
        JOIN measures_item before ON before.submission_id = b.id AND before.indicator_id = n.id
        WHERE last.year = k.year - 1
    ) AS item_before_id
FROM incoming_key k
JOIN measures_indicator n ON n.code = k.indicator
JOIN partners_organisation o ON o.code = k.organisation
JOIN measures_reportinground r ON r.year = k.year
JOIN measures_submission s ON s.round_id = r.id AND s.organisation_id = o.id
JOIN measures_item due ON due.submission_id = s.id AND due.indicator_id = n.id;
ANALYZE incoming_owner
"""

STAGE = f"""
WITH staged AS (
INSERT INTO measures_stagedfigure (
    import_run_id, sheet, cell, "row", "column", indicator, year, organisation, region, occupation,
    occupation_label, target_group, {columns(CONTENT)},
    original, item_id, verdict, old_value, old_absence, last_year
)
SELECT %(run)s, i.sheet, i.cell, i."row", i."column", i.indicator, i.year, i.organisation, i.region,
    i.occupation, i.occupation_label, i.target_group, {columns(CONTENT, "i")},
    i.original, o.item_id,
    {verdict(is_held="i.is_held", stored="f", row="i")},
    f.value, f.absence, before.value
FROM incoming_figure i
LEFT JOIN incoming_owner o
    ON o.indicator = i.indicator AND o.year = i.year AND o.organisation = i.organisation
LEFT JOIN measures_figure f ON {row_of("f", KEY)} = (o.item_id, {columns(CODES, "i")})
LEFT JOIN measures_figure before ON {row_of("before", KEY)} = (o.item_before_id, {columns(CODES, "i")})
ORDER BY i.n
RETURNING id
)
SELECT min(id), max(id) FROM staged
"""

_CAUSES = f"""
INSERT INTO measures_importcause (
    import_run_id, rank, severity, code, sheet, "row", "column", found, message, holds, count, first_cells
)
SELECT %(run)s, {rank("severity")}, severity, code, sheet,
    (array_agg("row" ORDER BY "row", "column"))[1], (array_agg("column" ORDER BY "row", "column"))[1],
    found, message, holds, count(*),
    coalesce((array_agg(cell ORDER BY "row", "column") FILTER (WHERE cell <> ''))[1:8], '{{{{}}}}')
FROM {{problems}}
GROUP BY severity, code, sheet, found, message, holds
"""

ADD_CAUSES = _CAUSES.format(problems="incoming_problem")

ADD_PROBLEMS = """
INSERT INTO measures_importproblem (
    import_run_id, cause_id, severity, code, sheet, cell, "row", "column", found, message, holds
)
SELECT %(run)s, c.id, p.severity, p.code, p.sheet, p.cell, p."row", p."column", p.found, p.message, p.holds
FROM incoming_problem p
JOIN measures_importcause c ON c.import_run_id = %(run)s
    AND (c.severity, c.code, c.sheet, c.found, c.message, c.holds)
        = (p.severity, p.code, p.sheet, p.found, p.message, p.holds)
"""

ADD_LATER_CAUSES = _CAUSES.format(
    problems="(SELECT * FROM measures_importproblem WHERE import_run_id = %(run)s AND cause_id IS NULL) later"
)

LINK_LATER_PROBLEMS = """
UPDATE measures_importproblem p
SET cause_id = c.id
FROM measures_importcause c
WHERE p.import_run_id = %(run)s AND p.cause_id IS NULL AND c.import_run_id = %(run)s
    AND (c.severity, c.code, c.sheet, c.found, c.message, c.holds)
        = (p.severity, p.code, p.sheet, p.found, p.message, p.holds)
"""
