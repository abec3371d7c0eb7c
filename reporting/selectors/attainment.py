"""How far the targets have come in a year and the year before: as a drawing and as lines for a program."""

import hashlib
import json
from collections.abc import Iterator

from django.core.cache import cache
from django.utils.translation import get_language

from reporting.aggregates.overview import Headline, Overview, YearTotal
from reporting.renderers import wording
from reporting.renderers.charts import AttainmentRow, attainment_chart, render_svg

CHART_KEPT_FOR = 24 * 60 * 60
CSV_COLUMNS = (
    "indicator",
    "name",
    "year",
    "value",
    "state",
    "basis",
    "reported",
    "due",
    "target",
    "attainment",
    "ceiling",
)


def drawing(overview: Overview) -> str:
    """The chart as SVG, kept by what it shows; nothing where no target applies."""
    rows = [
        AttainmentRow(
            name=f"{headline.indicator.name} {total.year}",
            value_text=wording.amount(total.amount),
            target_text=wording.target(total.target) if total.target else "",
            attainment=total.attainment,
            is_ceiling=bool(total.target and total.target.is_ceiling),
        )
        for headline in overview.headlines
        for total in headline.totals
        if total.attainment is not None
    ]
    if not rows:
        return ""
    specification = attainment_chart(rows, get_language() or "de")
    content = json.dumps(specification, sort_keys=True).encode()
    key = f"chart-{hashlib.sha256(content).hexdigest()}"
    return str(cache.get_or_set(key, lambda: render_svg(specification), CHART_KEPT_FOR))


def csv_lines(overview: Overview) -> Iterator[tuple[object, ...]]:
    """One line per figure under ``CSV_COLUMNS``: plain numbers, states as codes."""
    for headline in overview.asked_headlines:
        for total in headline.totals:
            yield _csv_line(headline, total)


def _csv_line(headline: Headline, total: YearTotal) -> tuple[object, ...]:
    amount, target = total.amount, total.target
    return (
        headline.indicator.code,
        headline.indicator.name,
        total.year,
        "" if amount.value is None else amount.value,
        amount.state.value,
        amount.basis.value if amount.basis else "",
        amount.reported,
        amount.due,
        target.value if target else "",
        "" if total.attainment is None else f"{total.attainment:.6f}",
        int(target.is_ceiling) if target else "",
    )
