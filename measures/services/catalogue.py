"""The starting data of the Alliance: objectives, groups, measures, indicators, targets, and the rounds.

As with the partners, loading again adds what is missing and leaves alone what is there.
"""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path

from django.db import models, transaction

from measures.checks import plain, read_parameters
from measures.checks.parameters import demand_known
from measures.enums import TOTAL, UNASSIGNED, CheckStatus
from measures.models import (
    FundingSource,
    Indicator,
    IndicatorAlias,
    Lesson,
    Measure,
    MeasureContribution,
    MeasureFunding,
    Objective,
    Occupation,
    Outcome,
    Phase,
    PlausibilityCheck,
    Product,
    ReportingRound,
    Target,
    TargetGroup,
)
from measures.selectors.round_plans import catalogue_plan
from measures.services.meetings.catalogue import load_meetings
from measures.services.rounds import open_round
from partners.models import Organisation
from partners.models.organisations import FOUNDED
from partners.services.catalogue import Row, ids_by_code, load_partners, read_lists, store

FOLDER = Path(__file__).resolve().parent.parent / "catalogue"


def catalogued_checks() -> list[PlausibilityCheck]:
    """The plausibility checks that an installation begins with; not stored."""
    return [
        PlausibilityCheck(
            code=row["code"],
            kind=row["kind"],
            severity=row["severity"],
            status=row.get("status", CheckStatus.ACTIVE),
            parameters=plain(read_parameters(row["kind"], row.get("parameters", {}))),
            text_de=row["text_de"],
            text_en=row["text_en"],
            valid_from=row["valid_from"],
            valid_until=row.get("valid_until"),
        )
        for row in read_lists(FOLDER / "checks.yaml")["checks"]
    ]


@transaction.atomic
def load_catalogue(*, overwrite: bool = False) -> Counter[str]:
    """Load everything an installation begins with; return how many rows of each kind were written."""
    written = load_partners(overwrite=overwrite)
    written["phases"] = _load_phases(overwrite=overwrite)
    written.update(_load_lists(overwrite=overwrite))
    written["measures"] = _load_measures(overwrite=overwrite)
    written.update(_load_results(overwrite=overwrite))
    written["indicators"] = _load_indicators(overwrite=overwrite)
    written["targets"] = _load_targets(overwrite=overwrite)
    written["checks"] = _load_checks(overwrite=overwrite)
    written["rounds"] = _open_rounds()
    written.update(load_meetings(FOLDER / "meetings.yaml", overwrite=overwrite))
    return written


def _load_phases(*, overwrite: bool) -> int:
    organisations = ids_by_code(Organisation)
    phases = [
        Phase(
            code=row["code"],
            alliance_de=row["alliance_de"],
            alliance_en=row["alliance_en"],
            homepage=row["homepage"],
            implementing_body_id=organisations[row["implementing_body"]],
            starts_on=dt.date.fromisoformat(row["starts_on"]),
            ends_on=dt.date.fromisoformat(row["ends_on"]),
        )
        for row in read_lists(FOLDER / "alliance.yaml")["phases"]
    ]
    return len(store(phases, overwrite=overwrite))


def _load_lists(*, overwrite: bool) -> Counter[str]:
    objectives = [Objective(**row) for row in read_lists(FOLDER / "alliance.yaml")["objectives"]]
    groups = [
        TargetGroup(position=position, **row)
        for position, row in enumerate(read_lists(FOLDER / "target_groups.yaml")["target_groups"])
    ]
    occupations = [
        Occupation(level=0 if row["code"] in {TOTAL, UNASSIGNED} else len(row["code"]), **row)
        for row in read_lists(FOLDER / "occupations.yaml")["occupations"]
    ]
    sources = [FundingSource(**row) for row in read_lists(FOLDER / "measures.yaml")["funding_sources"]]
    return Counter(
        objectives=len(store(objectives, overwrite=overwrite)),
        target_groups=len(store(groups, overwrite=overwrite)),
        occupations=len(store(occupations, overwrite=overwrite)),
        funding_sources=len(store(sources, overwrite=overwrite)),
    )


def _load_measures(*, overwrite: bool) -> int:
    rows = read_lists(FOLDER / "measures.yaml")["measures"]
    measures = [
        Measure(
            code=row["code"],
            kind=row["kind"],
            name_de=row["name_de"],
            name_en=row["name_en"],
            since=row.get("since"),
            secured_until=row.get("secured_until", ""),
        )
        for row in rows
    ]
    written = store(measures, overwrite=overwrite)
    if written:
        _store_what_measures_have([row for row in rows if row["code"] in written])
    return len(written)


