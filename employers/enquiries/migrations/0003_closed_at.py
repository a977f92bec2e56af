import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enquiries', '0002_links_and_rules'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='enquiry',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='enquiry',
            name='update_update',
        ),
        migrations.AddField(
            model_name='enquiry',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='closed'),
        ),
        migrations.AddField(
            model_name='enquiryevent',
            name='closed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='closed'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "enquiries_enquiryevent" ("answer_due_at", "answered_at", "closed_at", "company_id", "id", "jobcentre_id", "kind", "language", "message", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "reference", "state", "vacancy_id", "workplace_id") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."closed_at", NEW."company_id", NEW."id", NEW."jobcentre_id", NEW."kind", NEW."language", NEW."message", NEW."owner_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."received_at", NEW."reference", NEW."state", NEW."vacancy_id", NEW."workplace_id"); RETURN NULL;', hash='d945693cb9c52a6bd1db934859c93fa46ae935c5', operation='INSERT', pgid='pgtrigger_insert_insert_03973', table='enquiries_enquiry', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='enquiry',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "enquiries_enquiryevent" ("answer_due_at", "answered_at", "closed_at", "company_id", "id", "jobcentre_id", "kind", "language", "message", "owner_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "received_at", "reference", "state", "vacancy_id", "workplace_id") VALUES (NEW."answer_due_at", NEW."answered_at", NEW."closed_at", NEW."company_id", NEW."id", NEW."jobcentre_id", NEW."kind", NEW."language", NEW."message", NEW."owner_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."received_at", NEW."reference", NEW."state", NEW."vacancy_id", NEW."workplace_id"); RETURN NULL;', hash='0adfa419e6d3e1c98e7462a1ea71316fd9466edc', operation='UPDATE', pgid='pgtrigger_update_update_c1f31', table='enquiries_enquiry', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_at__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_at', None)), _connector='OR'), name='enquiry_closed_has_time', violation_error_message='A closed enquiry has the time it was closed, an open one has none.'),
        ),
    ]
