"""Rules 1 to 10 as sentences over the whole database, each one statement."""

from measures.enums import TOTAL, UNASSIGNED, ControlScope, Origin, TotalBasis, Verdict
from measures.figure_rules import (
    CONTENT,
    CONTENT_RULES,
    EDITABLE,
    KEY,
    STAGED_KEY,
    STATE,
    FigureRule,
    RuleSubject,
    columns,
    figure_terms,
    is_changed,
    is_same,
    same_key,
)
from measures.import_workflow import ImportStatus
from measures.workflow import WORKFLOW, SubmissionStatus, sql_list
from measures.workflow_triggers import last_step, moves_sql
from partners.enums import OrganisationKind
from reporting.checks.running import DatabaseCheck, by_sql

_APPROVED = sql_list([SubmissionStatus.APPROVED.value])
_APPLIED = sql_list([ImportStatus.APPLIED.value])
_IMPORTED = sql_list([Origin.IMPORT.value])
_BY_PEOPLE = sql_list(Origin.by_people)
_HELD = sql_list([Verdict.HELD.value])
_CHAMBER = sql_list([OrganisationKind.CHAMBER.value])

# A figure in words: DIHK's welcome_mentors 2016, 05 × _T × _T = 3
_CODES = """
JOIN measures_item i ON i.id = f.item_id
JOIN measures_submission s ON s.id = i.submission_id
JOIN measures_reportinground d ON d.id = s.round_id
JOIN measures_indicator n ON n.id = i.indicator_id
JOIN partners_organisation w ON w.id = s.organisation_id
"""
_FIGURE = """w.code || ' ' || n.code || ' ' || d.year || ', ' || f.region_id || ' × ' || f.occupation_id
    || ' × ' || f.target_group_id || ' = ' || coalesce(f.value::text, f.absence, 'NULL')"""
_ALL = f"""(
    SELECT {columns((*KEY, *CONTENT))} FROM measures_figure
    UNION ALL
    SELECT {columns((*KEY, *CONTENT))} FROM measures_approvedfigure
)"""  # noqa: S608  # our own text
_NEWEST = f"""
SELECT DISTINCT ON ({columns(KEY)}) pgh_label, {columns((*KEY, *STATE))}
FROM measures_figureversion
ORDER BY {columns(KEY)}, pgh_id DESC
"""  # noqa: S608  # our own text
_LEVELS = """
JOIN partners_region r ON r.code = f.region_id
JOIN measures_occupation o ON o.code = f.occupation_id
"""
_LAST_STEP = last_step("s.id")
_CLIMB = """
WITH RECURSIVE climb AS (
    SELECT d.id AS round_id, a.member_id AS below_id, a.umbrella_id AS above_id, d.year
    FROM measures_reportinground d
    JOIN partners_affiliation a ON a.valid_from <= make_date(d.year, 12, 31)
        AND (a.valid_until IS NULL OR a.valid_until >= make_date(d.year, 12, 31))
    UNION
    SELECT c.round_id, c.below_id, a.umbrella_id, c.year
    FROM climb c
    JOIN partners_affiliation a ON a.member_id = c.above_id
        AND a.valid_from <= make_date(c.year, 12, 31)
        AND (a.valid_until IS NULL OR a.valid_until >= make_date(c.year, 12, 31))
)
"""


# Of two rows of the same key whichever is there.
_EITHER = ", ".join([*KEY, *(f"coalesce(c.{name}, a.{name}) AS {name}" for name in ("value", "absence"))])


def _figures(condition: str, joins: str = "", table: str = _ALL) -> str:
    return f"SELECT {_FIGURE} FROM {table} f {_CODES} {joins} WHERE {condition}"  # noqa: S608  # our own text


def _keeps(rule: FigureRule) -> DatabaseCheck:
    """A rule of figures over all of them.

    What was approved stays as it was while a correction brings the item to other levels; these bind the
    current figures alone.
    """
    broken = rule.is_broken(figure_terms("f"))
    if rule.subject is RuleSubject.ITEM:
        return by_sql(rule.number, rule.name, _figures(broken, _LEVELS, "measures_figure"))
    return by_sql(rule.number, rule.name, _figures(broken))


