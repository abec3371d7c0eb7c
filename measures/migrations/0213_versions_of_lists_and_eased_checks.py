"""Lists and what belongs to others leave versions; whoever eases a check of a submission decides no more on it."""

import datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from partners.migrations._together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0212_values_in_the_history"),
        ("partners", "0006_versions_of_mandates"),
        ("partners", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="IndicatorAliasVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
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
                                to="measures.indicatoralias",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of another name",
                        "verbose_name_plural": "versions of other names",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeasureContributionVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("lead", "Lead"),
                                    ("with", "Together with"),
                                    ("by", "Carried out by"),
                                ],
                                max_length=8,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "organisation_kind",
                            models.CharField(
                                blank=True,
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
                                verbose_name="all of this kind",
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(default=datetime.date(2014, 12, 1), verbose_name="valid from"),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "measure",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.measure",
                                verbose_name="measure",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.organisation",
                                verbose_name="organisation",
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
                                to="measures.measurecontribution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a contribution",
                        "verbose_name_plural": "versions of contributions",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeasureFundingVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "year",
                            models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year"),
                        ),
                        (
                            "amount",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=15,
                                null=True,
                                verbose_name="amount in euros",
                            ),
                        ),
                        (
                            "quality",
                            models.CharField(
                                choices=[
                                    ("final", "final"),
                                    ("preliminary", "preliminary"),
                                    ("estimate", "estimate"),
                                    ("revised", "revised"),
                                    ("example", "example value"),
                                ],
                                db_default="final",
                                default="final",
                                max_length=12,
                                verbose_name="quality",
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, db_default="", default="", verbose_name="note"),
                        ),
                        (
                            "measure",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                                to="measures.measurefunding",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.fundingsource",
                                verbose_name="funding source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a funding",
                        "verbose_name_plural": "versions of funding",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeasureObjectiveVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "measure",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.measure",
                            ),
                        ),
                        (
                            "objective",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.objective",
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
                    ],
                    options={
                        "verbose_name": "link added or removed",
                        "verbose_name_plural": "links added or removed",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeasureTargetGroupVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "measure",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.measure",
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
                            "targetgroup",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.targetgroup",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link added or removed",
                        "verbose_name_plural": "links added or removed",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeetingOrganisationVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.meeting",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.organisation",
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
                    ],
                    options={
                        "verbose_name": "link added or removed",
                        "verbose_name_plural": "links added or removed",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeetingPersonVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "meeting",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.meeting",
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
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link added or removed",
                        "verbose_name_plural": "links added or removed",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionIndicatorVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "indicator",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.indicator",
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
                            "resolution",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link added or removed",
                        "verbose_name_plural": "links added or removed",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionMeasureVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "measure",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.measure",
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
                            "resolution",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.resolution",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link added or removed",
                        "verbose_name_plural": "links added or removed",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ResolutionTargetVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                            "resolution",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.resolution",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.target",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link added or removed",
                        "verbose_name_plural": "links added or removed",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RoundIndicatorVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
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
                                size=None,
                                verbose_name="asked of",
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
                                to="measures.roundindicator",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.reportinground",
                                verbose_name="reporting round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of what a round asks of an indicator",
                        "verbose_name_plural": "versions of what a round asks of an indicator",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="TargetResponsibleVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.organisation",
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
                            "target",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                db_tablespace="",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="measures.target",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "link added or removed",
                        "verbose_name_plural": "links added or removed",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="MeasureObjective",
                    fields=[],
                    options={
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("measures.measure_objectives",),
                ),
                migrations.CreateModel(
                    name="MeasureTargetGroup",
                    fields=[],
                    options={
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("measures.measure_target_groups",),
                ),
                migrations.CreateModel(
                    name="MeetingOrganisation",
                    fields=[],
                    options={
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("measures.meeting_organisations",),
                ),
                migrations.CreateModel(
                    name="MeetingPerson",
                    fields=[],
                    options={
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("measures.meeting_people",),
                ),
                migrations.CreateModel(
                    name="ResolutionIndicator",
                    fields=[],
                    options={
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("measures.resolution_indicators",),
                ),
                migrations.CreateModel(
                    name="ResolutionMeasure",
                    fields=[],
                    options={
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("measures.resolution_measures",),
                ),
                migrations.CreateModel(
                    name="ResolutionTarget",
                    fields=[],
                    options={
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("measures.resolution_targets",),
                ),
                migrations.CreateModel(
                    name="TargetResponsible",
                    fields=[],
                    options={
                        "proxy": True,
                        "indexes": [],
                        "constraints": [],
                    },
                    bases=("measures.target_responsible",),
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="submissionevent",
                    name="is_a_step_from_where_it_was",
                ),
                pgtrigger.migrations.RemoveTrigger(
                    model_name="submissionevent",
                    name="batch_is_for_its_people",
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicatoralias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_indicatoraliasversion" ("id", "indicator_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."indicator_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="c58006196673235e8ed46fefb4a600dbfa2eebde",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_17c85",
                            table="measures_indicatoralias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicatoralias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_indicatoraliasversion" ("id", "indicator_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."indicator_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="4fc317fdd4e4866fe0e34b31a45816eb0653272a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fd9f7",
                            table="measures_indicatoralias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicatoralias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_indicatoraliasversion" ("id", "indicator_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."indicator_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="21c280ca2333ae34ce1171a09185f17ac1acf70b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f0f24",
                            table="measures_indicatoralias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurecontribution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measurecontributionversion" ("id", "measure_id", "organisation_id", "organisation_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "valid_from", "valid_until") VALUES (NEW."id", NEW."measure_id", NEW."organisation_id", NEW."organisation_kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."role", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="cdb161b1d6cf10fa1b090569546e756cb46b0517",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8ffe7",
                            table="measures_measurecontribution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurecontribution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_measurecontributionversion" ("id", "measure_id", "organisation_id", "organisation_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "valid_from", "valid_until") VALUES (NEW."id", NEW."measure_id", NEW."organisation_id", NEW."organisation_kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."role", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="7906b2429bfb2ffc9a8e8829bef725024ae19cb3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_4df3c",
                            table="measures_measurecontribution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurecontribution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measurecontributionversion" ("id", "measure_id", "organisation_id", "organisation_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "valid_from", "valid_until") VALUES (OLD."id", OLD."measure_id", OLD."organisation_id", OLD."organisation_kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."role", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                            hash="c567aed04d1bcc675c45cf3397b0ad4b160c9ea6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a684d",
                            table="measures_measurecontribution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurefunding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measurefundingversion" ("amount", "id", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quality", "source_id", "year") VALUES (NEW."amount", NEW."id", NEW."measure_id", NEW."note", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."quality", NEW."source_id", NEW."year"); RETURN NULL;',
                            hash="0a5b34ffcf4fd7aba3f6a3e67420a9ac1c6f8c13",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3f1b3",
                            table="measures_measurefunding",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurefunding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_measurefundingversion" ("amount", "id", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quality", "source_id", "year") VALUES (NEW."amount", NEW."id", NEW."measure_id", NEW."note", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."quality", NEW."source_id", NEW."year"); RETURN NULL;',
                            hash="e3a0e0863c154368ce392553256711d747d66d2e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_11d63",
                            table="measures_measurefunding",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurefunding",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measurefundingversion" ("amount", "id", "measure_id", "note", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "quality", "source_id", "year") VALUES (OLD."amount", OLD."id", OLD."measure_id", OLD."note", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."quality", OLD."source_id", OLD."year"); RETURN NULL;',
                            hash="7dd7a6026e26fb30f9e48bf6c5ad7261cf9d20c1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_48477",
                            table="measures_measurefunding",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="roundindicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_roundindicatorversion" ("asked_of", "breakdown", "id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") VALUES (NEW."asked_of", NEW."breakdown", NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."round_id"); RETURN NULL;',
                            hash="2126307a4217eade4585f1f349491d1be300f95a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_56fb2",
                            table="measures_roundindicator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="roundindicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "measures_roundindicatorversion" ("asked_of", "breakdown", "id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") VALUES (NEW."asked_of", NEW."breakdown", NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."round_id"); RETURN NULL;',
                            hash="31653ea4253daa829fa2de0ca77896c0b0303143",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b7931",
                            table="measures_roundindicator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="roundindicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_roundindicatorversion" ("asked_of", "breakdown", "id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "round_id") VALUES (OLD."asked_of", OLD."breakdown", OLD."id", OLD."indicator_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."round_id"); RETURN NULL;',
                            hash="89d6757dd6b4cab7683e85db938f0f9e2df73b80",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f168e",
                            table="measures_roundindicator",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="submissionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="is_a_step_from_where_it_was",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE was text;",
                            func="\n                PERFORM FROM measures_submission WHERE id = NEW.submission_id FOR NO KEY UPDATE;\n                was := coalesce((\n        SELECT e.to_status FROM measures_submissionevent e\n        WHERE e.submission_id = NEW.submission_id ORDER BY e.id DESC LIMIT 1\n    ), 'draft');\n                IF NEW.from_status <> was\n                    OR (NEW.action, NEW.from_status, NEW.to_status) NOT IN (('submit', 'draft', 'submitted'), ('submit', 'returned', 'submitted'), ('approve', 'submitted', 'approved'), ('approve', 'endorsed', 'approved'), ('endorse', 'submitted', 'endorsed'), ('send_back', 'submitted', 'returned'), ('send_back', 'endorsed', 'returned'), ('begin_review', 'submitted', 'submitted'), ('withdraw', 'submitted', 'draft'), ('ask_back', 'submitted', 'submitted'), ('ask_back', 'endorsed', 'endorsed'), ('correct', 'approved', 'draft'), ('withdraw_correction', 'draft', 'approved'), ('withdraw_correction', 'returned', 'approved'))\n                THEN\n                    \n    RAISE EXCEPTION USING\n        ERRCODE = 'check_violation', CONSTRAINT = 'event_is_a_step_from_where_it_was',\n        MESSAGE = 'violates rule event_is_a_step_from_where_it_was', DETAIL = 'submission ' || NEW.submission_id || ', ' || NEW.action || ' from ' || NEW.from_status || ' to ' || NEW.to_status || ' after ' || was;\n\n                END IF;\n                IF NEW.action IN ('approve', 'endorse')\n                    AND (\n        EXISTS (\n            SELECT FROM partners_membership m\n            JOIN measures_submission theirs ON theirs.organisation_id = m.organisation_id\n            WHERE theirs.id = NEW.submission_id AND m.user_id = NEW.actor_id\n                AND m.valid_from <= (now() AT TIME ZONE 'Europe/Berlin')::date AND (m.valid_until IS NULL OR m.valid_until >= (now() AT TIME ZONE 'Europe/Berlin')::date)\n        ) OR EXISTS (\n            SELECT FROM measures_submissionevent h\n            WHERE h.submission_id = NEW.submission_id AND h.actor_id = NEW.actor_id\n                AND h.action = 'submit'\n                AND h.id > coalesce((\n        SELECT e.id FROM measures_submissionevent e\n        WHERE e.submission_id = NEW.submission_id AND e.action = 'approve'\n        ORDER BY e.id DESC LIMIT 1\n    ), 0)\n        ) OR EXISTS (\n            SELECT FROM measures_figureversion v\n            LEFT JOIN pghistory_context c ON c.id = v.pgh_context_id\n            LEFT JOIN measures_importrun r ON r.id = v.import_run_id\n            WHERE v.item_id = ANY(ARRAY(\n                    SELECT i.id FROM measures_item i WHERE i.submission_id = NEW.submission_id\n                ))\n                AND v.pgh_id > coalesce((\n        SELECT e.figure_version FROM measures_submissionevent e\n        WHERE e.submission_id = NEW.submission_id AND e.action = 'approve'\n        ORDER BY e.id DESC LIMIT 1\n    ), 0)\n                AND (\n                    NEW.actor_id IN (\n                        v.entered_by_id, r.created_by_id, r.reading_requested_by_id, r.applied_by_id\n                    )\n                    OR c.metadata ->> 'user' = NEW.actor_id::text\n                )\n        ) OR EXISTS (\n            SELECT FROM measures_submission concerned\n            JOIN measures_reportinground o ON o.id = concerned.round_id\n            JOIN measures_checkwaiver w ON o.year BETWEEN w.first_year AND w.last_year\n                AND (w.organisation_id IS NULL OR w.organisation_id = concerned.organisation_id)\n            CROSS JOIN LATERAL (\n                SELECT * FROM measures_plausibilitycheckversion v\n                WHERE v.pgh_obj_id = w.plausibility_check_id AND true ORDER BY v.pgh_id DESC LIMIT 1\n            ) k\n            WHERE concerned.id = NEW.submission_id AND w.given_by_id = NEW.actor_id AND w.ended_at IS NULL\n                AND (\n                    k.severity = 'error'\n                    AND k.status <> 'draft'\n                    AND o.year >= k.valid_from\n                    AND (k.valid_until IS NULL OR o.year <= k.valid_until)\n                    AND EXISTS (\n                        SELECT FROM measures_item a\n                        JOIN measures_indicator n ON n.id = a.indicator_id\n                        WHERE a.submission_id = concerned.id AND (w.indicator_id IS NULL OR a.indicator_id = w.indicator_id)\n                            AND CASE\n                            WHEN k.parameters ->> 'formula' IS NOT NULL THEN\n                                n.code = ANY(ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(k.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            )) AND ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(k.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            ) <@ ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            WHEN k.parameters ? 'required' THEN\n                                k.parameters -> 'required' ? n.code\n                                AND k.parameters -> 'indicators' ?| ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            ELSE coalesce(k.parameters -> 'indicators', '[]') = '[]'\n                                OR k.parameters -> 'indicators' ? n.code\n                        END\n                    )\n                )\n        ) OR EXISTS (\n            SELECT FROM measures_submission concerned\n            JOIN measures_reportinground o ON o.id = concerned.round_id\n            CROSS JOIN measures_plausibilitycheckversion changed\n            JOIN pghistory_context c ON c.id = changed.pgh_context_id\n            CROSS JOIN LATERAL (\n                SELECT * FROM measures_plausibilitycheckversion v\n                WHERE v.pgh_obj_id = changed.pgh_obj_id AND v.pgh_id < changed.pgh_id ORDER BY v.pgh_id DESC LIMIT 1\n            ) former\n            CROSS JOIN LATERAL (\n                SELECT * FROM measures_plausibilitycheckversion v\n                WHERE v.pgh_obj_id = changed.pgh_obj_id AND true ORDER BY v.pgh_id DESC LIMIT 1\n            ) present\n            WHERE concerned.id = NEW.submission_id AND c.metadata ->> 'user' = NEW.actor_id::text\n                AND changed.pgh_created_at >= coalesce((\n        SELECT e.at FROM measures_submissionevent e\n        WHERE e.submission_id = NEW.submission_id AND e.action = 'approve'\n        ORDER BY e.id DESC LIMIT 1\n    ), least(o.opens_on, (\n                SELECT min(r.opens_on) FROM measures_roundevent r WHERE r.round_id = o.id\n            )))\n                AND changed.pgh_id <= present.pgh_id\n                AND (\n                    former.severity = 'error'\n                    AND former.status <> 'draft'\n                    AND o.year >= former.valid_from\n                    AND (former.valid_until IS NULL OR o.year <= former.valid_until)\n                    AND EXISTS (\n                        SELECT FROM measures_item a\n                        JOIN measures_indicator n ON n.id = a.indicator_id\n                        WHERE a.submission_id = concerned.id AND (true)\n                            AND CASE\n                            WHEN former.parameters ->> 'formula' IS NOT NULL THEN\n                                n.code = ANY(ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(former.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            )) AND ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(former.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            ) <@ ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            WHEN former.parameters ? 'required' THEN\n                                former.parameters -> 'required' ? n.code\n                                AND former.parameters -> 'indicators' ?| ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            ELSE coalesce(former.parameters -> 'indicators', '[]') = '[]'\n                                OR former.parameters -> 'indicators' ? n.code\n                        END\n                    )\n                )\n                AND NOT (changed.parameters = former.parameters AND (\n                    changed.severity = 'error'\n                    AND changed.status <> 'draft'\n                    AND o.year >= changed.valid_from\n                    AND (changed.valid_until IS NULL OR o.year <= changed.valid_until)\n                    AND EXISTS (\n                        SELECT FROM measures_item a\n                        JOIN measures_indicator n ON n.id = a.indicator_id\n                        WHERE a.submission_id = concerned.id AND (true)\n                            AND CASE\n                            WHEN changed.parameters ->> 'formula' IS NOT NULL THEN\n                                n.code = ANY(ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(changed.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            )) AND ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(changed.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            ) <@ ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            WHEN changed.parameters ? 'required' THEN\n                                changed.parameters -> 'required' ? n.code\n                                AND changed.parameters -> 'indicators' ?| ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            ELSE coalesce(changed.parameters -> 'indicators', '[]') = '[]'\n                                OR changed.parameters -> 'indicators' ? n.code\n                        END\n                    )\n                )) AND NOT (present.parameters = former.parameters AND (\n                    present.severity = 'error'\n                    AND present.status <> 'draft'\n                    AND o.year >= present.valid_from\n                    AND (present.valid_until IS NULL OR o.year <= present.valid_until)\n                    AND EXISTS (\n                        SELECT FROM measures_item a\n                        JOIN measures_indicator n ON n.id = a.indicator_id\n                        WHERE a.submission_id = concerned.id AND (true)\n                            AND CASE\n                            WHEN present.parameters ->> 'formula' IS NOT NULL THEN\n                                n.code = ANY(ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(present.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            )) AND ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(present.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            ) <@ ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            WHEN present.parameters ? 'required' THEN\n                                present.parameters -> 'required' ? n.code\n                                AND present.parameters -> 'indicators' ?| ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            ELSE coalesce(present.parameters -> 'indicators', '[]') = '[]'\n                                OR present.parameters -> 'indicators' ? n.code\n                        END\n                    )\n                ))\n        )\n    )\n                THEN\n                    \n    RAISE EXCEPTION USING\n        ERRCODE = 'check_violation', CONSTRAINT = 'decided_by_somebody_else',\n        MESSAGE = 'violates rule decided_by_somebody_else', DETAIL = 'submission ' || NEW.submission_id || ', ' || NEW.action || ' by ' || NEW.actor_id;\n\n                END IF;\n                IF (NEW.action = 'begin_review' AND ((EXISTS (\n        SELECT FROM measures_submissionevent h\n        WHERE h.submission_id = NEW.submission_id AND h.action IN ('begin_review', 'endorse')\n            AND h.id > coalesce((\n                SELECT max(b.id) FROM measures_submissionevent b\n                WHERE b.submission_id = NEW.submission_id AND b.action = 'submit'\n            ), 0)\n    )))) OR (NEW.action = 'withdraw' AND ((EXISTS (\n        SELECT FROM measures_submissionevent h\n        WHERE h.submission_id = NEW.submission_id AND h.action IN ('begin_review', 'endorse')\n            AND h.id > coalesce((\n                SELECT max(b.id) FROM measures_submissionevent b\n                WHERE b.submission_id = NEW.submission_id AND b.action = 'submit'\n            ), 0)\n    )))) OR (NEW.action = 'ask_back' AND (NOT (EXISTS (\n        SELECT FROM measures_submissionevent h\n        WHERE h.submission_id = NEW.submission_id AND h.action IN ('begin_review', 'endorse')\n            AND h.id > coalesce((\n                SELECT max(b.id) FROM measures_submissionevent b\n                WHERE b.submission_id = NEW.submission_id AND b.action = 'submit'\n            ), 0)\n    )) OR (EXISTS (\n        SELECT FROM measures_submissionevent h\n        WHERE h.submission_id = NEW.submission_id AND h.action IN ('ask_back')\n            AND h.id > coalesce((\n                SELECT max(b.id) FROM measures_submissionevent b\n                WHERE b.submission_id = NEW.submission_id AND b.action = 'submit'\n            ), 0)\n    )))) OR (NEW.action = 'withdraw_correction' AND (NOT (\n        EXISTS (\n            SELECT FROM measures_submissionevent h\n            WHERE h.submission_id = NEW.submission_id AND h.action = 'approve'\n        ) AND NOT EXISTS (\n            SELECT FROM measures_item i\n            WHERE i.submission_id = NEW.submission_id AND (\n                i.data_as_of IS DISTINCT FROM i.approved_data_as_of\n                OR EXISTS (\n                    SELECT FROM measures_figure f WHERE f.item_id = i.id AND NOT EXISTS (\n                        SELECT FROM measures_approvedfigure a\n                        WHERE (a.item_id, a.region_id, a.occupation_id, a.target_group_id) = (f.item_id, f.region_id, f.occupation_id, f.target_group_id) AND (a.value, a.absence, a.quality, a.is_below_half_unit, a.is_uncertain, a.note) IS NOT DISTINCT FROM (f.value, f.absence, f.quality, f.is_below_half_unit, f.is_uncertain, f.note)\n                    )\n                )\n                OR EXISTS (\n                    SELECT FROM measures_approvedfigure a WHERE a.item_id = i.id AND NOT EXISTS (\n                        SELECT FROM measures_figure f WHERE (f.item_id, f.region_id, f.occupation_id, f.target_group_id) = (a.item_id, a.region_id, a.occupation_id, a.target_group_id)\n                    )\n                )\n            )\n        )\n    ))) THEN\n                    \n    RAISE EXCEPTION USING\n        ERRCODE = 'check_violation', CONSTRAINT = 'step_suits_what_happened',\n        MESSAGE = 'violates rule step_suits_what_happened', DETAIL = 'submission ' || NEW.submission_id || ', ' || NEW.action;\n\n                END IF;\n                NEW.figure_version := (\n        SELECT coalesce(max(v.pgh_id), 0) FROM measures_figureversion v\n        JOIN measures_item i ON i.id = v.item_id\n        WHERE i.submission_id = NEW.submission_id\n    );\n                RETURN NEW;\n            ",
                            hash="10f663a7b979a0d5940e9e7f6c90860f3d9238be",
                            operation="INSERT",
                            pgid="pgtrigger_is_a_step_from_where_it_was_40115",
                            table="measures_submissionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="submissionevent",
                    trigger=pgtrigger.compiler.Trigger(
                        name="batch_is_for_its_people",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (NEW.batch_id IS NOT NULL)",
                            func="\n                PERFORM FROM measures_reviewbatch b\n                JOIN measures_batchentry n ON n.batch_id = b.id AND n.submission_id = NEW.submission_id\n                WHERE b.id = NEW.batch_id AND b.action = NEW.action AND CASE\n                    WHEN b.action = 'approve' AND b.submission_count > 10 THEN\n                        b.confirmed_by_id = NEW.actor_id AND b.proposed_by_id <> NEW.actor_id\n                        AND b.confirmed_at < b.expires_at AND now() < b.expires_at\n                        AND NOT (\n        EXISTS (\n            SELECT FROM partners_membership m\n            JOIN measures_submission theirs ON theirs.organisation_id = m.organisation_id\n            WHERE theirs.id = NEW.submission_id AND m.user_id = b.proposed_by_id\n                AND m.valid_from <= (now() AT TIME ZONE 'Europe/Berlin')::date AND (m.valid_until IS NULL OR m.valid_until >= (now() AT TIME ZONE 'Europe/Berlin')::date)\n        ) OR EXISTS (\n            SELECT FROM measures_submissionevent h\n            WHERE h.submission_id = NEW.submission_id AND h.actor_id = b.proposed_by_id\n                AND h.action = 'submit'\n                AND h.id > coalesce((\n        SELECT e.id FROM measures_submissionevent e\n        WHERE e.submission_id = NEW.submission_id AND e.action = 'approve'\n        ORDER BY e.id DESC LIMIT 1\n    ), 0)\n        ) OR EXISTS (\n            SELECT FROM measures_figureversion v\n            LEFT JOIN pghistory_context c ON c.id = v.pgh_context_id\n            LEFT JOIN measures_importrun r ON r.id = v.import_run_id\n            WHERE v.item_id = ANY(ARRAY(\n                    SELECT i.id FROM measures_item i WHERE i.submission_id = NEW.submission_id\n                ))\n                AND v.pgh_id > coalesce((\n        SELECT e.figure_version FROM measures_submissionevent e\n        WHERE e.submission_id = NEW.submission_id AND e.action = 'approve'\n        ORDER BY e.id DESC LIMIT 1\n    ), 0)\n                AND (\n                    b.proposed_by_id IN (\n                        v.entered_by_id, r.created_by_id, r.reading_requested_by_id, r.applied_by_id\n                    )\n                    OR c.metadata ->> 'user' = b.proposed_by_id::text\n                )\n        ) OR EXISTS (\n            SELECT FROM measures_submission concerned\n            JOIN measures_reportinground o ON o.id = concerned.round_id\n            JOIN measures_checkwaiver w ON o.year BETWEEN w.first_year AND w.last_year\n                AND (w.organisation_id IS NULL OR w.organisation_id = concerned.organisation_id)\n            CROSS JOIN LATERAL (\n                SELECT * FROM measures_plausibilitycheckversion v\n                WHERE v.pgh_obj_id = w.plausibility_check_id AND true ORDER BY v.pgh_id DESC LIMIT 1\n            ) k\n            WHERE concerned.id = NEW.submission_id AND w.given_by_id = b.proposed_by_id AND w.ended_at IS NULL\n                AND (\n                    k.severity = 'error'\n                    AND k.status <> 'draft'\n                    AND o.year >= k.valid_from\n                    AND (k.valid_until IS NULL OR o.year <= k.valid_until)\n                    AND EXISTS (\n                        SELECT FROM measures_item a\n                        JOIN measures_indicator n ON n.id = a.indicator_id\n                        WHERE a.submission_id = concerned.id AND (w.indicator_id IS NULL OR a.indicator_id = w.indicator_id)\n                            AND CASE\n                            WHEN k.parameters ->> 'formula' IS NOT NULL THEN\n                                n.code = ANY(ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(k.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            )) AND ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(k.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            ) <@ ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            WHEN k.parameters ? 'required' THEN\n                                k.parameters -> 'required' ? n.code\n                                AND k.parameters -> 'indicators' ?| ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            ELSE coalesce(k.parameters -> 'indicators', '[]') = '[]'\n                                OR k.parameters -> 'indicators' ? n.code\n                        END\n                    )\n                )\n        ) OR EXISTS (\n            SELECT FROM measures_submission concerned\n            JOIN measures_reportinground o ON o.id = concerned.round_id\n            CROSS JOIN measures_plausibilitycheckversion changed\n            JOIN pghistory_context c ON c.id = changed.pgh_context_id\n            CROSS JOIN LATERAL (\n                SELECT * FROM measures_plausibilitycheckversion v\n                WHERE v.pgh_obj_id = changed.pgh_obj_id AND v.pgh_id < changed.pgh_id ORDER BY v.pgh_id DESC LIMIT 1\n            ) former\n            CROSS JOIN LATERAL (\n                SELECT * FROM measures_plausibilitycheckversion v\n                WHERE v.pgh_obj_id = changed.pgh_obj_id AND true ORDER BY v.pgh_id DESC LIMIT 1\n            ) present\n            WHERE concerned.id = NEW.submission_id AND c.metadata ->> 'user' = b.proposed_by_id::text\n                AND changed.pgh_created_at >= coalesce((\n        SELECT e.at FROM measures_submissionevent e\n        WHERE e.submission_id = NEW.submission_id AND e.action = 'approve'\n        ORDER BY e.id DESC LIMIT 1\n    ), least(o.opens_on, (\n                SELECT min(r.opens_on) FROM measures_roundevent r WHERE r.round_id = o.id\n            )))\n                AND changed.pgh_id <= present.pgh_id\n                AND (\n                    former.severity = 'error'\n                    AND former.status <> 'draft'\n                    AND o.year >= former.valid_from\n                    AND (former.valid_until IS NULL OR o.year <= former.valid_until)\n                    AND EXISTS (\n                        SELECT FROM measures_item a\n                        JOIN measures_indicator n ON n.id = a.indicator_id\n                        WHERE a.submission_id = concerned.id AND (true)\n                            AND CASE\n                            WHEN former.parameters ->> 'formula' IS NOT NULL THEN\n                                n.code = ANY(ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(former.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            )) AND ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(former.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            ) <@ ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            WHEN former.parameters ? 'required' THEN\n                                former.parameters -> 'required' ? n.code\n                                AND former.parameters -> 'indicators' ?| ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            ELSE coalesce(former.parameters -> 'indicators', '[]') = '[]'\n                                OR former.parameters -> 'indicators' ? n.code\n                        END\n                    )\n                )\n                AND NOT (changed.parameters = former.parameters AND (\n                    changed.severity = 'error'\n                    AND changed.status <> 'draft'\n                    AND o.year >= changed.valid_from\n                    AND (changed.valid_until IS NULL OR o.year <= changed.valid_until)\n                    AND EXISTS (\n                        SELECT FROM measures_item a\n                        JOIN measures_indicator n ON n.id = a.indicator_id\n                        WHERE a.submission_id = concerned.id AND (true)\n                            AND CASE\n                            WHEN changed.parameters ->> 'formula' IS NOT NULL THEN\n                                n.code = ANY(ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(changed.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            )) AND ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(changed.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            ) <@ ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            WHEN changed.parameters ? 'required' THEN\n                                changed.parameters -> 'required' ? n.code\n                                AND changed.parameters -> 'indicators' ?| ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            ELSE coalesce(changed.parameters -> 'indicators', '[]') = '[]'\n                                OR changed.parameters -> 'indicators' ? n.code\n                        END\n                    )\n                )) AND NOT (present.parameters = former.parameters AND (\n                    present.severity = 'error'\n                    AND present.status <> 'draft'\n                    AND o.year >= present.valid_from\n                    AND (present.valid_until IS NULL OR o.year <= present.valid_until)\n                    AND EXISTS (\n                        SELECT FROM measures_item a\n                        JOIN measures_indicator n ON n.id = a.indicator_id\n                        WHERE a.submission_id = concerned.id AND (true)\n                            AND CASE\n                            WHEN present.parameters ->> 'formula' IS NOT NULL THEN\n                                n.code = ANY(ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(present.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            )) AND ARRAY(\n                                SELECT word[1] FROM regexp_matches(\n                                    regexp_replace(present.parameters ->> 'formula', '\\[[^]]*\\]|\\.\\s*last_year\\M', '', 'g'),\n                                    '\\m[[:alpha:]_]\\w*', 'g'\n                                ) word\n                            ) <@ ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            WHEN present.parameters ? 'required' THEN\n                                present.parameters -> 'required' ? n.code\n                                AND present.parameters -> 'indicators' ?| ARRAY(\n                                SELECT d.code::text FROM measures_item b\n                                JOIN measures_indicator d ON d.id = b.indicator_id\n                                WHERE b.submission_id = concerned.id\n                            )\n                            ELSE coalesce(present.parameters -> 'indicators', '[]') = '[]'\n                                OR present.parameters -> 'indicators' ? n.code\n                        END\n                    )\n                ))\n        )\n    )\n                    ELSE b.proposed_by_id = NEW.actor_id AND now() < b.expires_at\n                END;\n                IF NOT FOUND THEN\n                    \n    RAISE EXCEPTION USING\n        ERRCODE = 'check_violation', CONSTRAINT = 'batch_is_for_its_people',\n        MESSAGE = 'violates rule batch_is_for_its_people', DETAIL = 'submission ' || NEW.submission_id || ', batch ' || NEW.batch_id || ' by ' || NEW.actor_id;\n\n                END IF;\n                RETURN NEW;\n            ",
                            hash="0d90f8d785492c08452d4aa12d25593495c46197",
                            operation="INSERT",
                            pgid="pgtrigger_batch_is_for_its_people_1c698",
                            table="measures_submissionevent",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measureobjective",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measureobjectiveversion" ("id", "measure_id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."id", NEW."measure_id", NEW."objective_id", _pgh_attach_context(), NOW(), \'insert\'); RETURN NULL;',
                            hash="6dfcc94a99886e625dbdc18b6e6c4f82b5f10403",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_11579",
                            table="measures_measure_objectives",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measureobjective",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measureobjectiveversion" ("id", "measure_id", "objective_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."id", OLD."measure_id", OLD."objective_id", _pgh_attach_context(), NOW(), \'delete\'); RETURN NULL;',
                            hash="e986789fd6cc28ce332beb156072ccd8db9f660c",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4c2e5",
                            table="measures_measure_objectives",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measuretargetgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measuretargetgroupversion" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "targetgroup_id") VALUES (NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."targetgroup_id"); RETURN NULL;',
                            hash="035208a4ea425fc1494e3a104d9d2ebef35ecf96",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_c2bf6",
                            table="measures_measure_target_groups",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measuretargetgroup",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_measuretargetgroupversion" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "targetgroup_id") VALUES (OLD."id", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."targetgroup_id"); RETURN NULL;',
                            hash="e376e25989fe1cfa23dde8d07d6319a436de7c97",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_06790",
                            table="measures_measure_target_groups",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingorganisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_meetingorganisationversion" ("id", "meeting_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (NEW."id", NEW."meeting_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\'); RETURN NULL;',
                            hash="71040bf3c9249d55f378050662ff52a795845749",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_31763",
                            table="measures_meeting_organisations",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingorganisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_meetingorganisationversion" ("id", "meeting_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label") VALUES (OLD."id", OLD."meeting_id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\'); RETURN NULL;',
                            hash="af59272c07e4f2e9891b3d2ff087b7d4fe7207f7",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_80c35",
                            table="measures_meeting_organisations",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingperson",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_meetingpersonversion" ("id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (NEW."id", NEW."meeting_id", _pgh_attach_context(), NOW(), \'insert\', NEW."user_id"); RETURN NULL;',
                            hash="0cd0ede2514e35834d3ec5fe31b7bba0a3ef521c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_812bc",
                            table="measures_meeting_people",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingperson",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_meetingpersonversion" ("id", "meeting_id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (OLD."id", OLD."meeting_id", _pgh_attach_context(), NOW(), \'delete\', OLD."user_id"); RETURN NULL;',
                            hash="31f167fe3146fa9e9e684624c788c942b60f2489",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5a197",
                            table="measures_meeting_people",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutionindicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_resolutionindicatorversion" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "resolution_id") VALUES (NEW."id", NEW."indicator_id", _pgh_attach_context(), NOW(), \'insert\', NEW."resolution_id"); RETURN NULL;',
                            hash="48d5a5ebae1905f216d7ffa5a276bec47f7b3200",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f0fdf",
                            table="measures_resolution_indicators",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutionindicator",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_resolutionindicatorversion" ("id", "indicator_id", "pgh_context_id", "pgh_created_at", "pgh_label", "resolution_id") VALUES (OLD."id", OLD."indicator_id", _pgh_attach_context(), NOW(), \'delete\', OLD."resolution_id"); RETURN NULL;',
                            hash="da34e3438745a8ec63b8c1bb293313ede4cd8b9f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_337c4",
                            table="measures_resolution_indicators",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutionmeasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_resolutionmeasureversion" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "resolution_id") VALUES (NEW."id", NEW."measure_id", _pgh_attach_context(), NOW(), \'insert\', NEW."resolution_id"); RETURN NULL;',
                            hash="6991c96a49ab8e4612c178d8d0b74c743aab90d6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b520b",
                            table="measures_resolution_measures",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutionmeasure",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_resolutionmeasureversion" ("id", "measure_id", "pgh_context_id", "pgh_created_at", "pgh_label", "resolution_id") VALUES (OLD."id", OLD."measure_id", _pgh_attach_context(), NOW(), \'delete\', OLD."resolution_id"); RETURN NULL;',
                            hash="71a830b3204a485f843c99f56d1b9f5ce1a4b4b1",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b2123",
                            table="measures_resolution_measures",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutiontarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_resolutiontargetversion" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "resolution_id", "target_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."resolution_id", NEW."target_id"); RETURN NULL;',
                            hash="46921c0c8eaedb131a41994c8ba73d865cd55175",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0b222",
                            table="measures_resolution_targets",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutiontarget",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_resolutiontargetversion" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "resolution_id", "target_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."resolution_id", OLD."target_id"); RETURN NULL;',
                            hash="7272af3f4f15600e8ec834cbc6799ad18d7ef154",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_33b0c",
                            table="measures_resolution_targets",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetresponsible",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_targetresponsibleversion" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "target_id") VALUES (NEW."id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."target_id"); RETURN NULL;',
                            hash="614baff2b5ed2c4be48b6a8fbee6c6a2942dee6f",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_34f83",
                            table="measures_target_responsible",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetresponsible",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "measures_targetresponsibleversion" ("id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "target_id") VALUES (OLD."id", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."target_id"); RETURN NULL;',
                            hash="5c43c09c26cf230d8651e3fea8f3d9e42597a4b9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4f3dc",
                            table="measures_target_responsible",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicatoraliasversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="7f107cb13e69a1c96527e118689ee5fd5d0e7114",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_26e5d",
                            table="measures_indicatoraliasversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="indicatoraliasversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c9fc701adcfa1e7e6f68407d394f76f6a2991a40",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_1f236",
                            table="measures_indicatoraliasversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurecontributionversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="4a7c2ac9ddb02234212ce1d09f699334614c1b1a",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_af2ad",
                            table="measures_measurecontributionversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurecontributionversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5f09c7493acd46035977acc11a902a6f5a3a3bfa",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_8464a",
                            table="measures_measurecontributionversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurefundingversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="efba1153cc9ba02e9496aac760b93564ab7d268b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_582b2",
                            table="measures_measurefundingversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measurefundingversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e829ef718b3bcc456bdb6ce0ba80a94d3b97de2b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2235b",
                            table="measures_measurefundingversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measureobjectiveversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="42d53e9722eacbbe5401f5e7fdc5ffe1fd37906f",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_8ffd0",
                            table="measures_measureobjectiveversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measureobjectiveversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="942c69254b930adb4046af9e60255e9632d1d5be",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_75cf1",
                            table="measures_measureobjectiveversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measuretargetgroupversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="5c069ffbc43cfd169a1b1f5bacecf54080afa464",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_3feb4",
                            table="measures_measuretargetgroupversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="measuretargetgroupversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="12b39f82d55f59b61ca99e1c4a04ebe5ca6a5f7c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6975b",
                            table="measures_measuretargetgroupversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingorganisationversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="8a3355617db0f257e453eeaac8332ff947f68931",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_fe34d",
                            table="measures_meetingorganisationversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingorganisationversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="971936018835c6d75e7985fefbc8b8af38580861",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_5ddc2",
                            table="measures_meetingorganisationversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingpersonversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="8d8234efe3d83103f9b658f58a6ba625c836b5e5",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_518d2",
                            table="measures_meetingpersonversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="meetingpersonversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="da8e9140990ccf0f89c3312d58d7c68df17a74da",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_bd999",
                            table="measures_meetingpersonversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutionindicatorversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="4d73b41a60f3ee7ff52fd0e3143de2a86292b711",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_4148b",
                            table="measures_resolutionindicatorversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutionindicatorversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="53d7835f3686e79b6667774ca4e5188162280683",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_4c16d",
                            table="measures_resolutionindicatorversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutionmeasureversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="055807ce41873f88a0f3c917d34d7c61797f6eac",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_2a2f0",
                            table="measures_resolutionmeasureversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutionmeasureversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8763abfd63dd05e7fea40266a7da37ddd7c91cc8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_74ee1",
                            table="measures_resolutionmeasureversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutiontargetversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="da0019294406c09e7a24c71360d692039a6b3115",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_b50ce",
                            table="measures_resolutiontargetversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="resolutiontargetversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="408c65808d984ae715a5602639b5cfbe99a9f82a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fe345",
                            table="measures_resolutiontargetversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="roundindicatorversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="8145f524c643227f96c42ca7e7b06a6e3c990493",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_02168",
                            table="measures_roundindicatorversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="roundindicatorversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d48d9418e7093ee41c8e4651b1d1773e56010135",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_cdbb4",
                            table="measures_roundindicatorversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetresponsibleversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="204f4fe73ef282b84a9dc60b9424788d10ce9e3e",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_a660a",
                            table="measures_targetresponsibleversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="targetresponsibleversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="41b63410128771fdc2e7dd083eaeb6a82ab406b1",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6353e",
                            table="measures_targetresponsibleversion",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
