"""``python -m tests.alliance_portal.serving.large_imports ROWS …``: imports of so many rows, and their owner.

For the database of an installation that tests start: prints a session and the numbers of the imports.
"""

import json
import sys

import django


def main(sizes: list[int]) -> None:
    """Imports are here, as models exist only once Django is set up."""
    from django.test import Client  # noqa: PLC0415

    from measures.models import ImportRun, StagedFigure  # noqa: PLC0415
    from tests.measures.spreadsheets import person, row, stage, workbook  # noqa: PLC0415

    steward = person()
    client = Client()
    client.force_login(steward)
    numbers = []
    for size in sizes:
        run = stage(workbook([row(5)]), steward)
        StagedFigure.objects.bulk_create(
            (
                StagedFigure(import_run=run, sheet="Meldung", cell=f"E{n}", row=n, column=5, value=n)
                for n in range(3, 3 + size)
            ),
            batch_size=5000,
        )
        ImportRun.objects.filter(pk=run.pk).update(new_count=size)
        numbers.append(run.pk)
    json.dump({"session": client.cookies["sessionid"].value, "imports": numbers}, sys.stdout)


if __name__ == "__main__":
    django.setup()
    main([int(word) for word in sys.argv[1:]])
