from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('feeds', '0005_own_months'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='fetch',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='fetch',
            name='for_day',
            field=models.DateField(default=date(2026, 1, 1), verbose_name='for the day'),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name='fetch',
            constraint=models.UniqueConstraint(condition=models.Q(('by', None)), fields=('setup', 'for_day'), name='fetch_once_a_day_by_the_schedule'),
        ),
    ]
