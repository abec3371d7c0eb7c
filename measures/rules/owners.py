"""Of two organisations, one above the other, only one reports an indicator in a year.

Statements of triggers: each puts the first pair that breaks the rule into ``broken``.
"""

# What two organisations share is looked up for each pair in turn: LATERAL with a LIMIT stays a query of its
# own. Joined at once, all owners are compared with all others where the planner's statistics are out of date.
_OWNERS_APART = """
    SELECT 'item_owners_are_an_antichain' AS rule,
        above.code || ' is above ' || below.code || ' for ' || n.code || ' ' || d.year AS detail
    INTO broken
    FROM (
        WITH RECURSIVE touched AS (
            {touched}
        ),
        owners AS (
            SELECT t.round_id, t.indicator_id, t.year, s.organisation_id
            FROM touched t
            JOIN measures_submission s ON s.round_id = t.round_id
            JOIN measures_item i ON i.submission_id = s.id AND i.indicator_id = t.indicator_id
        ),
        climb AS (
            SELECT DISTINCT o.year, o.organisation_id AS below_id, a.umbrella_id AS above_id
            FROM owners o
            JOIN partners_affiliation a ON a.member_id = o.organisation_id
                AND a.valid_from <= make_date(o.year, 12, 31)
                AND (a.valid_until IS NULL OR a.valid_until >= make_date(o.year, 12, 31))
            UNION
            SELECT c.year, c.below_id, a.umbrella_id
            FROM climb c
            JOIN partners_affiliation a ON a.member_id = c.above_id
                AND a.valid_from <= make_date(c.year, 12, 31)
                AND (a.valid_until IS NULL OR a.valid_until >= make_date(c.year, 12, 31))
        )
        SELECT shared.round_id, shared.indicator_id, c.below_id, c.above_id
        FROM climb c
        CROSS JOIN LATERAL (
            SELECT t.round_id, t.indicator_id
            FROM touched t
            JOIN measures_submission b ON b.round_id = t.round_id AND b.organisation_id = c.below_id
            JOIN measures_submission u ON u.round_id = t.round_id AND u.organisation_id = c.above_id
            JOIN measures_item i ON i.submission_id = b.id AND i.indicator_id = t.indicator_id
            JOIN measures_item j ON j.submission_id = u.id AND j.indicator_id = t.indicator_id
            WHERE t.year = c.year
            LIMIT 1
        ) shared
        LIMIT 1
    ) pair
    JOIN partners_organisation above ON above.id = pair.above_id
    JOIN partners_organisation below ON below.id = pair.below_id
    JOIN measures_indicator n ON n.id = pair.indicator_id
    JOIN measures_reportinground d ON d.id = pair.round_id;
"""

ITEM_OWNERS_APART = _OWNERS_APART.format(
    touched="""
            SELECT DISTINCT s.round_id, i.indicator_id, d.year
            FROM new_values i
            JOIN measures_submission s ON s.id = i.submission_id
            JOIN measures_reportinground d ON d.id = s.round_id
    """
)

# A branch that moves takes owners along: every round counts in whose year a new affiliation holds.
TREE_KEEPS_OWNERS_APART = _OWNERS_APART.format(
    touched="""
            SELECT DISTINCT s.round_id, i.indicator_id, d.year
            FROM measures_reportinground d
            JOIN measures_submission s ON s.round_id = d.id
            JOIN measures_item i ON i.submission_id = s.id
            WHERE EXISTS (
                SELECT FROM new_values a
                WHERE a.valid_from <= make_date(d.year, 12, 31)
                    AND (a.valid_until IS NULL OR a.valid_until >= make_date(d.year, 12, 31))
            )
    """
)
