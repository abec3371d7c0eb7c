"""Versions of figures as entries of the history, each with what stood there before."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.formats import localize
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from measures.enums import TOTAL, Quality
from measures.models import Figure, FigureVersion, Item
from measures.selectors.changes import authors_of
from measures.selectors.history.entries import HistoryEntry, HistoryKind, HistorySearch, Stated
from measures.selectors.history.logs import name_of
from measures.selectors.history.sources import HistorySource

WHAT = {
    "insert": gettext_lazy("Recorded"),
    "update": gettext_lazy("Changed"),
    "delete": gettext_lazy("Deleted"),
}
DELETED = "delete"
_FLAGS = {
    field.attname: field.verbose_name
    for field in Figure._meta.concrete_fields  # noqa: SLF001  # a model's facts
    if field.attname in {"is_below_half_unit", "is_uncertain"}
}
_RELATED = (
    "item__indicator",
    "item__submission__organisation",
    "item__submission__round",
    "entered_by",
    "import_run",
    "pgh_context",
)
"""Joined: an item that has versions stays, and the others may be missing."""
_CODES = ("region", "occupation", "target_group")
"""Prefetched: what no figure has any more may be gone, and a join would leave out its versions."""

# The version before: one look into the index of the key for each.
_PREVIOUS = """
SELECT v.pgh_id, p.value, p.absence
FROM measures_figureversion v
CROSS JOIN LATERAL (
    SELECT e.value, e.absence, e.pgh_label FROM measures_figureversion e
    WHERE e.item_id = v.item_id AND e.region_id = v.region_id AND e.occupation_id = v.occupation_id
        AND e.target_group_id = v.target_group_id AND e.pgh_id < v.pgh_id
    ORDER BY e.pgh_id DESC LIMIT 1
) p
WHERE v.pgh_id = ANY(%s) AND p.pgh_label <> 'delete'
"""
VERSIONS_OF_A_VALUE = 5000
"""Of so many with a value the next is looked for, where neither organisation nor indicator is asked for."""
_OF_ITEMS = "m.item_id = ANY(%s) AND m.value = %s AND m.pgh_label <> 'delete'"
_NEWEST = """m.value = %s AND m.pgh_label <> 'delete'
    AND m.pgh_created_at < COALESCE(%s::timestamptz, 'infinity')
