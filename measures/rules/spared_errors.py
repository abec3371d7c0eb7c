"""Whether a person has spared a submission an error: by a waiver, or by changing the check itself.

Whoever did decides on that submission no more. The rules are SQL, for the database, permissions and
verification alike; in them ``concerned`` is the submission and ``o`` its round.
"""

from measures.enums import CheckStatus, Severity


def spared_an_error(submission: str, person: str, *, since: str, at: str = "") -> str:
    """Whether the person did, as SQL; with a time ``at``: as things stood then.

    ``since``: a time, or NULL for the first day of the round; changes of checks from before concern nobody.
    """
    return f"{_waived(submission, person, at)} OR {_eased(submission, person, since, at)}"


def _waived(submission: str, person: str, at: str) -> str:
    """A waiver of theirs stands, and its check is an error for one of the items that it is about."""
    stands = (
        f"w.given_at <= {at} AND (w.ended_at IS NULL OR w.ended_at > {at})" if at else "w.ended_at IS NULL"
    )
    return f"""EXISTS (
            SELECT FROM measures_submission concerned
            JOIN measures_reportinground o ON o.id = concerned.round_id
            JOIN measures_checkwaiver w ON o.year BETWEEN w.first_year AND w.last_year
                AND (w.organisation_id IS NULL OR w.organisation_id = concerned.organisation_id)
            CROSS JOIN LATERAL ({_last_version("w.plausibility_check_id", _until(at))}) k
            WHERE concerned.id = {submission} AND w.given_by_id = {person} AND {stands}
                AND {_is_error("k", "w.indicator_id IS NULL OR a.indicator_id = w.indicator_id")}
        )"""  # our own text


def _eased(submission: str, person: str, since: str, at: str) -> str:
    """Before a change of theirs a check was an error; since then it is none, or asks something else.

    Whether what it asks is more or less cannot be told for every kind: any change of it counts.
    """
    first_day = """least(o.opens_on, (
                SELECT min(r.opens_on) FROM measures_roundevent r WHERE r.round_id = o.id
            ))"""
    return f"""EXISTS (
            SELECT FROM measures_submission concerned
            JOIN measures_reportinground o ON o.id = concerned.round_id
            CROSS JOIN measures_plausibilitycheckversion changed
            CROSS JOIN LATERAL ({_last_version("changed.pgh_obj_id", "v.pgh_id < changed.pgh_id")}) former
            CROSS JOIN LATERAL ({_last_version("changed.pgh_obj_id", _until(at))}) present
            WHERE concerned.id = {submission} AND changed.pgh_id = ANY(ARRAY({_changes_by(person)}))
                AND changed.pgh_created_at >= coalesce({since}, {first_day})
                AND changed.pgh_id <= present.pgh_id
                AND {_is_error("former")}
                AND NOT ({_asks_the_same("changed")}) AND NOT ({_asks_the_same("present")})
        )"""  # our own text


def _changes_by(person: str) -> str:
    """The versions of checks that are a person's: in an array, which is made once for all submissions."""
    return f"""
                SELECT u.pgh_id FROM measures_plausibilitycheckversion u
                JOIN pghistory_context c ON c.id = u.pgh_context_id
                WHERE c.metadata ->> 'user' = {person}::text
            """  # noqa: S608  # our own text


def _until(at: str) -> str:
    return f"v.pgh_created_at <= {at}" if at else "true"


def _last_version(check: str, of_those: str) -> str:
    return f"""
                SELECT * FROM measures_plausibilitycheckversion v
                WHERE v.pgh_obj_id = {check} AND {of_those} ORDER BY v.pgh_id DESC LIMIT 1
            """  # noqa: S608  # our own text


def _asks_the_same(version: str) -> str:
    return f"{version}.parameters = former.parameters AND {_is_error(version)}"


def _is_error(check: str, of_items: str = "true") -> str:
    """Whether a version of a check is an error for the submission, asked of one of these items ``a``."""
    return f"""(
                    {check}.severity = '{Severity.ERROR.value}'
                    AND {check}.status <> '{CheckStatus.DRAFT.value}'
                    AND o.year >= {check}.valid_from
                    AND ({check}.valid_until IS NULL OR o.year <= {check}.valid_until)
                    AND EXISTS (
                        SELECT FROM measures_item a
                        JOIN measures_indicator n ON n.id = a.indicator_id
                        WHERE a.submission_id = concerned.id AND ({of_items})
                            AND {_is_asked_of(f"{check}.parameters", "n.code")}
                    )
                )"""  # our own text


def _is_asked_of(parameters: str, indicator: str) -> str:
    """Whether a check can find something at an indicator, as SQL.

    A formula: where all that it names is due; what others make compulsory: where one of those is due.
    """
    formula = f"{parameters} ->> 'formula'"
    # Without target groups and "last_year", the words of a formula are indicators.
    named = f"""ARRAY(
                                SELECT word[1] FROM regexp_matches(
                                    regexp_replace({formula}, '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),
                                    '\\m[[:alpha:]_]\\w*', 'g'
                                ) word
                            )"""  # noqa: S608  # our own text
    due = """ARRAY(
                                SELECT d.code::text FROM measures_item b
                                JOIN measures_indicator d ON d.id = b.indicator_id
                                WHERE b.submission_id = concerned.id
                            )"""
    return f"""CASE
                            WHEN {formula} IS NOT NULL THEN
                                {indicator} = ANY({named}) AND {named} <@ {due}
                            WHEN {parameters} ? 'required' THEN
                                {parameters} -> 'required' ? {indicator}
                                AND {parameters} -> 'indicators' ?| {due}
                            ELSE coalesce({parameters} -> 'indicators', '[]') = '[]'
                                OR {parameters} -> 'indicators' ? {indicator}
                        END"""
