"""Where things stand in a large import, so that a search need not read a million staged rows.

Filled once when a large file is staged, and never changed: what they name are candidates, which the search
compares with the rows themselves. Small imports have none. Offsets are counted from the import's first
staged row (``staged_from``) and take half the bytes of its key.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from measures.models.imports import ImportRun


class StagedOwner(models.Model):
    """The staged rows of one organisation, indicator and region."""

    import_run = models.ForeignKey(
        ImportRun,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,  # as for the staged rows: forgotten with them
    )
    organisation = models.CharField(max_length=20, blank=True)
    indicator = models.CharField(max_length=40, blank=True)
    region = models.CharField(max_length=12, blank=True)
    count = models.PositiveIntegerField()
    first_offset = models.IntegerField()
    offsets = ArrayField(models.IntegerField())

    def __str__(self) -> str:
        return f"{self.organisation} {self.indicator} {self.region}"


class StagedOccupation(models.Model):
    """The staged rows of one occupation."""

    import_run = models.ForeignKey(
        ImportRun,
        on_delete=models.CASCADE,
        related_name="+",
        db_index=False,  # the index below begins with it
        db_constraint=False,  # as above
    )
    occupation = models.CharField(max_length=8, blank=True)
    count = models.PositiveIntegerField()
    first_offset = models.IntegerField()
    offsets = ArrayField(models.IntegerField())

    class Meta:
        indexes = [models.Index(fields=["import_run", "occupation"], name="staged_occupation_by_import")]

    def __str__(self) -> str:
        return self.occupation


class StagedBlock(models.Model):
    """Some staged rows that follow on each other: the lines they stand in, and their original texts.

    Each text stands between line breaks, so that a text as a whole can be looked for.
    """

    import_run = models.ForeignKey(
        ImportRun,
        on_delete=models.CASCADE,
        related_name="+",
        db_constraint=False,  # as above
    )
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    first_row = models.PositiveIntegerField()
    last_row = models.PositiveIntegerField()
    originals = models.TextField()

    def __str__(self) -> str:
        return f"{self.first_id}–{self.last_id}"
