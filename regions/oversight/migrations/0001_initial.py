
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('centres', '0001_initial'),
        ('measures', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Flag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('severity', models.CharField(choices=[('serious', 'serious result problem – proposal'), ('watch', 'to be watched')], max_length=8, verbose_name='severity')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('under_review', 'data being checked'), ('hearing', 'in hearing'), ('confirmed', 'confirmed'), ('watched', 'watched'), ('dismissed', 'dismissed')], default='proposed', max_length=12, verbose_name='state')),
                ('evidence', models.JSONField(verbose_name='evidence')),
                ('raised_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='raised')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('hearing_due_on', models.DateField(blank=True, null=True, verbose_name='answer to the hearing by')),
                ('heard_at', models.DateTimeField(blank=True, null=True, verbose_name='heard')),
                ('hearing_answer', models.TextField(blank=True, max_length=5000, verbose_name="the jobcentre's answer")),
                ('jobcentre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='centres.jobcentre')),
                ('measure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='measures.measure')),
                ('target_group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='measures.targetgroup')),
            ],
            options={
                'verbose_name': 'flag',
                'verbose_name_plural': 'flags',
                'ordering': ['-raised_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='RuleParameters',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
                ('version', models.PositiveSmallIntegerField(unique=True, verbose_name='version')),
                ('false_discovery_rate', models.FloatField(default=0.05, verbose_name='accepted share of false alarms')),
                ('serious_z', models.FloatField(default=3.09, verbose_name='z of a serious deviation')),
                ('watch_z', models.FloatField(default=1.96, verbose_name='z of a deviation to watch')),
                ('least_relative_effect', models.FloatField(default=0.05, verbose_name='smallest deviation, share of expected')),
                ('least_percentage_points', models.FloatField(default=1.0, verbose_name='smallest deviation, percentage points')),
                ('consecutive_periods', models.PositiveSmallIntegerField(default=2, verbose_name='periods in a row')),
                ('reason', models.TextField(verbose_name='why these')),
            ],
            options={
                'verbose_name': 'parameters of the flag rule',
                'verbose_name_plural': 'parameters of the flag rule',
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gt', models.F('valid_from')), _connector='OR'), name='oversight_ruleparameters_valid_to_after_valid_from', violation_error_message='The last date must be after the first.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.F('valid_from'), models.F('valid_to'), function='daterange'), '&&')], name='rule_parameters_one_version_at_a_time', violation_error_message='Another version is in force in that period.')],
            },
        ),
        migrations.CreateModel(
            name='FlagEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('period', models.CharField(max_length=10, verbose_name='period')),
                ('severity', models.CharField(choices=[('serious', 'serious result problem – proposal'), ('watch', 'to be watched')], max_length=8, verbose_name='severity')),
                ('state', models.CharField(choices=[('proposed', 'proposed'), ('under_review', 'data being checked'), ('hearing', 'in hearing'), ('confirmed', 'confirmed'), ('watched', 'watched'), ('dismissed', 'dismissed')], default='proposed', max_length=12, verbose_name='state')),
                ('evidence', models.JSONField(verbose_name='evidence')),
                ('raised_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='raised')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided')),
                ('hearing_due_on', models.DateField(blank=True, null=True, verbose_name='answer to the hearing by')),
                ('heard_at', models.DateTimeField(blank=True, null=True, verbose_name='heard')),
                ('hearing_answer', models.TextField(blank=True, max_length=5000, verbose_name="the jobcentre's answer")),
                ('jobcentre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.jobcentre')),
                ('measure', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='measures.measure')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='oversight.flag')),
                ('target_group', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='measures.targetgroup')),
                ('rule', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='oversight.ruleparameters')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='flag',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='flags', to='oversight.ruleparameters'),
        ),
        migrations.CreateModel(
            name='FlagLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(max_length=20, verbose_name='from')),
                ('to_state', models.CharField(max_length=20, verbose_name='to')),
                ('comment', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='oversight.flag')),
            ],
            options={
                'verbose_name': 'step of a flag',
                'verbose_name_plural': 'steps of flags',
                'ordering': ['at', 'pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('to_state__in', ['hearing', 'confirmed', 'dismissed', 'watched']), _negated=True), models.Q(('by__isnull', False), models.Q(('comment', ''), _negated=True)), _connector='OR'), name='flaglog_decision_by_a_person_with_a_reason', violation_error_message='A decision is made by a named person with a reason.')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flaglog',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bbeac590c4cba0f1e22d2dcb9dffddc4f9d722a9', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changed_da5c2', table='oversight_flaglog', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.UniqueConstraint(fields=('jobcentre', 'measure', 'target_group', 'period', 'severity'), name='flag_once'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'hearing'), _negated=True), ('hearing_due_on__isnull', False), _connector='OR'), name='flag_hearing_has_a_deadline', violation_error_message='A hearing has a deadline.'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'dismissed', 'watched']), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='flag_decided_has_time', violation_error_message='A decision has a time.'),
        ),
        migrations.AddConstraint(
            model_name='flag',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('heard_at', None), ('hearing_answer', '')), models.Q(models.Q(('hearing_answer', ''), _negated=True), ('heard_at__isnull', False)), _connector='OR'), name='flag_answer_has_time', violation_error_message='An answer to a hearing has a time.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flag',
            trigger=pgtrigger.compiler.Trigger(name='only_known_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n            IF NOT ((OLD.state = 'proposed' AND NEW.state IN ('under_review', 'hearing', 'watched', 'dismissed')) OR (OLD.state = 'under_review' AND NEW.state IN ('hearing', 'watched', 'dismissed')) OR (OLD.state = 'hearing' AND NEW.state IN ('confirmed', 'watched', 'dismissed')) OR (OLD.state = 'watched' AND NEW.state IN ('under_review', 'hearing', 'dismissed'))) THEN\n                RAISE EXCEPTION 'no transition from % to %', OLD.state, NEW.state\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='d66e30774a11aed1ecc702781af86d48511685ce', operation='UPDATE OF "state"', pgid='pgtrigger_only_known_transitions_8b9e4', table='oversight_flag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flag',
            trigger=pgtrigger.compiler.Trigger(name='evidence_is_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."jobcentre_id" IS DISTINCT FROM (NEW."jobcentre_id") OR OLD."measure_id" IS DISTINCT FROM (NEW."measure_id") OR OLD."period" IS DISTINCT FROM (NEW."period") OR OLD."rule_id" IS DISTINCT FROM (NEW."rule_id") OR OLD."severity" IS DISTINCT FROM (NEW."severity"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='41cab796ef9796ca700ce8e9ae7d68435a126202', operation='UPDATE', pgid='pgtrigger_evidence_is_frozen_44dbd', table='oversight_flag', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flag',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "oversight_flagevent" ("decided_at", "evidence", "heard_at", "hearing_answer", "hearing_due_on", "id", "jobcentre_id", "measure_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "rule_id", "severity", "state", "target_group_id") VALUES (NEW."decided_at", NEW."evidence", NEW."heard_at", NEW."hearing_answer", NEW."hearing_due_on", NEW."id", NEW."jobcentre_id", NEW."measure_id", NEW."period", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."rule_id", NEW."severity", NEW."state", NEW."target_group_id"); RETURN NULL;', hash='5c96e32209b328a48ef65803b4798068f461f321', operation='INSERT', pgid='pgtrigger_insert_insert_63973', table='oversight_flag', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='flag',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "oversight_flagevent" ("decided_at", "evidence", "heard_at", "hearing_answer", "hearing_due_on", "id", "jobcentre_id", "measure_id", "period", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "rule_id", "severity", "state", "target_group_id") VALUES (NEW."decided_at", NEW."evidence", NEW."heard_at", NEW."hearing_answer", NEW."hearing_due_on", NEW."id", NEW."jobcentre_id", NEW."measure_id", NEW."period", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."rule_id", NEW."severity", NEW."state", NEW."target_group_id"); RETURN NULL;', hash='a344a62fc060105bf8faa61d1b2682b471452915', operation='UPDATE', pgid='pgtrigger_update_update_42a88', table='oversight_flag', when='AFTER')),
        ),
    ]
