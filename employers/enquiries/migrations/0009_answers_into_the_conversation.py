from typing import Any

from django.db import migrations


def copy(apps: Any, schema_editor: Any) -> None:
    """An answer stood as the comment of its step in the log; it is a message of the conversation now."""
    log = apps.get_model('enquiries', 'EnquiryLog').objects.filter(to_state='answered', by__isnull=False)
    message = apps.get_model('enquiries', 'Message')
    message.objects.bulk_create(
        (
            message(enquiry_id=step.subject_id, by_id=step.by_id, text=step.comment, at=step.at)
            for step in log.exclude(comment='').order_by('pk')
        ),
        batch_size=2000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('enquiries', '0008_conversation'),
    ]

    operations = [
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
