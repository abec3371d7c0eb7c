"""Mandates and other names of organisations leave versions."""

import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from partners.migrations._together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0005_versions_of_organisations"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="MandateVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "valid_from",
                            models.DateField(
                                default=django.utils.timezone.localdate, verbose_name="valid from"
                            ),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "agent",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.organisation",
                                verbose_name="agent",
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
                                to="partners.mandate",
                            ),
                        ),
                        (
                            "principal",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.organisation",
                                verbose_name="uploads for",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of a mandate",
                        "verbose_name_plural": "versions of mandates",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationAliasVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "organisation",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
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
                                to="partners.organisationalias",
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
                pgtrigger.migrations.AddTrigger(
                    model_name="mandate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_mandateversion" ("agent_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "valid_from", "valid_until") VALUES (NEW."agent_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."principal_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="7ed5e54c2f2ec4ee2267d573701757cc9c786216",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9be4f",
                            table="partners_mandate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mandate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "partners_mandateversion" ("agent_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "valid_from", "valid_until") VALUES (NEW."agent_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."principal_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="232f86b3a22c3a310397a6780a5e5ff9b32a6702",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_a15a4",
                            table="partners_mandate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mandate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_mandateversion" ("agent_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "principal_id", "valid_from", "valid_until") VALUES (OLD."agent_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."principal_id", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                            hash="c46212c9e1f0ca4390ee7c1cfbf7c0ccf38a97d6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e9e0e",
                            table="partners_mandate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_organisationaliasversion" ("id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="80a20275445aa4b97cb011645d3b2431e943b505",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_42671",
                            table="partners_organisationalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "partners_organisationaliasversion" ("id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="81811a405825fee107e70b90a357fdfeb321eff5",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_faab3",
                            table="partners_organisationalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationalias",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_organisationaliasversion" ("id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."name", OLD."organisation_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="1d8c440213eea79e24ba21017a792b336016b904",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2f865",
                            table="partners_organisationalias",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mandateversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="b6f6dec5ad2235d4ee81baec6c84cb6e50a85fe2",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_1d116",
                            table="partners_mandateversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="mandateversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="306ff1ea9e3c02159f20a6d13cb7ca7b8c3d3ca4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b0dd1",
                            table="partners_mandateversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationaliasversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="5473ce50ec1b315b91b93b1bef14fff4a69bfaf1",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_cdf90",
                            table="partners_organisationaliasversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationaliasversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="604bf358408d6ded47784c7b870e7fc0956d7de3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9885f",
                            table="partners_organisationaliasversion",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