RULE_CHECKS: tuple[DatabaseCheck, ...] = (
    by_sql(
        1,
        "figure_codes_are_known",
        f"""
        SELECT 'item ' || f.item_id || ', ' || f.region_id || ' × ' || f.occupation_id || ' × '
            || f.target_group_id
        FROM {_ALL} f
        WHERE NOT EXISTS (SELECT FROM measures_item WHERE id = f.item_id)
            OR NOT EXISTS (SELECT FROM partners_region WHERE code = f.region_id)
            OR NOT EXISTS (SELECT FROM measures_occupation WHERE code = f.occupation_id)
            OR NOT EXISTS (SELECT FROM measures_targetgroup WHERE code = f.target_group_id)
        """,  # noqa: S608  # our own text
    ),
    *(_keeps(rule) for rule in CONTENT_RULES),
    by_sql(
        3,
        "total_agrees_with_its_parts",
        f"""
        SELECT w.code || ' ' || n.code || ' ' || d.year || ', ' || f.region_id || ' × ' || f.target_group_id
            || ': stated ' || f.value || ', parts ' || f.parts_sum
        FROM measures_current_sum f {_CODES}
        JOIN LATERAL (
            SELECT CASE WHEN bool_and(g.origin = {_IMPORTED} AND mod(g.value, 3) = 0)
                THEN f.parts + 1 ELSE 0 END AS tolerance
            FROM measures_figure g WHERE g.item_id = f.item_id AND g.value IS NOT NULL
        ) allowed ON true
        WHERE f.occupation_id = '{TOTAL}' AND f.basis = '{TotalBasis.STATED.value}'
            AND s.status NOT IN ({EDITABLE})
            AND f.value IS NOT NULL AND f.parts_sum IS NOT NULL
            AND (
                (f.parts_sum > f.value + tolerance AND (f.parts_absent = 0 OR NOT n.may_be_negative))
                OR (f.parts_sum < f.value - tolerance AND f.parts_absent = 0)
            )
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        3,
        "group_is_within_its_total",
        f"""
        SELECT w.code || ' ' || n.code || ' ' || d.year || ', ' || f.region_id || ' × ' || f.target_group_id
            || ': ' || f.value || ' of ' || t.value
        FROM measures_current_total f {_CODES}
        JOIN measures_current_total t ON t.item_id = f.item_id AND t.region_id = f.region_id
            AND t.target_group_id = '{TOTAL}' AND t.occupation_id = '{TOTAL}'
        WHERE f.occupation_id = '{TOTAL}' AND f.target_group_id <> '{TOTAL}' AND s.status NOT IN ({EDITABLE})
            AND NOT n.may_be_negative AND t.basis <> '{TotalBasis.AT_LEAST.value}' AND f.value > t.value
            AND NOT EXISTS (
                SELECT FROM measures_figure g WHERE g.item_id = f.item_id AND f.value <= t.value + 2
                HAVING bool_and(g.value IS NULL OR (g.origin = {_IMPORTED} AND mod(g.value, 3) = 0))
            )
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        3,
        "control_total_agrees_with_its_file",
        f"""
        SELECT r.file_name || ' ' || c.sheet || '!' || c.cell || ': stated ' || c.stated
            || ', sum ' || coalesce(c.sum::text, 'none')
            || ', rows add up to ' || coalesce(parts.sum::text, 'none')
        FROM measures_controltotal c
        JOIN measures_importrun r ON r.id = c.import_run_id AND r.status = {_APPLIED}
        JOIN measures_indicator n ON n.id = c.indicator_id
        LEFT JOIN partners_organisation o ON o.id = c.organisation_id
        CROSS JOIN LATERAL (
            SELECT sum(g.value) AS sum
            FROM measures_stagedfigure g
            WHERE g.import_run_id = c.import_run_id AND g.sheet = c.sheet AND g.indicator = n.code
                AND g.year = c.year AND g.occupation = c.occupation_id AND g.target_group = c.target_group_id
                AND g.verdict <> {_HELD}
                AND (o.id IS NULL OR g.organisation = o.code OR g.organisation IN (
                    SELECT m.code FROM partners_affiliation a
                    JOIN partners_organisation m ON m.id = a.member_id WHERE a.umbrella_id = o.id
                ))
                AND (c.region_id = g.region OR (c.region_id = 'DE'
                    AND (c.scope = '{ControlScope.ORGANISATIONS.value}' OR g.region <> 'DE')))
        ) parts
        WHERE c.is_ok IS FALSE
            OR (c.is_ok AND (c.sum IS DISTINCT FROM parts.sum OR abs(c.stated - c.sum) > c.tolerance))
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        4,
        "chamber_reports_in_its_land",
        _figures(f"w.kind = {_CHAMBER} AND f.region_id NOT IN (w.region_id, '{UNASSIGNED}')"),
    ),
    by_sql(
        5,
        "owners_are_an_antichain",
        f"""
        {_CLIMB}
        SELECT u.code || ' is above ' || b.code || ' for ' || n.code || ' ' || c.year
        FROM climb c
        JOIN measures_submission sb ON sb.round_id = c.round_id AND sb.organisation_id = c.below_id
        JOIN measures_item ib ON ib.submission_id = sb.id
        JOIN measures_submission su ON su.round_id = c.round_id AND su.organisation_id = c.above_id
        JOIN measures_item iu ON iu.submission_id = su.id AND iu.indicator_id = ib.indicator_id
        JOIN measures_indicator n ON n.id = ib.indicator_id
        JOIN partners_organisation b ON b.id = c.below_id
        JOIN partners_organisation u ON u.id = c.above_id
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        5,
        "owner_is_asked",
        """
        SELECT w.code || ' (' || w.kind || ') is asked for ' || n.code || ' ' || d.year
        FROM measures_item i
        JOIN measures_submission s ON s.id = i.submission_id
        JOIN measures_reportinground d ON d.id = s.round_id
        JOIN measures_indicator n ON n.id = i.indicator_id
        JOIN partners_organisation w ON w.id = s.organisation_id
        LEFT JOIN measures_roundindicator a ON a.round_id = d.id AND a.indicator_id = n.id
        WHERE NOT w.kind = ANY(coalesce(a.asked_of, '{}'))
            AND NOT EXISTS (SELECT FROM measures_figureversion v WHERE v.item_id = i.id)
            AND NOT EXISTS (SELECT FROM measures_submissionevent e WHERE e.submission_id = s.id)
        """,
    ),
    by_sql(
        7,
        "extension_is_later_than_the_round",
        """
        SELECT w.code || ' ' || d.year || ': ' || s.extended_until
        FROM measures_submission s
        JOIN measures_reportinground d ON d.id = s.round_id
        JOIN partners_organisation w ON w.id = s.organisation_id
        WHERE s.extended_until < d.opens_on
        """,
    ),
    by_sql(
        8,
        "owner_existed_in_its_year",
        """
        SELECT w.code || ' ' || d.year
        FROM measures_submission s
        JOIN measures_reportinground d ON d.id = s.round_id
        JOIN partners_organisation w ON w.id = s.organisation_id
        WHERE w.valid_from > make_date(d.year, 12, 31) OR w.valid_until < make_date(d.year, 1, 1)
        """,
    ),
    by_sql(
        9,
        "newest_version_is_the_figure",
        f"""
        SELECT {_FIGURE}
        FROM measures_figure f {_CODES}
        LEFT JOIN ({_NEWEST}) v ON {same_key("v", "f")}
        WHERE v.pgh_label IS NULL OR v.pgh_label = 'delete' OR {is_changed("v", "f", STATE)}
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        9,
        "imported_figure_is_as_in_its_cell",
        f"""
        SELECT {_FIGURE} || ', not as in ' || r.file_name || ' ' || f.sheet || '!' || f.cell
        FROM measures_figure f {_CODES}
        JOIN measures_importrun r ON r.id = f.import_run_id
        WHERE f.origin = {_IMPORTED} AND NOT EXISTS (
            SELECT FROM measures_stagedfigure g
            WHERE g.import_run_id = f.import_run_id
                AND {same_key("f", "g", STAGED_KEY)}
                AND (g.sheet, g.cell) = (f.sheet, f.cell)
                AND {is_same("g", "f")}
        )
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        9,
        "what_is_gone_was_deleted",
        f"""
        SELECT {_FIGURE}
        FROM ({_NEWEST}) f {_CODES}
        WHERE f.pgh_label <> 'delete'
            AND NOT EXISTS (SELECT FROM measures_figure v WHERE {same_key("v", "f")})
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        9,
        "figure_names_its_origin",
        f"""
        SELECT {_FIGURE} || ' (' || f.origin || ')'
        FROM measures_figure f {_CODES}
        LEFT JOIN measures_importrun r ON r.id = f.import_run_id AND r.status = {_APPLIED}
        WHERE (f.origin = {_IMPORTED} AND (r.id IS NULL OR f.cell = ''))
            OR (f.origin IN ({_BY_PEOPLE}) AND f.entered_by_id IS NULL)
            OR f.entered_at IS NULL
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        10,
        "approved_figure_is_its_version",
        f"""
        SELECT {_FIGURE}
        FROM measures_approvedfigure f {_CODES}
        LEFT JOIN measures_figureversion v ON v.pgh_id = f.version_id AND {same_key("v", "f")}
        WHERE v.pgh_id IS NULL OR v.pgh_label = 'delete' OR v.pgh_created_at > s.approved_at
            OR {is_changed("v", "f")}
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        10,
        "figure_use_names_a_version",
        """
        SELECT u.year || ', ' || left(u.snapshot, 12) || ': version ' || u.version_id
        FROM measures_figureuse u
        WHERE NOT EXISTS (SELECT FROM measures_figureversion v WHERE v.pgh_id = u.version_id)
        """,
    ),
    by_sql(
        10,
        "approved_submission_has_its_figures_approved",
        f"""
        SELECT {_FIGURE}
        FROM (
            SELECT {_EITHER}
            FROM measures_figure c
            FULL JOIN measures_approvedfigure a USING ({columns(KEY)})
            WHERE {is_changed("a", "c")}
        ) f {_CODES}
        WHERE s.status = {_APPROVED}
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        10,
        "approved_figure_was_approved",
        f"""
        SELECT {_FIGURE}
        FROM measures_approvedfigure f {_CODES}
        WHERE NOT EXISTS (
            SELECT FROM measures_submissionevent e WHERE e.submission_id = s.id AND e.to_status = {_APPROVED}
        )
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        10,
        "steps_follow_each_other",
        f"""
        SELECT w.code || ' ' || d.year || ': ' || e.action || ' from ' || e.from_status
            || ' to ' || e.to_status || ' after ' || e.before
        FROM (
            SELECT submission_id, action, from_status, to_status,
                lag(to_status, 1, '{WORKFLOW.initial}')
                    OVER (PARTITION BY submission_id ORDER BY id) AS before
            FROM measures_submissionevent
        ) e
        JOIN measures_submission s ON s.id = e.submission_id
        JOIN measures_reportinground d ON d.id = s.round_id
        JOIN partners_organisation w ON w.id = s.organisation_id
        WHERE e.from_status <> e.before
            OR (e.action, e.from_status, e.to_status) NOT IN ({moves_sql(WORKFLOW)})
        """,  # noqa: S608  # our own text
    ),
    by_sql(
        10,
        "status_is_the_last_step",
        f"""
        SELECT w.code || ' ' || d.year || ': ' || s.status || ', last step ' || coalesce({_LAST_STEP}, 'none')
        FROM measures_submission s
        JOIN measures_reportinground d ON d.id = s.round_id
        JOIN partners_organisation w ON w.id = s.organisation_id
        WHERE s.status <> coalesce({_LAST_STEP}, '{WORKFLOW.initial}')
        """,  # noqa: S608  # our own text
    ),
)
