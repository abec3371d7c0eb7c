"""An item's levels and Datenstand once a step is undone: what the imports still in force made of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from measures.models import ImportStep, Item, TouchedItem
from measures.selectors.imports import step_sql
from measures.selectors.imports.chains import Chains


@dataclass(frozen=True)
class ItemState:
    """What an import may change about an item besides its figures."""

    region_level: str
    occupation_level: int
    data_as_of: dt.date | None


def states_of(item_ids: Collection[int]) -> dict[int, ItemState]:
    rows = Item.objects.filter(pk__in=list(item_ids)).values_list(
        "pk", "region_level", "occupation_level", "data_as_of"
    )
    return {pk: ItemState(region, occupation, as_of) for pk, region, occupation, as_of in rows}


def touched(step: ImportStep, chains: Chains) -> set[int]:
    """Items of the step whose levels or Datenstand it or another import changed."""
    with connection.cursor() as cursor:
        cursor.execute(step_sql.TOUCHED, {**chains.params(step), "root": chains.root[step.pk]})
        return {row[0] for row in cursor.fetchall()}


def states_once_undone(
    step: ImportStep, chains: Chains, item_ids: Collection[int]
) -> Mapping[int, ItemState]:
    """What these items' levels and Datenstand would be without the step, where no person changed them since.

    Imports may be undone in any order, so this is not simply what was there before: the imports that are
    still in force are gone through once more. A level that figures of another import kept is let go then.
    """
    touches: dict[int, list[TouchedItem]] = defaultdict(list)
    rows = TouchedItem.objects.filter(item__in=list(item_ids)).select_related("step").order_by("step_id")
    for touch in rows:
        touches[touch.item_id].append(touch)
    every = Chains.of_runs({touch.step.import_run_id for of_item in touches.values() for touch in of_item})
    root, is_back = chains.root[step.pk], chains.depth[step.pk] % 2 == 1
    found = {}
    for item_id, current in states_of(touches).items():
        in_force = {every.root[t.step_id]: every.depth[t.step_id] % 2 == 0 for t in touches[item_id]}
        now = _replayed(touches[item_id], in_force)
        then = _replayed(touches[item_id], in_force | {root: is_back})
        changes = {
            name: value
            for name, value in then.items()
            if getattr(current, name) in (now[name], *(getattr(t, f"{name}_after") for t in touches[item_id]))
        }
        found[item_id] = replace(current, **changes)
    return found


def _replayed(touches: Iterable[TouchedItem], in_force: Mapping[int, bool]) -> dict[str, Any]:
    touches = list(touches)
    first = touches[0]
    state = {
        "region_level": first.region_level_before,
        "occupation_level": first.occupation_level_before,
        "data_as_of": first.data_as_of_before,
    }
    for touch in touches:
        if not in_force.get(touch.step_id):  # only imports are asked, not their undoing
            continue
        if touch.region_level_before != touch.region_level_after:
            state["region_level"] = touch.region_level_after
        if touch.occupation_level_before != touch.occupation_level_after:
            state["occupation_level"] = touch.occupation_level_after
        if touch.data_as_of_after is not None:
            state["data_as_of"] = touch.data_as_of_after
    return state


def params(states: Mapping[int, ItemState]) -> dict[str, list[Any]]:
    return {
        "items": list(states),
        "region_levels": [state.region_level for state in states.values()],
        "occupation_levels": [state.occupation_level for state in states.values()],
        "dates": [state.data_as_of for state in states.values()],
    }
