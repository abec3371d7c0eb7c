"""The overview: where the Alliance stands in a year, and who has reported."""

import csv
import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_safe

from measures.models import Submission
from partners.middleware import PortalRequest
from partners.permissions import Access
from reporting.aggregates.overview import Headline, Overview, YearTotal, load_overview
from reporting.aggregates.participation import Participant, ParticipantGroup
from reporting.aggregates.regions import region_label
from reporting.renderers import wording
from reporting.renderers.charts import AttainmentRow, attainment_chart, render_svg
from reporting.renderers.document import Amount
from reporting.views.selection import RequestedSelection, query, read_selection, trail_url

CHART_KEPT_FOR = 24 * 60 * 60
FEW = 3  # of the submissions to record; all are in the list


@require_safe
def dashboard(request: PortalRequest) -> HttpResponse:
    asked = _asked(request)
    overview = load_overview(asked.selection, asked.rounds)
    context = {
        "form": asked.form,
        "selection": asked.selection,
        "year": str(asked.selection.year),
        "limits": asked.limits,
        "query": query(asked.selection, with_year=True),
        "tiles": [_tile(headline, asked) for headline in overview.headlines],
        "rows": [*_rows(overview, asked), *_ratio_rows(overview, asked)],
        "chart": _chart(overview),
        "columns": [headline.indicator for headline in overview.columns],
        "lands": _land_rows(overview, asked),
        "land_total": [
            _number(headline.total.amount, _link(headline, asked)) for headline in overview.columns
        ],
        "without_column": [
            {"name": headline.indicator.name, "text": wording.amount(headline.total.amount)}
            for headline in overview.without_column
            if headline.is_asked
        ],
        "groups": [_group_row(group) for group in overview.groups],
        "states": _states(request.access, overview.groups),
        "to_record": Submission.objects.to_record(request.access).select_related("round", "organisation")[
            :FEW
        ],
    }
    return render(request, "reporting/dashboard.html", context)


