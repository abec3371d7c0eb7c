"""Find values in the versions of figures by an index, which is built while people go on recording."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False  # what is built concurrently cannot be within a transaction

    dependencies = [("measures", "0211_waivers_bind_where_the_check_counts")]

    operations = [
        AddIndexConcurrently(
            model_name="figureversion",
            index=models.Index(
                condition=models.Q(("value__isnull", False)),
                fields=["value", "-pgh_created_at", "-pgh_id"],
                name="figure_version_by_value",
            ),
        ),
    ]
