
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('classifications', '0001_initial'),
        ('geography', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('cvr', models.CharField(max_length=8, unique=True, verbose_name='CVR number')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('employees', models.CharField(blank=True, max_length=20, verbose_name='employees, as a band')),
                ('from_register', models.BooleanField(default=False, verbose_name='found in the register')),
                ('industry', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='companies', to='classifications.industry')),
                ('organisation', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='company', to='accounts.organisation')),
            ],
            options={
                'verbose_name': 'company',
                'verbose_name_plural': 'companies',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='CompanyEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('cvr', models.CharField(max_length=8, verbose_name='CVR number')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('employees', models.CharField(blank=True, max_length=20, verbose_name='employees, as a band')),
                ('from_register', models.BooleanField(default=False, verbose_name='found in the register')),
                ('industry', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='classifications.industry')),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='accounts.organisation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='companies.company')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='companies.company')),
            ],
            options={
                'verbose_name': 'person in a company',
                'verbose_name_plural': 'people in companies',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='PersonEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('phone', models.CharField(blank=True, max_length=30, verbose_name='telephone')),
                ('company', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.company')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='companies.person')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RegisterCompany',
            fields=[
                ('cvr', models.CharField(max_length=8, primary_key=True, serialize=False, verbose_name='CVR number')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('address', models.CharField(max_length=200, verbose_name='address')),
                ('postcode', models.CharField(max_length=4, verbose_name='postcode')),
                ('employees', models.CharField(blank=True, max_length=20, verbose_name='employees, as a band')),
                ('is_active', models.BooleanField(default=True, verbose_name='active')),
                ('advertising_protected', models.BooleanField(default=False, verbose_name='protected from advertising')),
                ('source', models.CharField(max_length=80, verbose_name='source')),
                ('industry', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='classifications.industry')),
            ],
            options={
                'verbose_name': 'company in the register',
                'verbose_name_plural': 'companies in the register',
            },
        ),
        migrations.CreateModel(
            name='RegisterWorkplace',
            fields=[
                ('p_number', models.CharField(max_length=10, primary_key=True, serialize=False, verbose_name='P-number')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('address', models.CharField(max_length=200, verbose_name='address')),
                ('postcode', models.CharField(max_length=4, verbose_name='postcode')),
                ('employees', models.PositiveIntegerField(null=True, verbose_name='employees')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='workplaces', to='companies.registercompany')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='geography.municipality')),
            ],
            options={
                'verbose_name': 'workplace in the register',
                'verbose_name_plural': 'workplaces in the register',
            },
        ),
        migrations.CreateModel(
            name='Workplace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('p_number', models.CharField(blank=True, max_length=10, null=True, unique=True, verbose_name='P-number')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('address', models.CharField(max_length=200, verbose_name='address')),
                ('postcode', models.CharField(max_length=4, verbose_name='postcode')),
                ('employees', models.PositiveIntegerField(blank=True, null=True, verbose_name='employees')),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workplaces', to='companies.company')),
                ('municipality', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='workplaces', to='geography.municipality')),
            ],
            options={
                'verbose_name': 'workplace',
                'verbose_name_plural': 'workplaces',
                'ordering': ['address', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='WorkplaceEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('p_number', models.CharField(blank=True, max_length=10, null=True, verbose_name='P-number')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('address', models.CharField(max_length=200, verbose_name='address')),
                ('postcode', models.CharField(max_length=4, verbose_name='postcode')),
                ('employees', models.PositiveIntegerField(blank=True, null=True, verbose_name='employees')),
                ('company', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='companies.company')),
                ('municipality', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='geography.municipality')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='companies.workplace')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='company',
            constraint=models.CheckConstraint(condition=models.Q(('cvr__regex', '^\\d{8}$')), name='company_cvr_has_eight_digits', violation_error_message='A CVR number has eight digits.'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='company',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "companies_companyevent" ("cvr", "employees", "from_register", "id", "industry_id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cvr", NEW."employees", NEW."from_register", NEW."id", NEW."industry_id", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='8a9adddea0ce0e4e32c41222ab74573204645924', operation='INSERT', pgid='pgtrigger_insert_insert_a4101', table='companies_company', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='company',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "companies_companyevent" ("cvr", "employees", "from_register", "id", "industry_id", "name", "organisation_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."cvr", NEW."employees", NEW."from_register", NEW."id", NEW."industry_id", NEW."name", NEW."organisation_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='d4c1c5e0d367bce4e9539c6b48a51b31e4483141', operation='UPDATE', pgid='pgtrigger_update_update_3d5ae', table='companies_company', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('email', ''), _negated=True), fields=('company', 'email'), name='person_email_once_per_company'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "companies_personevent" ("company_id", "email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."company_id", NEW."email", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone"); RETURN NULL;', hash='966828e8e9126d8077947ccc4d28a0d3f00751c6', operation='INSERT', pgid='pgtrigger_insert_insert_26885', table='companies_person', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='person',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "companies_personevent" ("company_id", "email", "id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone") VALUES (NEW."company_id", NEW."email", NEW."id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone"); RETURN NULL;', hash='9c10204ca8c6a0bf76b798b2e66f6e24535df5f9', operation='UPDATE', pgid='pgtrigger_update_update_e5bf9', table='companies_person', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='registercompany',
            constraint=models.CheckConstraint(condition=models.Q(('cvr__regex', '^\\d{8}$')), name='registercompany_cvr_has_eight_digits'),
        ),
        migrations.AddConstraint(
            model_name='registerworkplace',
            constraint=models.CheckConstraint(condition=models.Q(('p_number__regex', '^\\d{10}$')), name='registerworkplace_p_number_has_ten_digits'),
        ),
        migrations.AddConstraint(
            model_name='workplace',
            constraint=models.CheckConstraint(condition=models.Q(('p_number', None), ('p_number__regex', '^\\d{10}$'), _connector='OR'), name='workplace_p_number_has_ten_digits', violation_error_message='A P-number has ten digits.'),
        ),
        migrations.AddConstraint(
            model_name='workplace',
            constraint=models.UniqueConstraint(condition=models.Q(('p_number', None)), fields=('company', 'address', 'postcode'), name='workplace_address_once_per_company'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workplace',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "companies_workplaceevent" ("address", "company_id", "employees", "id", "municipality_id", "name", "p_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode") VALUES (NEW."address", NEW."company_id", NEW."employees", NEW."id", NEW."municipality_id", NEW."name", NEW."p_number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postcode"); RETURN NULL;', hash='bfa3a6160fa49588cc1c78e3fa5ac7b478632363', operation='INSERT', pgid='pgtrigger_insert_insert_f8812', table='companies_workplace', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='workplace',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "companies_workplaceevent" ("address", "company_id", "employees", "id", "municipality_id", "name", "p_number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postcode") VALUES (NEW."address", NEW."company_id", NEW."employees", NEW."id", NEW."municipality_id", NEW."name", NEW."p_number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postcode"); RETURN NULL;', hash='4bd54ceafcdc43246c5c305f90d324a9da810a7d', operation='UPDATE', pgid='pgtrigger_update_update_90d2e', table='companies_workplace', when='AFTER')),
        ),
    ]