ORDER BY m.pgh_created_at DESC, m.pgh_id DESC LIMIT %s"""
# Those by which the value came, and those by which it went.
_WITH_VALUE = """measures_figureversion.pgh_id = ANY(ARRAY(
    WITH came AS MATERIALIZED (
        SELECT m.pgh_id, m.item_id, m.region_id, m.occupation_id, m.target_group_id
        FROM measures_figureversion m WHERE {which}
    )
    SELECT pgh_id FROM came
    UNION ALL
    SELECT n.pgh_id FROM came m
    CROSS JOIN LATERAL (
        SELECT e.pgh_id FROM measures_figureversion e
        WHERE e.item_id = m.item_id AND e.region_id = m.region_id AND e.occupation_id = m.occupation_id
            AND e.target_group_id = m.target_group_id AND e.pgh_id > m.pgh_id
        ORDER BY e.pgh_id LIMIT 1
    ) n
))"""
# An array is made once and looked up in the index; a semi-join may walk through all versions by time.
_BY_PEOPLE = """measures_figureversion.pgh_context_id = ANY(ARRAY(
    SELECT c.id FROM pghistory_context c WHERE c.metadata->'user' = ANY(%s::jsonb[])
))"""


def figure_entries(search: HistorySearch) -> list[HistoryEntry]:
    """The newest first; eight queries at most."""
    found = FigureVersion.objects.filter(search.in_time("pgh_created_at", "pgh_id", HistoryKind.FIGURES))
    if search.event:
        found = found.filter(pgh_label=search.event_code)
    if search.origin:
        found = found.filter(origin=search.origin)
    if search.people is not None:
        people = [str(pk) for pk in search.people]
        found = found.filter(RawSQL(_BY_PEOPLE, [people], output_field=BooleanField()))  # noqa: S611  # our own text
    if search.organisation or search.indicator is not None:
        items = _items(search)
        found = found.filter(item_id__in=items)
        if search.value is not None:
            found = found.filter(_with_value(_OF_ITEMS, [items, search.value]))
    elif search.value is not None:
        # Whoever is asked for may have replaced what somebody else stated, and before the time asked for.
        came = _newest_first(found.filter(value=search.value).exclude(pgh_label=DELETED))[: search.limit]
        went = _with_value(_NEWEST, [search.value, search.before, VERSIONS_OF_A_VALUE])
        found = found.filter(Q(pk__in=list(came.values_list("pk", flat=True))) | Q(went))
    return entries_of_versions(_newest_first(with_related(found))[: search.limit])


def left_out(search: HistorySearch) -> str:
    """What a search for a value does not find, in words; empty where it finds all."""
    if search.value is None or not search.asks_for(HistoryKind.FIGURES):
        return ""
    if search.organisation or search.indicator is not None:
        return ""
    came = FigureVersion.objects.filter(value=search.value).exclude(pgh_label=DELETED)
    if search.before:
        came = came.filter(pgh_created_at__lt=search.before)
    beyond = _newest_first(came)[VERSIONS_OF_A_VALUE : VERSIONS_OF_A_VALUE + 1]
    if not beyond.values_list("pk", flat=True):
        return ""
    return _(
        "This value was stated more than %(shown)s times. What was stated in its place later is shown for "
        "the newest %(shown)s of these alone. Choose an organisation, an indicator or an earlier time to "
        "find older ones."
    ) % {"shown": localize(VERSIONS_OF_A_VALUE)}


def _newest_first(versions: QuerySet[Any]) -> QuerySet[Any]:
    return versions.order_by("-pgh_created_at", "-pgh_id")


def _with_value(which: str, asked: list[Any]) -> RawSQL:
    return RawSQL(_WITH_VALUE.format(which=which), asked, output_field=BooleanField())  # noqa: S611  # our own text


def with_related(versions: QuerySet[Any]) -> QuerySet[Any]:
    """With what an entry names of each; none is left out."""
    return versions.select_related(*_RELATED).prefetch_related(*_CODES)


def entries_of_versions(versions: Iterable[Any]) -> list[HistoryEntry]:
    """``versions`` come ``with_related``."""
    versions = list(versions)
    authors, before = authors_of(versions), _previous([version.pgh_id for version in versions])
    return [_entry(version, authors.get(version.pgh_id), before.get(version.pgh_id)) for version in versions]


def _items(search: HistorySearch) -> list[int]:
    items = Item.objects.all()
    if search.organisation:
        items = items.filter(submission__organisation=search.organisation[0])
    if search.indicator is not None:
        items = items.filter(indicator=search.indicator)
    return list(items.values_list("pk", flat=True).order_by())


def _previous(version_ids: list[int]) -> dict[int, Stated]:
    with connection.cursor() as cursor:
        cursor.execute(_PREVIOUS, [version_ids])
        return {pk: Stated(value, absence) for pk, value, absence in cursor}


def _entry(version: Any, author: Any, before: Stated | None) -> HistoryEntry:
    submission = version.item.submission
    metadata = version.pgh_context.metadata if version.pgh_context else {}
    parts = [name_of(version, "region", "name"), name_of(version, "target_group", "name")]
    if version.occupation_id != TOTAL:
        parts.append(name_of(version, "occupation", "label"))
    return HistoryEntry(
        kind=HistoryKind.FIGURES,
        pk=version.pgh_id,
        at=version.pgh_created_at,
        what=_("Undone by undoing an import") if metadata.get("undoes") else WHAT[version.pgh_label],
        by=author,
        organisation=submission.organisation.short_name,
        year=submission.round.year,
        indicator=version.item.indicator.name,
        cell=", ".join(parts),
        old=before,
        new=None if version.pgh_label == DELETED else Stated(version.value, version.absence),
        remark=_remark(version),
        where_from=_source(version),
        reason=str(metadata.get("reason") or ""),
        request_id=str(metadata.get("request_id") or ""),
        address=reverse(
            "measures:cell_history",
            args=[
                submission.pk,
                version.item_id,
                version.region_id,
                version.occupation_id,
                version.target_group_id,
            ],
        ),
    )


def _remark(version: Any) -> str:
    """What is stated beside the value, where it is not as usual."""
    parts = []
    if version.quality != Quality.FINAL:
        parts.append(str(version.get_quality_display()))
    parts += [capfirst(str(label)) for name, label in _FLAGS.items() if getattr(version, name)]
    if version.note:
        parts.append(version.note)
    return "; ".join(parts)


def _source(version: Any) -> str:
    if version.import_run is None:
        return str(version.get_origin_display())
    return f"{version.import_run.file_name}, {version.sheet}, {_('cell')} {version.cell}"


SOURCE = HistorySource(HistoryKind.FIGURES, WHAT.items, figure_entries)
