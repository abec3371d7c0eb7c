# Requests to reset the second factor of somebody who has lost it

import datetime
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import partners.models.factor_resets
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0012_security_events'),
        ('partners', '0020_roles_at_entitled_bodies'),
    ]

    operations = [
        migrations.CreateModel(
            name='FactorReset',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=1000, verbose_name='reason')),
                ('identity_check', models.CharField(max_length=1000, verbose_name='how the identity was checked')),
                ('requested_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='requested at')),
                ('expires_at', models.DateTimeField(default=partners.models.factor_resets.default_expiry, editable=False, verbose_name='valid until')),
                ('confirmed_at', models.DateTimeField(editable=False, null=True, verbose_name='confirmed at')),
                ('withdrawn_at', models.DateTimeField(editable=False, null=True, verbose_name='withdrawn at')),
            ],
            options={
                'verbose_name': 'reset of second factors',
                'verbose_name_plural': 'resets of second factors',
                'ordering': ['-requested_at', '-pk'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='securityevent',
            name='security_event_kind_known',
        ),
        migrations.AlterField(
            model_name='securityevent',
            name='kind',
            field=models.CharField(choices=[('signed_in', 'Signed in'), ('sign_in_failed', 'Sign-in failed'), ('signed_out', 'Signed out'), ('password_changed', 'Password changed'), ('second_factor_changed', 'Second factor changed'), ('factor_reset_requested', 'Reset of second factor requested'), ('factor_reset_confirmed', 'Reset of second factor confirmed'), ('factor_reset_withdrawn', 'Reset of second factor withdrawn'), ('account_changed', 'Account changed'), ('role_given', 'Role given'), ('role_changed', 'Role changed'), ('role_taken', 'Role taken away'), ('refused', 'Access refused'), ('downloaded', 'Downloaded')], max_length=30, verbose_name='kind'),
        ),
        migrations.AddConstraint(
            model_name='securityevent',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['signed_in', 'sign_in_failed', 'signed_out', 'password_changed', 'second_factor_changed', 'factor_reset_requested', 'factor_reset_confirmed', 'factor_reset_withdrawn', 'account_changed', 'role_given', 'role_changed', 'role_taken', 'refused', 'downloaded'])), name='security_event_kind_known'),
        ),
        migrations.AddField(
            model_name='factorreset',
            name='confirmed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.AddField(
            model_name='factorreset',
            name='person',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='factor_resets', to=settings.AUTH_USER_MODEL, verbose_name='person'),
        ),
        migrations.AddField(
            model_name='factorreset',
            name='requested_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='requested by'),
        ),
        migrations.AddField(
            model_name='factorreset',
            name='withdrawn_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='withdrawn by'),
        ),
        migrations.AddConstraint(
            model_name='factorreset',
            constraint=models.UniqueConstraint(condition=models.Q(('confirmed_at', None), ('withdrawn_at', None)), fields=('person',), name='factor_reset_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='factorreset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('identity_check', ''), _negated=True)), name='factor_reset_has_its_reasons'),
        ),
        migrations.AddConstraint(
            model_name='factorreset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('requested_by', models.F('person')), _negated=True), models.Q(('confirmed_by', None), models.Q(models.Q(('confirmed_by', models.F('requested_by')), _negated=True), models.Q(('confirmed_by', models.F('person')), _negated=True)), _connector='OR')), name='factor_reset_by_two_others'),
        ),
        migrations.AddConstraint(
            model_name='factorreset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', None)), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='factor_reset_confirmed_has_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='factorreset',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), _connector='OR'), name='factor_reset_withdrawn_has_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='factorreset',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at', None), ('withdrawn_at', None), _connector='OR'), name='factor_reset_confirmed_or_withdrawn'),
        ),
        migrations.AddConstraint(
            model_name='factorreset',
            constraint=models.CheckConstraint(condition=models.Q(('expires_at__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('requested_at'), '+', models.Value(datetime.timedelta(days=1))), '+', models.Value(datetime.timedelta(seconds=1))))), name='factor_reset_expires_within_a_day'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorreset',
            trigger=pgtrigger.compiler.Trigger(name='request_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."person_id" IS DISTINCT FROM (NEW."person_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."identity_check" IS DISTINCT FROM (NEW."identity_check") OR OLD."requested_by_id" IS DISTINCT FROM (NEW."requested_by_id") OR OLD."requested_at" IS DISTINCT FROM (NEW."requested_at") OR OLD."expires_at" IS DISTINCT FROM (NEW."expires_at"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ec29085f3ad9ef35a7cd8e5c6c3c0b995ebefcdc', operation='UPDATE', pgid='pgtrigger_request_never_changes_fc8f8', table='partners_factorreset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorreset',
            trigger=pgtrigger.compiler.Trigger(name='outcome_never_changes', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."confirmed_at" IS NOT NULL OR OLD."withdrawn_at" IS NOT NULL)', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='0ca89c6297749201eaef983720c3c406642bbc85', operation='UPDATE', pgid='pgtrigger_outcome_never_changes_ad185', table='partners_factorreset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorreset',
            trigger=pgtrigger.compiler.Trigger(name='never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='397a5473ae3b6cf931f88257029c7addda62d62b', operation='DELETE', pgid='pgtrigger_never_deleted_16534', table='partners_factorreset', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorreset',
            trigger=pgtrigger.compiler.Trigger(name='recorded_requested', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE noted jsonb;', func="\n            noted := COALESCE(NULLIF(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb;\n            INSERT INTO partners_securityevent (at, kind, person_id, subject_id, target, request_id)\n            VALUES (\n                now(), 'factor_reset_requested', NEW.requested_by_id, NEW.person_id, left('', 200),\n                COALESCE(noted->>'request_id', '')\n            );\n            RETURN NULL;\n        ", hash='a7f46978889dc81c6f3a234488272a9d7fd93a57', operation='INSERT', pgid='pgtrigger_recorded_requested_047fb', table='partners_factorreset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorreset',
            trigger=pgtrigger.compiler.Trigger(name='recorded_confirmed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."confirmed_at" IS NOT NULL AND OLD."confirmed_at" IS NULL)', declare='DECLARE noted jsonb;', func="\n            noted := COALESCE(NULLIF(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb;\n            INSERT INTO partners_securityevent (at, kind, person_id, subject_id, target, request_id)\n            VALUES (\n                now(), 'factor_reset_confirmed', NEW.confirmed_by_id, NEW.person_id, left('', 200),\n                COALESCE(noted->>'request_id', '')\n            );\n            RETURN NULL;\n        ", hash='11ef4d66995dc49dd99d32878f17b4b0c3653e2e', operation='UPDATE', pgid='pgtrigger_recorded_confirmed_a40d6', table='partners_factorreset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorreset',
            trigger=pgtrigger.compiler.Trigger(name='recorded_withdrawn', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."withdrawn_at" IS NOT NULL AND OLD."withdrawn_at" IS NULL)', declare='DECLARE noted jsonb;', func="\n            noted := COALESCE(NULLIF(current_setting('pghistory.context_metadata', true), ''), '{}')::jsonb;\n            INSERT INTO partners_securityevent (at, kind, person_id, subject_id, target, request_id)\n            VALUES (\n                now(), 'factor_reset_withdrawn', NEW.withdrawn_by_id, NEW.person_id, left('', 200),\n                COALESCE(noted->>'request_id', '')\n            );\n            RETURN NULL;\n        ", hash='acb50bdeb35e26a0dec9a7f614ebf7b62df69604', operation='UPDATE', pgid='pgtrigger_recorded_withdrawn_75627', table='partners_factorreset', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='factorreset',
            trigger=pgtrigger.compiler.Trigger(name='confirmed_in_time', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NEW."confirmed_at" IS NOT NULL)', func="\n                IF clock_timestamp() > NEW.expires_at THEN\n                    RAISE EXCEPTION USING\n                        ERRCODE = 'check_violation', CONSTRAINT = 'factor_reset_confirmed_in_time',\n                        MESSAGE = 'violates rule factor_reset_confirmed_in_time';\n                END IF;\n                RETURN NEW;\n            ", hash='2848cf5c244403c874b9448c28c422c8116290f8', operation='INSERT OR UPDATE', pgid='pgtrigger_confirmed_in_time_c696a', table='partners_factorreset', when='BEFORE')),
        ),
    ]