def _store_what_measures_have(rows: Collection[Row]) -> None:
    """Set anew whom these measures are for, who carries them and where their money comes from.

    Amounts once recorded stay.
    """
    measures = ids_by_code(Measure)
    objectives = ids_by_code(Objective)
    ids = [measures[row["code"]] for row in rows]
    to_objectives = Measure.objectives.through
    to_groups = Measure.target_groups.through
    to_objectives.objects.filter(measure__in=ids).delete()
    to_groups.objects.filter(measure__in=ids).delete()
    MeasureContribution.objects.filter(measure__in=ids).delete()
    to_objectives.objects.bulk_create(
        to_objectives(measure_id=measures[row["code"]], objective_id=objectives[code])
        for row in rows
        for code in row["objectives"]
    )
    to_groups.objects.bulk_create(
        to_groups(measure_id=measures[row["code"]], targetgroup_id=code)
        for row in rows
        for code in row["target_groups"]
    )
    organisations = ids_by_code(Organisation)
    MeasureContribution.objects.bulk_create(
        MeasureContribution(
            measure_id=measures[row["code"]],
            role=part["role"],
            organisation_id=organisations[part["organisation"]] if "organisation" in part else None,
            organisation_kind=part.get("organisation_kind", ""),
            valid_from=dt.date.fromisoformat(part["valid_from"]) if "valid_from" in part else FOUNDED,
        )
        for row in rows
        for part in row["contributions"]
    )
    sources = ids_by_code(FundingSource)
    MeasureFunding.objects.bulk_create(
        [
            MeasureFunding(measure_id=measures[row["code"]], source_id=sources[code])
            for row in rows
            for code in row.get("funding", ())
        ],
        ignore_conflicts=True,
    )


def _load_results(*, overwrite: bool) -> Counter[str]:
    lists = read_lists(FOLDER / "measures.yaml")
    measures = ids_by_code(Measure)
    objectives = ids_by_code(Objective)
    records: dict[str, list[models.Model]] = {
        "products": [
            Product(**_without(row, "measure"), measure_id=measures[row["measure"]])
            for row in lists["products"]
        ],
        "outcomes": [
            Outcome(
                **_without(row, "measure", "objective"),
                measure_id=measures[row["measure"]] if "measure" in row else None,
                objective_id=objectives[row["objective"]] if "objective" in row else None,
            )
            for row in lists["outcomes"]
        ],
        "lessons": [Lesson(**row) for row in lists["lessons"]],
    }
    return Counter({name: len(store(rows, overwrite=overwrite)) for name, rows in records.items()})


def _load_indicators(*, overwrite: bool) -> int:
    rows = read_lists(FOLDER / "indicators.yaml")["indicators"]
    measures = ids_by_code(Measure)
    indicators = [
        Indicator(
            **_without(row, "measure", "aliases"),
            measure_id=measures[row["measure"]] if row["measure"] else None,
            position=position,
        )
        for position, row in enumerate(rows, start=1)
    ]
    written = store(indicators, overwrite=overwrite)
    ids = ids_by_code(Indicator)
    IndicatorAlias.objects.bulk_create(
        [
            IndicatorAlias(indicator_id=ids[row["code"]], name=name)
            for row in rows
            if row["code"] in written
            for name in row["aliases"]
        ],
        ignore_conflicts=True,
    )
    return len(written)


def _load_targets(*, overwrite: bool) -> int:
    ids = ids_by_code(Indicator)
    rows = [
        (row, ids[row["indicator"]], ids[row["denominator"]] if "denominator" in row else None, year)
        for row in read_lists(FOLDER / "targets.yaml")["targets"]
        for year in row["years"]
    ]
    if overwrite:
        for _row, indicator_id, denominator_id, year in rows:
            Target.objects.filter(indicator=indicator_id, denominator=denominator_id, year=year).delete()
    known = set(Target.objects.values_list("indicator", "denominator", "year"))
    targets = [
        (
            Target(
                **_without(row, "indicator", "denominator", "years", "value", "responsible"),
                indicator_id=indicator_id,
                denominator_id=denominator_id,
                year=year,
                value=Decimal(row["value"]),
            ),
            row["responsible"],
        )
        for row, indicator_id, denominator_id, year in rows
        if (indicator_id, denominator_id, year) not in known
    ]
    Target.objects.bulk_create(target for target, _codes in targets)
    organisations = ids_by_code(Organisation)
    to_organisations = Target.responsible.through
    to_organisations.objects.bulk_create(
        to_organisations(target_id=target.pk, organisation_id=organisations[code])
        for target, codes in targets
        for code in codes
    )
    return len(targets)


def _load_checks(*, overwrite: bool) -> int:
    """A check that has ended stays as it was, and one that is active does not become a draft again."""
    written = 0
    known = {check.code: check for check in PlausibilityCheck.objects.all()}
    indicators = set(Indicator.objects.values_list("code", flat=True))
    for plan in catalogued_checks():
        demand_known(read_parameters(plan.kind, plan.parameters), indicators)
        check = known.get(plan.code)
        if check is None:
            plan.save()
        elif overwrite and not check.is_ended:
            for name in ("severity", "parameters", "text_de", "text_en", "valid_from", "valid_until"):
                setattr(check, name, getattr(plan, name))
            check.save()
        else:
            continue
        written += 1
    return written


def _open_rounds() -> int:
    """Open a round for each of the phases' years that has none, as the catalogue has it."""
    known = set(ReportingRound.objects.values_list("year", flat=True))
    years = [
        year
        for row in read_lists(FOLDER / "alliance.yaml")["phases"]
        for year in row["rounds"]
        if year not in known
    ]
    for year in years:
        open_round(plan=catalogue_plan(year), actor=None)
    return len(years)


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}
