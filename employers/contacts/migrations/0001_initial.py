
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('centres', '0001_initial'),
        ('companies', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('direction', models.CharField(choices=[('out', 'we contacted them'), ('in', 'they contacted us')], default='out', max_length=3, verbose_name='direction')),
                ('channel', models.CharField(choices=[('phone', 'telephone'), ('email', 'e-mail'), ('visit', 'visit'), ('video', 'video'), ('event', 'event')], default='phone', max_length=8, verbose_name='channel')),
                ('purpose', models.CharField(choices=[('recruitment', 'recruitment'), ('vacancy', 'follow-up on a vacancy'), ('wage_subsidy', 'wage subsidy'), ('work_trial', 'work trial'), ('inclusive', 'flexjob and the inclusive labour market'), ('retention', 'retention and sickness'), ('upskilling', 'upskilling'), ('bottleneck', 'shortage of labour'), ('other', 'something else')], max_length=20, verbose_name='purpose')),
                ('outcome', models.CharField(choices=[('no_answer', 'no answer'), ('informed', 'informed'), ('need', 'need noted'), ('agreement', 'agreement made'), ('declined', 'no thank you')], max_length=12, verbose_name='outcome')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                ('happened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                ('logged_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='logged')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='companies.company')),
                ('jobcentre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='centres.jobcentre')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='contacts', to='companies.person')),
                ('workplace', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='companies.workplace')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['-happened_at', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='ContactEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('direction', models.CharField(choices=[('out', 'we contacted them'), ('in', 'they contacted us')], default='out', max_length=3, verbose_name='direction')),
                ('channel', models.CharField(choices=[('phone', 'telephone'), ('email', 'e-mail'), ('visit', 'visit'), ('video', 'video'), ('event', 'event')], default='phone', max_length=8, verbose_name='channel')),
                ('purpose', models.CharField(choices=[('recruitment', 'recruitment'), ('vacancy', 'follow-up on a vacancy'), ('wage_subsidy', 'wage subsidy'), ('work_trial', 'work trial'), ('inclusive', 'flexjob and the inclusive labour market'), ('retention', 'retention and sickness'), ('upskilling', 'upskilling'), ('bottleneck', 'shortage of labour'), ('other', 'something else')], max_length=20, verbose_name='purpose')),
                ('outcome', models.CharField(choices=[('no_answer', 'no answer'), ('informed', 'informed'), ('need', 'need noted'), ('agreement', 'agreement made'), ('declined', 'no thank you')], max_length=12, verbose_name='outcome')),
                ('note', models.TextField(blank=True, max_length=4000, verbose_name='note')),
                ('happened_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='time')),
                ('logged_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='logged')),
                ('by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('company', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.company')),
                ('jobcentre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.jobcentre')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.person')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contacts.contact')),
                ('workplace', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.workplace')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_on', models.DateField(verbose_name='date')),
                ('what', models.CharField(max_length=200, verbose_name='what')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='companies.company')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follow_ups', to='contacts.contact')),
                ('jobcentre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='centres.jobcentre')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'follow-up',
                'verbose_name_plural': 'follow-ups',
                'ordering': ['due_on', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='FollowUpEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('due_on', models.DateField(verbose_name='date')),
                ('what', models.CharField(max_length=200, verbose_name='what')),
                ('done_at', models.DateTimeField(blank=True, null=True, verbose_name='done')),
                ('company', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.company')),
                ('contact', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='contacts.contact')),
                ('jobcentre', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.jobcentre')),
                ('owner', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='contacts.followup')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='contact',
            index=models.Index(fields=['company', '-happened_at'], name='contact_company_time'),
        ),
        migrations.AddConstraint(
            model_name='contact',
            constraint=models.CheckConstraint(condition=models.Q(('happened_at__lte', models.F('logged_at'))), name='contact_is_logged_after_it_happened', violation_error_message='A contact is logged when it has taken place.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_contactevent" ("by_id", "channel", "company_id", "direction", "happened_at", "id", "jobcentre_id", "logged_at", "note", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "workplace_id") VALUES (NEW."by_id", NEW."channel", NEW."company_id", NEW."direction", NEW."happened_at", NEW."id", NEW."jobcentre_id", NEW."logged_at", NEW."note", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."workplace_id"); RETURN NULL;', hash='9f7373851c958956ecb001afe4e338b43998dede', operation='INSERT', pgid='pgtrigger_insert_insert_60225', table='contacts_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='contact',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_contactevent" ("by_id", "channel", "company_id", "direction", "happened_at", "id", "jobcentre_id", "logged_at", "note", "outcome", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "workplace_id") VALUES (NEW."by_id", NEW."channel", NEW."company_id", NEW."direction", NEW."happened_at", NEW."id", NEW."jobcentre_id", NEW."logged_at", NEW."note", NEW."outcome", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."workplace_id"); RETURN NULL;', hash='121e2922b3137e5b8ce137d4c299eafcb6c7ea2c', operation='UPDATE', pgid='pgtrigger_update_update_7498c', table='contacts_contact', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "contacts_followupevent" ("company_id", "contact_id", "done_at", "due_on", "id", "jobcentre_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."company_id", NEW."contact_id", NEW."done_at", NEW."due_on", NEW."id", NEW."jobcentre_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."what"); RETURN NULL;', hash='adbda7688062a5ceea0f0a59952cdb69351cdcfc', operation='INSERT', pgid='pgtrigger_insert_insert_97ecd', table='contacts_followup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "contacts_followupevent" ("company_id", "contact_id", "done_at", "due_on", "id", "jobcentre_id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "what") VALUES (NEW."company_id", NEW."contact_id", NEW."done_at", NEW."due_on", NEW."id", NEW."jobcentre_id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."what"); RETURN NULL;', hash='54f0e8fa61cabc0e22eacd253182b09d082f8924', operation='UPDATE', pgid='pgtrigger_update_update_41260', table='contacts_followup', when='AFTER')),
        ),
    ]
