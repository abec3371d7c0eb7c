"""Every change of an organisation, of who belongs to whom and of an invitation leaves a version."""

import datetime

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from partners.migrations._together import Together


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0004_mails_that_cannot_be_written"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        Together(
            [
                migrations.CreateModel(
                    name="AffiliationVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        (
                            "valid_from",
                            models.DateField(default=datetime.date(2014, 12, 1), verbose_name="valid from"),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
                        (
                            "member",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.organisation",
                                verbose_name="member",
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
                                to="partners.affiliation",
                            ),
                        ),
                        (
                            "umbrella",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.organisation",
                                verbose_name="umbrella",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of an affiliation",
                        "verbose_name_plural": "versions of affiliations",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="InvitationVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("contributor", "Recording"),
                                    ("coordinator", "Coordination"),
                                    ("reviewer", "Review"),
                                    ("data_steward", "Data management"),
                                    ("auditor", "Audit"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="invited by",
                            ),
                        ),
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
                                related_name="email_organisation_role_invited_by_events",
                                to="partners.invitation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step of an invitation",
                        "verbose_name_plural": "steps of invitations",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="OrganisationVersion",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        ("id", models.BigIntegerField()),
                        ("code", models.CharField(max_length=20, verbose_name="code")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("federal_ministry", "Federal ministry"),
                                    ("commissioner", "Federal commissioner"),
                                    ("agency", "Federal agency"),
                                    ("employer_organisation", "Employers' organisation"),
                                    ("trade_union", "Trade union"),
                                    ("land", "Land"),
                                    ("chamber", "Chamber"),
                                    ("service_provider", "IT service provider"),
                                ],
                                max_length=30,
                                verbose_name="kind",
                            ),
                        ),
                        ("name_de", models.CharField(max_length=200, verbose_name="name (German)")),
                        (
                            "name_en",
                            models.CharField(blank=True, max_length=200, verbose_name="name (English)"),
                        ),
                        ("short_name", models.CharField(max_length=100, verbose_name="short name")),
                        (
                            "sort_key",
                            models.CharField(editable=False, max_length=200, verbose_name="sort key"),
                        ),
                        ("seat", models.CharField(blank=True, max_length=100, verbose_name="seat")),
                        (
                            "role_de",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="role in the Alliance (German)"
                            ),
                        ),
                        (
                            "role_en",
                            models.CharField(
                                blank=True, max_length=100, verbose_name="role in the Alliance (English)"
                            ),
                        ),
                        (
                            "is_partner",
                            models.BooleanField(
                                default=False,
                                help_text="Signed the Alliance itself.",
                                verbose_name="partner of the Alliance",
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(default=datetime.date(2014, 12, 1), verbose_name="valid from"),
                        ),
                        ("valid_until", models.DateField(blank=True, null=True, verbose_name="valid until")),
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
                                to="partners.organisation",
                            ),
                        ),
                        (
                            "region",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                help_text="The Land of a chamber or a Land; the whole country for everyone else.",
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.region",
                                verbose_name="region",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                db_index=False,
                                help_text="Where a merged organisation lives on. Its own past stays readable.",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="partners.organisation",
                                verbose_name="successor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "version of an organisation",
                        "verbose_name_plural": "versions of organisations",
                        "ordering": ["pgh_id"],
                        "abstract": False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="affiliation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_affiliationversion" ("id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "umbrella_id", "valid_from", "valid_until") VALUES (NEW."id", NEW."member_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."umbrella_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="c1547fb756907ae8504765a177c882ac6b2a4d76",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4f6e4",
                            table="partners_affiliation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="affiliation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "partners_affiliationversion" ("id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "umbrella_id", "valid_from", "valid_until") VALUES (NEW."id", NEW."member_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."umbrella_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="f65b230134b964ba9d38067c765912938f2487c8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0a1fe",
                            table="partners_affiliation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="affiliation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_affiliationversion" ("id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "umbrella_id", "valid_from", "valid_until") VALUES (OLD."id", OLD."member_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."umbrella_id", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                            hash="d6be0769fc5d8341ca176faeba6a07bf97066dcb",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_720ae",
                            table="partners_affiliation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="sent_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_invitationversion" ("email", "invited_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."email", NEW."invited_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'sent\', NEW."id", NEW."role"); RETURN NULL;',
                            hash="8444ba464bb7b54773c4dd3e317b1a68b7182704",
                            operation="INSERT",
                            pgid="pgtrigger_sent_insert_34a8e",
                            table="partners_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="accepted_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."accepted_at" IS NOT NULL AND OLD."accepted_at" IS NULL)',
                            func='INSERT INTO "partners_invitationversion" ("email", "invited_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."email", NEW."invited_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'accepted\', NEW."id", NEW."role"); RETURN NULL;',
                            hash="c9806cff90c358e18dea56d1d4c912c11974cb96",
                            operation="UPDATE",
                            pgid="pgtrigger_accepted_update_23639",
                            table="partners_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="withdrawn_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NEW."revoked_at" IS NOT NULL AND OLD."revoked_at" IS NULL)',
                            func='INSERT INTO "partners_invitationversion" ("email", "invited_by_id", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role") VALUES (NEW."email", NEW."invited_by_id", NEW."organisation_id", _pgh_attach_context(), NOW(), \'withdrawn\', NEW."id", NEW."role"); RETURN NULL;',
                            hash="309fec8e5bba4e1443e3952bef2a002afab1750f",
                            operation="UPDATE",
                            pgid="pgtrigger_withdrawn_update_6b941",
                            table="partners_invitation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_organisationversion" ("code", "id", "is_partner", "kind", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role_de", "role_en", "seat", "short_name", "sort_key", "successor_id", "valid_from", "valid_until") VALUES (NEW."code", NEW."id", NEW."is_partner", NEW."kind", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."region_id", NEW."role_de", NEW."role_en", NEW."seat", NEW."short_name", NEW."sort_key", NEW."successor_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="c71781819949a0a25d86bd5fd776907ea7488c1b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ce7ac",
                            table="partners_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "partners_organisationversion" ("code", "id", "is_partner", "kind", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role_de", "role_en", "seat", "short_name", "sort_key", "successor_id", "valid_from", "valid_until") VALUES (NEW."code", NEW."id", NEW."is_partner", NEW."kind", NEW."name_de", NEW."name_en", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."region_id", NEW."role_de", NEW."role_en", NEW."seat", NEW."short_name", NEW."sort_key", NEW."successor_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="f0686f22463eaaadfd7a98bbc111d26b7273a75e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8fb0e",
                            table="partners_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisation",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "partners_organisationversion" ("code", "id", "is_partner", "kind", "name_de", "name_en", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "region_id", "role_de", "role_en", "seat", "short_name", "sort_key", "successor_id", "valid_from", "valid_until") VALUES (OLD."code", OLD."id", OLD."is_partner", OLD."kind", OLD."name_de", OLD."name_en", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."region_id", OLD."role_de", OLD."role_en", OLD."seat", OLD."short_name", OLD."sort_key", OLD."successor_id", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                            hash="dc8c57e2bc97625b1fafc0978558959648b6dca6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7d3a7",
                            table="partners_organisation",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="affiliationversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="1572492ccd11c1965a55933da6b6e8c44165c2bd",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_00665",
                            table="partners_affiliationversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="affiliationversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="abbbe38c1b5fe53a43bb6bfca068c1ed26661855",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f0387",
                            table="partners_affiliationversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitationversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="a2d9413ee6b3d7898b1cb5587841b815fea09a9b",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_dd935",
                            table="partners_invitationversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="invitationversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="590667b4d6d749fd976e3bfbd70be6682bf77d81",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b30b7",
                            table="partners_invitationversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="never_truncated",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="\n            RAISE EXCEPTION USING\n                ERRCODE = 'check_violation', CONSTRAINT = 'never_truncated',\n                MESSAGE = TG_TABLE_NAME || ' keeps its history and is never truncated';\n        ",
                            hash="b79d82cae6a5dc5154e249b86bcb86d2afa700b4",
                            level="STATEMENT",
                            operation="TRUNCATE",
                            pgid="pgtrigger_never_truncated_c0c24",
                            table="partners_organisationversion",
                            when="BEFORE",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="organisationversion",
                    trigger=pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ebfc310fa48b0f593e3a0fefd70337271aabbd7d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b1174",
                            table="partners_organisationversion",
                            when="BEFORE",
                        ),
                    ),
                ),
            ]
        ),
    ]
