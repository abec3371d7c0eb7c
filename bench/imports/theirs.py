"""The same figures by django-import-export: as it comes, and with the two switches that help it most."""

import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from import_export import fields, resources, widgets
from import_export.formats.base_formats import XLSX

from measures.models import Figure, Item, Occupation, TargetGroup
from partners.models import Region

KEY = ("item", "region", "occupation", "target_group")


class PlainResource(resources.ModelResource):
    """As plain as it gets: the model and the key its rows are found again by."""

    class Meta:
        model = Figure
        import_id_fields = KEY


@cache
def _looked_up(model: Any, value: Any) -> Any:
    return model.objects.get(pk=value)


class CachedWidget(widgets.ForeignKeyWidget):
    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return _looked_up(self.model, value)


class TunedResource(resources.ModelResource):
    """Foreign keys looked up once each, rows written in bulk."""

    item = fields.Field("item", "item", CachedWidget(Item))
    region = fields.Field("region", "region", CachedWidget(Region))
    occupation = fields.Field("occupation", "occupation", CachedWidget(Occupation))
    target_group = fields.Field("target_group", "target_group", CachedWidget(TargetGroup))

    class Meta:
        model = Figure
        import_id_fields = KEY
        use_bulk = True
        batch_size = 1000


@dataclass
class Theirs:
    """Seconds of a trial run and of the import, as its admin does both."""

    rows: int
    trial: float
    real: float

    @property
    def rate(self) -> float:
        return self.rows / (self.trial + self.real)


def seconds(resource: type[resources.ModelResource], path: Path, rows: int, *, dry_run: bool) -> float:
    started = time.perf_counter()
    dataset = XLSX().create_dataset(path.read_bytes())
    result = resource().import_data(dataset, dry_run=dry_run)
    if result.has_errors() or result.totals["new"] != rows:
        raise RuntimeError(f"django-import-export: {result.totals}")
    return time.perf_counter() - started
