"""Every change of the catalogue leaves a version."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from partners.migrations._together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0207_people_who_prepared_by_items"),
        ("partners", "0005_versions_of_organisations"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="IndicatorVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(max_length=40, verbose_name="code")),
                        ("name_de", models.CharField(max_length=300, verbose_name="name (German)")),
                        ("name_en", models.CharField(max_length=300, verbose_name="name (English)")),
                        (
                            "unit",
                            models.CharField(
                                choices=[
                                    ("places", "places"),
                                    ("persons", "persons"),
                                    ("mentors", "mentors"),
                                    ("companies", "companies"),
                                    ("consultations", "consultations"),
                                    ("contracts", "contracts"),
                                    ("offers", "offers"),
                                    ("networks", "networks"),
                                    ("events", "events"),
                                    ("laender", "Länder"),
                                    ("EUR", "euros"),
                                ],
                                max_length=20,
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "decimals",
                            models.PositiveSmallIntegerField(default=0, verbose_name="decimal places"),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("flow", "Flow over the period"),
                                    ("stock", "Stock at the reference date"),
                                ],
                                max_length=8,
                                verbose_name="type",
                            ),
                        ),
                        (
                            "period",
                            models.CharField(
                                choices=[
                                    ("calendar_year", "Calendar year"),
                                    ("market_year", "Reporting year, 1 October to 30 September"),
                                    ("reference_30sep", "On 30 September"),
                                    ("reference_31dec", "On 31 December"),
                                    ("after_30sep", "After 30 September, until mid January"),
                                    ("school_year", "School year"),
                                ],
                                max_length=20,
                                verbose_name="period",
                            ),
                        ),
                        (
                            "sums_over",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[("organisations", "Organisations"), ("years", "Years")],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="summed over",
                            ),
                        ),
                        (
                            "breakdown",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("occupation", "Occupation"),
                                        ("target_group", "Target group"),
                                        ("funding_source", "Funding source"),
                                    ],
                                    max_length=20,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="broken down by",
                            ),
                        ),
                        (
                            "target_groups",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=12),
                                blank=True,
                                default=list,
                                help_text="The codes of those that make sense for it, where it is broken down by target group.",
                                size=None,
                                verbose_name="asked by target groups",
                            ),
                        ),
                        (
                            "asked_of",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(
                                    choices=[
                                        ("federal_ministry", "Federal ministry"),
                                        ("commissioner", "Federal commissioner"),
                                        ("agency", "Federal agency"),
                                        ("employer_organisation", "Employers' organisation"),
                                        ("trade_union", "Trade union"),
                                        ("land", "Land"),
                                        ("chamber", "Chamber"),
                                    ],
                                    max_length=30,
                                ),
                                blank=True,
                                default=list,
                                size=None,
                                verbose_name="asked of",
                            ),
                        ),
                        (
                            "may_be_negative",
                            models.BooleanField(default=False, verbose_name="may be negative"),
                        ),
                        (
                            "counts_persons",
                            models.BooleanField(
                                default=False,
                                help_text="Small numbers are withheld in public.",
                                verbose_name="counts persons",
                            ),
                        ),
                        (
                            "favourable",
                            models.CharField(
                                choices=[("up", "more is better"), ("down", "less is better")],
                                default="up",
                                max_length=4,
                                verbose_name="favourable direction",
                            ),
                        ),
                        (
                            "is_recorded",
                            models.BooleanField(
                                default=True,
                                help_text="No: recorded elsewhere, such as expenditure with a measure's funding.",
                                verbose_name="recorded as figures",
                            ),
                        ),
                        ("definition_de", models.TextField(blank=True, verbose_name="definition (German)")),
                        ("definition_en", models.TextField(blank=True, verbose_name="definition (English)")),
                        (
                            "source_de",
                            models.CharField(blank=True, max_length=200, verbose_name="source (German)"),
                        ),
                        (
                            "source_en",
                            models.CharField(blank=True, max_length=200, verbose_name="source (English)"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "measure",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Empty for what is asked of every measure alike.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.measure",
                                verbose_name="measure",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="versions",
                                to="measures.indicator",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of an indicator",
                        "verbose_name_plural": "versions of indicators",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeasureVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(max_length=40, verbose_name="code")),
                        ("name_de", models.CharField(max_length=300, verbose_name="name (German)")),
                        ("name_en", models.CharField(max_length=300, verbose_name="name (English)")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("legislative", "Legislation"),
                                    ("financial", "Funding"),
                                    ("promotional", "Promotion"),
                                    ("advisory", "Advice"),
                                    ("training_offer", "Training offer"),
                                ],
                                max_length=20,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "since",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="since"),
                        ),
                        (
                            "secured_until",
                            models.CharField(blank=True, max_length=60, verbose_name="secured until"),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="versions",
                                to="measures.measure",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a measure",
                        "verbose_name_plural": "versions of measures",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ObjectiveVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(max_length=40, verbose_name="code")),
                        ("name_de", models.CharField(max_length=300, verbose_name="name (German)")),
                        ("name_en", models.CharField(max_length=300, verbose_name="name (English)")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="versions",
                                to="measures.objective",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of an objective",
                        "verbose_name_plural": "versions of objectives",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="SeriesBreakVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                verbose_name="first year counted in the new way"
                            ),
                        ),
                        (
                            "reason_de",
                            models.CharField(max_length=300, verbose_name="what has changed (German)"),
                        ),
                        (
                            "reason_en",
                            models.CharField(max_length=300, verbose_name="what has changed (English)"),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.indicator",
                                verbose_name="indicator",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="versions",
                                to="measures.seriesbreak",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a break in the series",
                        "verbose_name_plural": "versions of breaks in the series",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TargetGroupVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("code", models.CharField(max_length=12, serialize=False, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("total", "Total"),
                                    ("companies", "Companies"),
                                    ("young_people", "Young people"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_de", models.CharField(max_length=300, verbose_name="name (German)")),
                        ("name_en", models.CharField(max_length=300, verbose_name="name (English)")),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        ("aliases", models.JSONField(blank=True, default=list, verbose_name="other names")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="versions",
                                to="measures.targetgroup",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a target group",
                        "verbose_name_plural": "versions of target groups",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TargetVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "value",
                            models.DecimalField(decimal_places=4, max_digits=18, verbose_name="target value"),
                        ),
                        (
                            "baseline_year",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="baseline year"
                            ),
                        ),
                        (
                            "baseline",
                            models.DecimalField(
                                blank=True,
                                decimal_places=4,
                                max_digits=18,
                                null=True,
                                verbose_name="baseline value",
                            ),
                        ),
                        (
                            "is_ceiling",
                            models.BooleanField(
                                default=False,
                                help_text="“up to”: shown as utilisation",
                                verbose_name="ceiling",
                            ),
                        ),
                        (
                            "is_yearly",
                            models.BooleanField(default=False, verbose_name="promised for every year"),
                        ),
                        (
                            "commitment",
                            models.CharField(blank=True, max_length=12, verbose_name="commitment"),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                        (
                            "denominator",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Set for a ratio: both sums are formed first, then divided.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.indicator",
                                verbose_name="divided by",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.indicator",
                                verbose_name="indicator",
                            ),
                        ),
                        (
                            "pgh_context",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="pghistory.context",
                            ),
                        ),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="versions",
                                to="measures.target",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a target",
                        "verbose_name_plural": "versions of targets",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_indicatorversion" ("asked_of", "breakdown", "code", "counts_persons", "decimals", "definition_de", "definition_en", "favourable", "id", "is_recorded", "may_be_negative", "measure_id", "name_de", "name_en", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source_de", "source_en", "sums_over", "target_groups", "type", "unit") VALUES (NEW."asked_of", NEW."breakdown", NEW."code", NEW."counts_persons", NEW."decimals", NEW."definition_de", NEW."definition_en", NEW."favourable", NEW."id", NEW."is_recorded", NEW."may_be_negative", NEW."measure_id", NEW."name_de", NEW."name_en", NEW."note", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."source_de", NEW."source_en", NEW."sums_over", NEW."target_groups", NEW."type", NEW."unit"); RETURN NULL;',
                            hash="5d27902f6a35db7b15aee2e6cc0dfd1181e77755",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_cac7b",
                            table="measures_indicator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_indicatorversion" ("asked_of", "breakdown", "code", "counts_persons", "decimals", "definition_de", "definition_en", "favourable", "id", "is_recorded", "may_be_negative", "measure_id", "name_de", "name_en", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source_de", "source_en", "sums_over", "target_groups", "type", "unit") VALUES (NEW."asked_of", NEW."breakdown", NEW."code", NEW."counts_persons", NEW."decimals", NEW."definition_de", NEW."definition_en", NEW."favourable", NEW."id", NEW."is_recorded", NEW."may_be_negative", NEW."measure_id", NEW."name_de", NEW."name_en", NEW."note", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."source_de", NEW."source_en", NEW."sums_over", NEW."target_groups", NEW."type", NEW."unit"); RETURN NULL;',
                            hash="bf7b8e914c05e8d5e7c891925afec13ebc17ca33",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_151c8",
                            table="measures_indicator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_indicatorversion" ("asked_of", "breakdown", "code", "counts_persons", "decimals", "definition_de", "definition_en", "favourable", "id", "is_recorded", "may_be_negative", "measure_id", "name_de", "name_en", "note", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source_de", "source_en", "sums_over", "target_groups", "type", "unit") VALUES (OLD."asked_of", OLD."breakdown", OLD."code", OLD."counts_persons", OLD."decimals", OLD."definition_de", OLD."definition_en", OLD."favourable", OLD."id", OLD."is_recorded", OLD."may_be_negative", OLD."measure_id", OLD."name_de", OLD."name_en", OLD."note", OLD."period", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."source_de", OLD."source_en", OLD."sums_over", OLD."target_groups", OLD."type", OLD."unit"); RETURN NULL;',
                            hash="26339a8bfcaeb6b77e148f6a83d953881dc29fb7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_92dbe",
                            table="measures_indicator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measureversion" ("code", "id", "kind", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "secured_until", "since") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."secured_until", NEW."since"); RETURN NULL;',
                            hash="af18f3a952ef81992ff13ed1ce0c3be9623a730e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_e26a2",
                            table="measures_measure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_measureversion" ("code", "id", "kind", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "secured_until", "since") VALUES (NEW."code", NEW."id", NEW."kind", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."secured_until", NEW."since"); RETURN NULL;',
                            hash="2a0275bd2723bc3da99bb39f278cc539351b3f1d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fd347",
                            table="measures_measure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measureversion" ("code", "id", "kind", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "secured_until", "since") VALUES (OLD."code", OLD."id", OLD."kind", OLD."name_de", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."secured_until", OLD."since"); RETURN NULL;',
                            hash="e2773388840a8aa75d67c2411ff229fbb155ffb7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7343e",
                            table="measures_measure",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objective",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_objectiveversion" ("code", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="5f5adfa2f51767e24f29fc8f3fe3930dd7841b8e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_70b76",
                            table="measures_objective",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objective",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_objectiveversion" ("code", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."code", NEW."id", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="eeb1c97f46366d21fe7428a03e33aad8b2454096",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3ff38",
                            table="measures_objective",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objective",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_objectiveversion" ("code", "id", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."code", OLD."id", OLD."name_de", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="bd3bc972711729cbd8f4b434190c98899ddc299f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9555a",
                            table="measures_objective",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesbreak",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_seriesbreakversion" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_de", "reason_en", "year") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason_de", NEW."reason_en", NEW."year"); RETURN NULL;',
                            hash="6bcd6329526b3d771ab2c7d8b80ab80898b80741",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_76a38",
                            table="measures_seriesbreak",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesbreak",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_seriesbreakversion" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_de", "reason_en", "year") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason_de", NEW."reason_en", NEW."year"); RETURN NULL;',
                            hash="4564fa0a21491ee899dc180b68f436d0aefd3e86",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5926f",
                            table="measures_seriesbreak",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesbreak",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_seriesbreakversion" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason_de", "reason_en", "year") VALUES (OLD."id", OLD."indicator_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason_de", OLD."reason_en", OLD."year"); RETURN NULL;',
                            hash="a0d1f502989e7339742367ff8ab511f9cf7ef81d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5dea9",
                            table="measures_seriesbreak",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="target",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_targetversion" ("baseline", "baseline_year", "commitment", "denominator_id", "id", "indicator_id", "is_ceiling", "is_yearly", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "year") VALUES (NEW."baseline", NEW."baseline_year", NEW."commitment", NEW."denominator_id", NEW."id", NEW."indicator_id", NEW."is_ceiling", NEW."is_yearly", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."value", NEW."year"); RETURN NULL;',
                            hash="d6327c267ff2abb76a8a91b990adb628e75db8af",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a45b9",
                            table="measures_target",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="target",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_targetversion" ("baseline", "baseline_year", "commitment", "denominator_id", "id", "indicator_id", "is_ceiling", "is_yearly", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "year") VALUES (NEW."baseline", NEW."baseline_year", NEW."commitment", NEW."denominator_id", NEW."id", NEW."indicator_id", NEW."is_ceiling", NEW."is_yearly", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."value", NEW."year"); RETURN NULL;',
                            hash="dfdb46a2528db1799b30c6d015d5c79553afe82e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b780f",
                            table="measures_target",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="target",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_targetversion" ("baseline", "baseline_year", "commitment", "denominator_id", "id", "indicator_id", "is_ceiling", "is_yearly", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value", "year") VALUES (OLD."baseline", OLD."baseline_year", OLD."commitment", OLD."denominator_id", OLD."id", OLD."indicator_id", OLD."is_ceiling", OLD."is_yearly", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."value", OLD."year"); RETURN NULL;',
                            hash="0d878d17cc96b5c032497c7bc9ae2fd2b069d628",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_36ee9",
                            table="measures_target",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_targetgroupversion" ("aliases", "code", "kind", "name_de", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."aliases", NEW."code", NEW."kind", NEW."name_de", NEW."name_en", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."code", NEW."position"); RETURN NULL;',
                            hash="695851f54d2793d883499e5d571d671769e43769",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_27a26",
                            table="measures_targetgroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_targetgroupversion" ("aliases", "code", "kind", "name_de", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."aliases", NEW."code", NEW."kind", NEW."name_de", NEW."name_en", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."code", NEW."position"); RETURN NULL;',
                            hash="7a2dedc4f66ef5efa73a8dbf652d4c961b1dc1e7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_35f12",
                            table="measures_targetgroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_targetgroupversion" ("aliases", "code", "kind", "name_de", "name_en", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."aliases", OLD."code", OLD."kind", OLD."name_de", OLD."name_en", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."code", OLD."position"); RETURN NULL;',
                            hash="f6b4ec37eb989616a650a3047744f7eaa3f90072",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_696d4",
                            table="measures_targetgroup",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicatorversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="8602f5e0e6870f9904c60e6fa73a89d4f3974c92",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_a69b2",
                            table="measures_indicatorversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicatorversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0fc2c0341cff4d97cb2711a27d30e4dd026c56f6",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_134c6",
                            table="measures_indicatorversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measureversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="f2d09d880f80a429800d1dc41b0b8490563be7e3",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_7b178",
                            table="measures_measureversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measureversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0c576885fa69451dcecc2fb016465fcb4f7c4d96",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e0c28",
                            table="measures_measureversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objectiveversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="9dcc36e2f4b8f81c531945c5d7d920ae10b6bd89",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_499a3",
                            table="measures_objectiveversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="objectiveversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="acfbf8cd4a00fc82646fed7393e2f408be8fa92e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d108a",
                            table="measures_objectiveversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesbreakversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="9b608e8d6b05b71e29026ca7af72704f2c1c4f1c",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_6ed97",
                            table="measures_seriesbreakversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="seriesbreakversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="24ec4155baba3e30e4aa0580670214b31a11b4bf",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4d138",
                            table="measures_seriesbreakversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetgroupversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="6d51db90e8ee23c3a8e0b4b2dd00d5bd84785228",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_abb8d",
                            table="measures_targetgroupversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetgroupversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="9a8c1cfa6f447153265cadd862dcdc70cc519e7e",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_3d9ab",
                            table="measures_targetgroupversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="1a1469c9404c8d12d55c9dc96c7ecf45c0bf2eff",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_dc6bd",
                            table="measures_targetversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="20dca6c9347abb22d9f50cd8a838764c7f997b01",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_524e3",
                            table="measures_targetversion",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
