"""Tell uses of figures apart by snapshot and version alone: freezing a report writes one index less for each."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0204_rounding_of_expected_totals")]

    operations = [
        migrations.RemoveConstraint("figureuse", "figure_use_once_a_snapshot"),
        migrations.RemoveField("figureuse", "id"),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "figureuse",
                    "pk",
                    models.CompositePrimaryKey(
                        "snapshot",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                )
            ],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE measures_figureuse"
                    " ADD CONSTRAINT measures_figureuse_pkey PRIMARY KEY (snapshot, version_id)",
                    "ALTER TABLE measures_figureuse DROP CONSTRAINT measures_figureuse_pkey",
                )
            ],
        ),
    ]
