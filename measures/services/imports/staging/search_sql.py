"""Where things stand among the staged rows of a large import: one pass over them for each table."""

ROWS_IN_A_BLOCK = 64

_STAGED = """
FROM measures_stagedfigure
WHERE import_run_id = %(run)s AND id BETWEEN %(first)s AND %(last)s
"""

OWNERS = f"""
INSERT INTO measures_stagedowner (
    import_run_id, organisation, indicator, region, count, first_offset, offsets
)
SELECT %(run)s, organisation, indicator, region, count(*), min(id) - %(first)s,
    array_agg((id - %(first)s)::int)
{_STAGED}
GROUP BY organisation, indicator, region
"""

OCCUPATIONS = f"""
INSERT INTO measures_stagedoccupation (import_run_id, occupation, count, first_offset, offsets)
SELECT %(run)s, occupation, count(*), min(id) - %(first)s,
    array_agg((id - %(first)s)::int)
{_STAGED}
GROUP BY occupation
"""

BLOCKS = f"""
INSERT INTO measures_stagedblock (import_run_id, first_id, last_id, first_row, last_row, originals)
SELECT %(run)s, min(id), max(id), min("row"), max("row"), E'\\n' || string_agg(original, E'\\n') || E'\\n'
{_STAGED}
GROUP BY (id - %(first)s) / {ROWS_IN_A_BLOCK}
"""
