
import django.utils.timezone
import jobcenter.notifications.models
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Mail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='due')),
                ('leased_until', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='leased until')),
                ('attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='attempts')),
                ('finished_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='finished')),
                ('given_up_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='given up')),
                ('error', models.TextField(blank=True, editable=False, verbose_name='last error')),
                ('to', models.EmailField(max_length=254, verbose_name='to')),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('body', models.TextField(verbose_name='text')),
                ('language', models.CharField(max_length=2, verbose_name='language')),
                ('kind', models.CharField(max_length=40, verbose_name='kind')),
                ('message_id', models.CharField(default=jobcenter.notifications.models.new_message_id, editable=False, max_length=200, unique=True)),
            ],
            options={
                'verbose_name': 'e-mail',
                'verbose_name_plural': 'e-mails',
                'abstract': False,
                'indexes': [models.Index(condition=models.Q(('finished_at', None), ('given_up_at', None)), fields=['due_at'], name='mail_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(('finished_at', None), ('given_up_at', None), _connector='OR'), name='notifications_mail_finished_or_given_up_not_both', violation_error_message='Work cannot be both finished and given up.')],
            },
        ),
    ]
