
import django.db.models.deletion
import django.utils.timezone
import employers.enquiries.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('centres', '0001_initial'),
        ('companies', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('recruit', 'recruit staff'), ('wage_subsidy', 'hire with a wage subsidy'), ('work_trial', 'offer a work trial'), ('inclusive', 'flexjob and the inclusive labour market'), ('retention', 'keep or upskill staff'), ('dismissals', 'help with dismissals'), ('other', 'something else')], max_length=14)),
                ('answers', models.JSONField(default=dict)),
                ('saved_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'verbose_name': 'draft',
                'verbose_name_plural': 'drafts',
            },
        ),
        migrations.CreateModel(
            name='EnquiryEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('reference', models.CharField(default=employers.enquiries.models.new_reference, editable=False, max_length=9, verbose_name='reference')),
                ('kind', models.CharField(choices=[('recruit', 'recruit staff'), ('wage_subsidy', 'hire with a wage subsidy'), ('work_trial', 'offer a work trial'), ('inclusive', 'flexjob and the inclusive labour market'), ('retention', 'keep or upskill staff'), ('dismissals', 'help with dismissals'), ('other', 'something else')], max_length=14, verbose_name='kind')),
                ('message', models.TextField(blank=True, max_length=5000, verbose_name='message')),
                ('language', models.CharField(default='da', max_length=2, verbose_name='language')),
                ('state', models.CharField(choices=[('received', 'new'), ('in_progress', 'being worked on'), ('answered', 'answered'), ('closed', 'closed')], default='received', max_length=12, verbose_name='state')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('answer_due_at', models.DateTimeField(verbose_name='answer by')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='EnquiryLog',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(max_length=20, verbose_name='from')),
                ('to_state', models.CharField(max_length=20, verbose_name='to')),
                ('comment', models.TextField(blank=True, verbose_name='reason')),
                ('at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
            ],
            options={
                'verbose_name': 'step of an enquiry',
                'verbose_name_plural': 'steps of enquiries',
                'ordering': ['at', 'pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=employers.enquiries.models.new_reference, editable=False, max_length=9, unique=True, verbose_name='reference')),
                ('kind', models.CharField(choices=[('recruit', 'recruit staff'), ('wage_subsidy', 'hire with a wage subsidy'), ('work_trial', 'offer a work trial'), ('inclusive', 'flexjob and the inclusive labour market'), ('retention', 'keep or upskill staff'), ('dismissals', 'help with dismissals'), ('other', 'something else')], max_length=14, verbose_name='kind')),
                ('message', models.TextField(blank=True, max_length=5000, verbose_name='message')),
                ('language', models.CharField(default='da', max_length=2, verbose_name='language')),
                ('state', models.CharField(choices=[('received', 'new'), ('in_progress', 'being worked on'), ('answered', 'answered'), ('closed', 'closed')], default='received', max_length=12, verbose_name='state')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received')),
                ('answer_due_at', models.DateTimeField(verbose_name='answer by')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='companies.company')),
                ('jobcentre', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='centres.jobcentre')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enquiries', to='companies.person')),
            ],
            options={
                'verbose_name': 'enquiry',
                'verbose_name_plural': 'enquiries',
                'ordering': ['answer_due_at', 'pk'],
            },
        ),
    ]
