"""Charts on pages: what the browser draws, as data in the page."""

from typing import Any

from django import template
from django.utils.html import json_script
from django.utils.safestring import SafeString

from reporting.charts.chart import Chart, Specification
from reporting.charts.layout import WIDE

register = template.Library()


@register.filter
def drawings(chart: Chart) -> SafeString:
    """Every drawing of the chart with the least width it is made for, the widest first.

    Data that they share under a name, such as the shapes of a map, are in the page once.
    """
    shared: dict[str, Any] = chart.specification.get("datasets", {})
    found = [{"least": WIDE.least if chart.narrow else 0, "specification": _without(chart.specification)}]
    if chart.narrow:
        found.append({"least": 0, "specification": _without(chart.narrow)})
    return json_script({"datasets": shared, "drawings": found})


def _without(specification: Specification) -> Specification:
    return {name: part for name, part in specification.items() if name != "datasets"}
