"""Problems that only a comparison with the database finds, once a file has been read."""

from measures.importing.problems.types import ERROR, QUERY, Once, ProblemType, gettext_noop

TYPES = (
    ProblemType(
        "organisation_not_due",
        ERROR,
        gettext_noop(
            "{organisation} does not report “{indicator}” for {year}: it is not asked for it, or its "
            "members report it themselves. Values not applied: {count}."
        ),
        parameters=("organisation", "indicator", "year", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "round_closed",
        ERROR,
        gettext_noop(
            "The reporting round {year} is not open for {organisation} (last day: {closes_on}). Ask "
            "the data management team to record a late delivery. Values not applied: {count}."
        ),
        parameters=("year", "organisation", "closes_on", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "submission_locked",
        ERROR,
        gettext_noop(
            "{organisation} has already submitted its figures for {year}; they are in review or "
            "approved. Ask for the submission to be sent back. Values not applied: {count}."
        ),
        parameters=("organisation", "year", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "region_level_conflict",
        ERROR,
        gettext_noop(
            "“{indicator}” of {organisation} for {year} is recorded by another level of regions. One "
            "level is used for all figures. Values not applied: {count}."
        ),
        parameters=("indicator", "organisation", "year", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "occupation_level_conflict",
        ERROR,
        gettext_noop(
            "“{indicator}” of {organisation} for {year} is recorded by occupations of another number "
            "of digits. One level is used for all figures. Values not applied: {count}."
        ),
        parameters=("indicator", "organisation", "year", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "indicator_not_recorded",
        ERROR,
        gettext_noop("“{indicator}” is not recorded as figures. Values not applied: {count}."),
        parameters=("indicator", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "occupation_not_asked",
        ERROR,
        gettext_noop("“{indicator}” is not broken down by occupation. Values not applied: {count}."),
        parameters=("indicator", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "target_group_not_asked",
        ERROR,
        gettext_noop("“{indicator}” is not broken down by target group. Values not applied: {count}."),
        parameters=("indicator", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "target_group_of_another_indicator",
        ERROR,
        gettext_noop("“{indicator}” is not asked by the target group “{group}”. Values held: {count}."),
        parameters=("indicator", "group", "count"),
        numbers=("count",),
        once=Once.CAUSE,
    ),
    ProblemType(
        "occupation_not_of_round",
        ERROR,
        gettext_noop(
            "In {year} “{indicator}” is asked as a total, not by occupation. The data management team can "
            "have the round ask for more."
        ),
        parameters=("indicator", "year"),
    ),
    ProblemType(
        "target_group_not_of_round",
        ERROR,
        gettext_noop(
            "In {year} “{indicator}” is asked as a total, not by target group (“{group}”). The data "
            "management team can have the round ask for more."
        ),
        parameters=("indicator", "year", "group"),
    ),
    ProblemType(
        "data_as_of_older",
        QUERY,
        gettext_noop(
            "The data of this table are as of {as_of}; what is stored is as of {stored}. Make sure that the "
            "file is not an older edition. Values concerned: {count}."
        ),
        parameters=("as_of", "stored", "count"),
        numbers=("count",),
        once=Once.SHEET,
    ),
    ProblemType(
        "replaces_others",
        QUERY,
        gettext_noop(
            "What {who} entered by {when} would be replaced. Make sure that the file is right, or explain "
            "why. Values concerned: {count}."
        ),
        parameters=("who", "when", "count"),
        numbers=("count",),
        is_explainable=True,
    ),
    ProblemType(
        "no_jump_from_last_year",
        QUERY,
        gettext_noop(
            "“{indicator}”: {now} after {before} in {year} ({change}). {check} Values concerned: {count}."
        ),
        parameters=("indicator", "change", "year", "now", "before", "check", "count"),
        numbers=("change", "now", "before", "count"),
        is_explainable=True,
    ),
    ProblemType(
        "group_within_total",
        ERROR,
        gettext_noop(
            "“{indicator}” for {year}: {value} is more than the total of {total}. Group and total are held "
            "until one of them is corrected."
        ),
        parameters=("indicator", "year", "value", "total"),
        numbers=("value", "total"),
    ),
    ProblemType(
        "check_broken",
        ERROR,
        gettext_noop("“{indicator}” for {year}: {value} cannot be right. {check}"),
        parameters=("indicator", "year", "value", "check"),
        numbers=("value",),
    ),
    ProblemType(
        "check_asks",
        QUERY,
        gettext_noop("“{indicator}” for {year}: {value}. {check} Values concerned: {count}."),
        parameters=("indicator", "year", "value", "check", "count"),
        numbers=("value", "count"),
        is_explainable=True,
    ),
    ProblemType(
        "finding_holds",
        ERROR,
        gettext_noop(
            "“{indicator}” for {year}: {finding} {check} All values that do not go together are held until "
            "they do."
        ),
        parameters=("indicator", "year", "finding", "check"),
    ),
    ProblemType(
        "finding_asks",
        QUERY,
        gettext_noop("“{indicator}” for {year}: {finding} {check} Values concerned: {count}."),
        parameters=("indicator", "year", "finding", "check", "count"),
        numbers=("count",),
        is_explainable=True,
    ),
)

ALSO_OF_THE_READER = ("negative", "too_precise")
"""Rules of an indicator may have changed since the file was read: these are looked for once more."""
