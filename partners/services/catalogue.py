"""The starting data about partners: regions, organisations, their names and the dated tree.

The files are where an installation begins, not where it lives: loading again adds what is missing and leaves
alone what is there, so that nothing edited in the admin is lost. ``overwrite`` resets it to the files.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from django.db import models, transaction

from partners.models import Affiliation, Organisation, OrganisationAlias, Region
from partners.sorting import organisation_sort_key

Row = dict[str, Any]
FOLDER = Path(__file__).resolve().parent.parent / "catalogue"


def read_lists(path: Path) -> dict[str, list[Row]]:
    with path.open(encoding="utf-8") as file:
        content: dict[str, list[Row]] = yaml.load(file, Loader=yaml.CSafeLoader)
    return content


def store(records: Sequence[models.Model], *, overwrite: bool, key: str = "code") -> set[Any]:
    """Insert records of one model by their ``key`` and return the keys written.

    What is there already stays as it is, and is not among the keys returned, unless ``overwrite``.
    """
    model = type(records[0])
    if overwrite:
        fields = [
            field.name
            for field in model._meta.concrete_fields  # noqa: SLF001  # Django's documented way to a model's fields
            if not field.primary_key and field.name != key
        ]
        model._default_manager.bulk_create(  # noqa: SLF001  # the documented way to a model's manager
            records, update_conflicts=True, unique_fields=[key], update_fields=fields
        )
        return {getattr(record, key) for record in records}
    known = set(model._default_manager.values_list(key, flat=True))  # noqa: SLF001  # as above
    missing = [record for record in records if getattr(record, key) not in known]
    model._default_manager.bulk_create(missing)  # noqa: SLF001  # as above
    return {getattr(record, key) for record in missing}


def ids_by_code(model: type[models.Model]) -> dict[str, int]:
    return dict(model._default_manager.values_list("code", "pk"))  # noqa: SLF001  # as above


@transaction.atomic
def load_partners(*, overwrite: bool = False) -> Counter[str]:
    """Load regions and organisations; return how many rows of each were written."""
    regions = [Region(**row) for row in read_lists(FOLDER / "regions.yaml")["regions"]]
    rows = read_lists(FOLDER / "organisations.yaml")["organisations"]
    organisations = [_organisation(row) for row in rows]
    written_regions = store(regions, overwrite=overwrite)
    written = store(organisations, overwrite=overwrite)
    if written:
        _store_names_and_tree([row for row in rows if row["code"] in written])
    return Counter(regions=len(written_regions), organisations=len(written))


def _organisation(row: Row) -> Organisation:
    facts = {name: value for name, value in row.items() if name not in {"aliases", "umbrella", "region"}}
    return Organisation(
        **facts,
        region_id=row.get("region", Region.COUNTRY),
        sort_key=organisation_sort_key(row["short_name"]),
    )


def _store_names_and_tree(rows: Collection[Row]) -> None:
    """Names only ever come in addition; the tree of the organisations given is set anew."""
    ids = ids_by_code(Organisation)
    OrganisationAlias.objects.bulk_create(list(_aliases(rows, ids)), ignore_conflicts=True)
    Affiliation.objects.filter(member__in=[ids[row["code"]] for row in rows]).delete()
    Affiliation.objects.bulk_create(
        Affiliation(member_id=ids[row["code"]], umbrella_id=ids[row["umbrella"]])
        for row in rows
        if "umbrella" in row
    )


def _aliases(rows: Iterable[Row], ids: dict[str, int]) -> Iterator[OrganisationAlias]:
    for row in rows:
        for name in row["aliases"]:
            yield OrganisationAlias(organisation_id=ids[row["code"]], name=name)
