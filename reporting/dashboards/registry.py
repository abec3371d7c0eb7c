"""All views in reading order: the navigation, the addresses and the exports follow from this list."""

from reporting.dashboards.comparing.view import VIEW as COMPARE
from reporting.dashboards.data import View
from reporting.dashboards.overview.view import VIEW as OVERVIEW
from reporting.dashboards.placing.mismatch import VIEW as MISMATCH
from reporting.dashboards.placing.offers import VIEW as OFFERS
from reporting.dashboards.subjects import (
    coverage,
    laender,
    mix,
    money,
    objectives,
    occupations,
    reported,
    series,
    target_groups,
    umbrellas,
)
from reporting.dashboards.training_market.view import VIEW as TRAINING_MARKET

VIEWS: tuple[View, ...] = (
    OVERVIEW,
    objectives.VIEW,
    series.VIEW,
    laender.VIEW,
    umbrellas.VIEW,
    reported.VIEW,
    COMPARE,
    target_groups.VIEW,
    occupations.VIEW,
    TRAINING_MARKET,
    MISMATCH,
    OFFERS,
    mix.VIEW,
    coverage.VIEW,
    money.VIEW,
)

_BY_CODE = {view.code: view for view in VIEWS}


def view_of(code: str) -> View | None:
    return _BY_CODE.get(code)
