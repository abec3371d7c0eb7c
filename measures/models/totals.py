"""Totals of the figures over their occupations, current and approved, and every state their sums were in.

Triggers of the figures write the sums (``measures/rules/totals.py``); nothing else does.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from measures.enums import Absence, TotalBasis
from measures.models.catalogue import Occupation, TargetGroup
from measures.models.rounds import Item
from measures.querysets import TotalQuerySet
from measures.triggers import never_truncated
from partners.models import Region


class TotalContent(models.Model):
    """What a total is about, and what it says.

    ``occupation``: ``_T`` for the total over all, or a main group. ``stated``: the partner's own figure.
    ``derived``: the sum of its occupations. ``at_least``: such a sum with some occupation absent. Without any
    value, ``absence`` is the occupations' common one, or unknown.

    The keys are those of figures, which are checked; so they are not checked again.
    """

    item = models.ForeignKey(
        Item, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    region = models.ForeignKey(
        Region, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    occupation = models.ForeignKey(
        Occupation, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    target_group = models.ForeignKey(
        TargetGroup, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    value = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    absence = models.CharField(max_length=16, choices=Absence, null=True)  # noqa: DJ001  # NULL: there is a value

    class Meta:
        abstract = True


class Total(TotalContent):
    """``parts``: its occupations."""

    pk = models.CompositePrimaryKey("item_id", "occupation_id", "target_group_id", "region_id")
    basis = models.CharField(max_length=10, choices=TotalBasis)
    parts = models.PositiveIntegerField()
    parts_sum = models.DecimalField(max_digits=22, decimal_places=4, null=True)
    parts_absent = models.PositiveIntegerField()

    objects = TotalQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.item_id} {self.region_id} {self.occupation_id} {self.target_group_id}"


class ExpectedTotal(Total):
    """A total over all occupations as it would be once the import is applied that this transaction judges.

    ``is_rounded``: each of its figures came from a file and is a multiple of 3.
    """

    is_rounded = models.BooleanField()

    class Meta:
        managed = False
        db_table = "measures_expected_total"


class StoredTotal(Total):
    """``qualities``: every flag among its figures, other than "final"."""

    qualities = ArrayField(models.CharField(max_length=16))

    class Meta:
        abstract = True


class CurrentTotal(StoredTotal):
    """A row of a view: a sum, or a figure that is a total by itself."""

    class Meta:
        managed = False
        db_table = "measures_current_total"


class ApprovedTotal(StoredTotal):
    """The same of what was approved."""

    class Meta:
        managed = False
        db_table = "measures_approved_total"


class CurrentSum(StoredTotal):
    """A total that has parts."""

    class Meta:
        db_table = "measures_current_sum"


class ApprovedSum(StoredTotal):
    """The same of what was approved."""

    class Meta:
        db_table = "measures_approved_sum"


_APPEND_ONLY = [
    pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
    never_truncated(),
]


class SumVersion(TotalContent):
    """A state that a sum was in since ``at``; without a basis it was gone. Rows are only added."""

    at = models.DateTimeField()
    basis = models.CharField(max_length=10, choices=TotalBasis, null=True)  # noqa: DJ001  # NULL: it is gone
    qualities = ArrayField(models.CharField(max_length=16), null=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.item_id} {self.region_id} {self.occupation_id} {self.target_group_id}"


class CurrentSumVersion(SumVersion):
    class Meta:
        db_table = "measures_current_sum_version"
        triggers = _APPEND_ONLY
        indexes = [
            models.Index(
                fields=["item", "occupation", "target_group", "region", "-id"],
                name="current_sum_version_by_key",
            )
        ]


class ApprovedSumVersion(SumVersion):
    class Meta:
        db_table = "measures_approved_sum_version"
        triggers = _APPEND_ONLY
        indexes = [
            models.Index(
                fields=["item", "occupation", "target_group", "region", "-id"],
                name="approved_sum_version_by_key",
            )
        ]
