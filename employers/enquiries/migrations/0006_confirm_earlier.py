from typing import Any

from django.db import migrations


def confirm(apps: Any, schema_editor: Any) -> None:
    """What was sent before addresses were confirmed holds as it did then."""
    enquiries = apps.get_model('enquiries', 'Enquiry').objects.values_list('pk', 'received_at')
    confirmation = apps.get_model('enquiries', 'Confirmation')
    confirmation.objects.bulk_create(
        (confirmation(enquiry_id=pk, how='earlier', at=received_at) for pk, received_at in enquiries),
        batch_size=2000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('enquiries', '0005_confidentiality_and_confirmation'),
    ]

    operations = [
        migrations.RunPython(confirm, migrations.RunPython.noop),
    ]
