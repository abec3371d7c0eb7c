"""Rows in staging as a file would leave them, for tests of what is made of them."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from measures.models import ImportRun, Item, SourceFile, StagedFigure
from measures.services.imports.judging import comparing
from partners.models import User
from partners.permissions import access_for
from tests.measures.submissions import NRW


def staged_run(item: Item, actor: User, *, judged: bool = True, **content: Any) -> ImportRun:
    """An import that is ready, with one row for the item: its total unless the codes say otherwise."""
    name = f"{timezone.now().isoformat()}.xlsx"
    source = SourceFile(
        name=name, size=1, uploaded_by=actor, sha256=hashlib.sha256(name.encode()).hexdigest()
    )
    source.content.save(name, ContentFile(b"x"), save=False)
    source.save()
    run = ImportRun.objects.create(source_file=source, file_name=name, status="ready", created_by=actor)
    codes = {"region": NRW, "occupation": "_T", "target_group": "_T"}
    place = {"sheet": "Tab", "cell": "B2", "row": 2, "column": 2}
    StagedFigure.objects.create(
        import_run=run,
        indicator=item.indicator.code,
        year=item.submission.round.year,
        organisation=item.submission.organisation.code,
        item_id=item.pk,
        verdict="new",
        **place | codes | content,
    )
    if judged:
        comparing.compare(run, access_for(actor))
        run.save()
    return run
