
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('enquiries', '0003_closed_at'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='draft',
            options={'verbose_name': 'draft of an enquiry', 'verbose_name_plural': 'drafts of enquiries'},
        ),
    ]
