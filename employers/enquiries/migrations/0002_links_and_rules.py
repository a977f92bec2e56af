
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('centres', '0001_initial'),
        ('companies', '0001_initial'),
        ('enquiries', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
        ('vacancies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='enquiry',
            name='vacancy',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enquiry', to='vacancies.vacancy'),
        ),
        migrations.AddField(
            model_name='enquiry',
            name='workplace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='companies.workplace'),
        ),
        migrations.AddField(
            model_name='draft',
            name='enquiry',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='enquiries.enquiry'),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='company',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.company'),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='jobcentre',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centres.jobcentre'),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='owner',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='person',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.person'),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='enquiries.enquiry'),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='vacancy',
            field=models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='vacancies.vacancy'),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='workplace',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.workplace'),
        ),
        migrations.AddField(
            model_name='enquirylog',
            name='by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='enquirylog',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='enquirylog',
            name='subject',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='log', to='enquiries.enquiry'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('answered_at', None)), fields=['jobcentre', 'answer_due_at'], name='enquiry_queue'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(('answer_due_at__gt', models.F('received_at'))), name='enquiry_answer_is_due_after_it_was_received', violation_error_message='The answer is due after the enquiry was received.'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'answered'), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='enquiry_answered_has_time', violation_error_message='An answered enquiry has the time it was answered.'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'recruit'), ('vacancy__isnull', False)), models.Q(models.Q(('kind', 'recruit'), _negated=True), models.Q(('message', ''), _negated=True)), _connector='OR'), name='enquiry_recruit_has_a_vacancy_and_the_others_a_message', violation_error_message='Tell us what you need.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='only_known_transitions', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.state IS DISTINCT FROM NEW.state)', func="\n            IF NOT ((OLD.state = 'received' AND NEW.state IN ('in_progress', 'answered', 'closed')) OR (OLD.state = 'in_progress' AND NEW.state IN ('answered', 'closed')) OR (OLD.state = 'answered' AND NEW.state IN ('in_progress', 'closed'))) THEN\n                RAISE EXCEPTION 'no transition from % to %', OLD.state, NEW.state\n                    USING ERRCODE = 'check_violation';\n            END IF;\n            RETURN NEW;\n        ", hash='274c0c1cae75f421e2a619976747e3f8529301fc', operation='UPDATE OF "state"', pgid='pgtrigger_only_known_transitions_92fd9', table='enquiries_enquiry', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "enquiries_enquiryevent" ("answer_due_at", "answered_at", "company_id", "id", "jobcentre_id", "kind", "language", "message", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "reference", "state", "vacancy_id", "workplace_id") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."company_id", NEW."id", NEW."jobcentre_id", NEW."kind", NEW."language", NEW."message", NEW."owner_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."reference", NEW."state", NEW."vacancy_id", NEW."workplace_id"); RETURN NULL;', hash='76699abdacdc2411b9e8124e01a1abd6dcd875cf', operation='INSERT', pgid='pgtrigger_insert_insert_03973', table='enquiries_enquiry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "enquiries_enquiryevent" ("answer_due_at", "answered_at", "company_id", "id", "jobcentre_id", "kind", "language", "message", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "reference", "state", "vacancy_id", "workplace_id") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."company_id", NEW."id", NEW."jobcentre_id", NEW."kind", NEW."language", NEW."message", NEW."owner_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."reference", NEW."state", NEW."vacancy_id", NEW."workplace_id"); RETURN NULL;', hash='b3307223a38a52f070d7a4f344fe700a13604d9b', operation='UPDATE', pgid='pgtrigger_update_update_c1f31', table='enquiries_enquiry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquirylog',
            trigger=pgtrigger.compiler.Trigger(name='never_changed', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='691bee9ee4b35bf769871ef7fbb34a3bbb040a45', operation='UPDATE OR DELETE', pgid='pgtrigger_never_changed_e909c', table='enquiries_enquirylog', when='BEFORE')),
        ),
    ]