@require_safe
def attainment_svg(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    drawing = _chart(load_overview(asked.selection, asked.rounds))
    if not drawing:
        raise Http404
    return _download(drawing.encode(), "image/svg+xml", f"attainment-{asked.selection.year}.svg")


@require_safe
def attainment_csv(request: HttpRequest) -> HttpResponse:
    """The chart's numbers for a program: one line per figure, plain numbers, states as codes."""
    asked = _asked(request)
    overview = load_overview(asked.selection, asked.rounds)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="attainment-{asked.selection.year}.csv"'
    writer = csv.writer(response)
    writer.writerow(
        [
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
        ]
    )
    for headline in _asked_headlines(overview):
        for total in filter(None, (headline.before, headline.total)):
            writer.writerow(_csv_row(headline, total))
    return response


def _asked(request: HttpRequest) -> RequestedSelection:
    asked = read_selection(request)
    if not asked.rounds:
        raise Http404(gettext("There is no reporting round yet."))
    return asked


def _asked_headlines(overview: Overview) -> list[Headline]:
    return [headline for headline in overview.headlines if headline.is_asked]


def _csv_row(headline: Headline, total: YearTotal) -> list[Any]:
    amount, target = total.amount, total.target
    return [
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
    ]


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _link(headline: Headline, asked: RequestedSelection) -> str:
    return trail_url(headline.indicator.code, headline.total.year, asked.selection)


def _number(amount: Amount, url: str, *, is_brief: bool = False) -> dict[str, Any]:
    """A number or its gap, with the way to what it is made of."""
    text = wording.amount(amount)
    if is_brief and amount.value is None:
        text = wording.absence(amount.state)
    return {"text": text, "is_gap": amount.value is None, "url": url}


def _tile(headline: Headline, asked: RequestedSelection) -> dict[str, Any]:
    total = headline.total
    return {
        "name": headline.indicator.name,
        "is_asked": headline.is_asked,
        "number": _number(total.amount, _link(headline, asked)),
        "ratio": total.attainment,
        "against_target": wording.against_target(total.target, total.attainment),
        "coverage": wording.coverage(total.amount) if total.amount.value is not None else "",
        "notes": [
            wording.period(headline.indicator.period, total.year),
            *filter(None, [wording.basis(total.amount)]),
            *wording.qualities(total.amount.qualities),
        ],
        "before": _before(headline, asked),
    }


def _before(headline: Headline, asked: RequestedSelection) -> dict[str, Any] | None:
    before = headline.before
    if before is None:
        return None
    return {
        "year": str(before.year),
        "number": _number(
            before.amount, trail_url(headline.indicator.code, before.year, asked.selection), is_brief=True
        ),
        "against_target": wording.against_target(before.target, before.attainment)
        if before.amount.value is not None
        else "",
    }


def _rows(overview: Overview, asked: RequestedSelection) -> Iterable[dict[str, Any]]:
    """The chart as a table: every headline in both years."""
    for headline in _asked_headlines(overview):
        for total in filter(None, (headline.before, headline.total)):
            yield {
                "name": headline.indicator.name,
                "year": str(total.year),
                "number": _number(
                    total.amount, trail_url(headline.indicator.code, total.year, asked.selection)
                ),
                "target": wording.target(total.target) if total.target else "",
                "attainment": _attained(total),
                "coverage": wording.count(total.amount),
            }


def _attained(total: YearTotal) -> str:
    if total.attainment is None:
        return ""
    share = wording.percent(total.attainment)
    is_ceiling = total.target is not None and total.target.is_ceiling
    return gettext("%(percent)s used") % {"percent": share} if is_ceiling else share


def _ratio_rows(overview: Overview, asked: RequestedSelection) -> Iterable[dict[str, Any]]:
    for each in overview.ratios:
        numerator, denominator = each.target.indicator, each.target.denominator
        value = each.amount.value
        yield {
            "name": gettext("%(numerator)s, as a share of %(denominator)s")
            % {"numerator": numerator.name, "denominator": denominator.name if denominator else ""},
            "year": str(each.target.year),
            "number": {
                "text": wording.amount(each.amount) if value is None else wording.percent(value),
                "is_gap": value is None,
                "url": trail_url(numerator.code, each.target.year, asked.selection),
            },
            "target": wording.percent(each.target.value),
            "attainment": "" if each.attainment is None else wording.percent(each.attainment),
            "coverage": "",
        }


def _chart(overview: Overview) -> str:
    """The drawing, kept by what it shows; nothing where no target applies."""
    rows = [
        AttainmentRow(
            name=f"{headline.indicator.name} {total.year}",
            value_text=wording.amount(total.amount),
            target_text=wording.target(total.target) if total.target else "",
            attainment=total.attainment,
            is_ceiling=bool(total.target and total.target.is_ceiling),
        )
        for headline in overview.headlines
        for total in filter(None, (headline.before, headline.total))
        if total.attainment is not None
    ]
    if not rows:
        return ""
    specification = attainment_chart(rows, get_language() or "de")
    content = json.dumps(specification, sort_keys=True).encode()
    key = f"chart-{hashlib.sha256(content).hexdigest()}"
    return str(cache.get_or_set(key, lambda: render_svg(specification), CHART_KEPT_FOR))


def _land_rows(overview: Overview, asked: RequestedSelection) -> list[dict[str, Any]]:
    return [
        {
            "name": region_label(line.region),
            "numbers": [
                None
                if amount is None
                else _number(
                    amount,
                    trail_url(
                        headline.indicator.code,
                        asked.selection.year,
                        asked.selection,
                        region=line.region.code,
                    ),
                    is_brief=True,
                )
                | {"coverage": wording.count(amount) if 0 < amount.reported < amount.due else ""}
                for headline, amount in zip(overview.columns, line.amounts, strict=True)
            ],
        }
        for line in overview.lands
    ]


def _group_row(group: ParticipantGroup) -> dict[str, Any]:
    return {
        "name": gettext(group.name),
        "due": group.due,
        "open": len(group.open),
        "submitted": len(group.submitted),
        "approved": len(group.approved),
    }


def _states(access: Access, groups: Sequence[ParticipantGroup]) -> list[dict[str, Any]]:
    """Who stands behind the counts of open, submitted and approved submissions."""
    found = [
        (sum(len(members) for _name, members in parts), label, parts)
        for label, parts in (
            (_open, [(group.name, group.open) for group in groups]),
            (_submitted, [(group.name, group.submitted) for group in groups]),
            (_approved, [(group.name, group.approved) for group in groups]),
        )
    ]
    return [
        {
            "label": label(count),
            "groups": [
                {"name": gettext(name), "members": [_member(access, member) for member in members]}
                for name, members in parts
                if members
            ],
        }
        for count, label, parts in found
        if count
    ]


def _open(count: int) -> str:
    return ngettext("%(count)s open submission", "%(count)s open submissions", count) % {"count": count}


def _submitted(count: int) -> str:
    return ngettext("%(count)s submission in review", "%(count)s submissions in review", count) % {
        "count": count
    }


def _approved(count: int) -> str:
    return ngettext("%(count)s approved submission", "%(count)s approved submissions", count) % {
        "count": count
    }


def _member(access: Access, member: Participant) -> dict[str, str]:
    """A name, with the way to its submission for whoever may see it."""
    may_see = access.reads_all or member.organisation_id in access.acts_for
    url = reverse("measures:submission_detail", args=[member.submission_id]) if may_see else ""
    return {"name": member.name, "url": url}
