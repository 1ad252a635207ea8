import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from stakeholders.migrations._create_models import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('plans', '0005_approval'),
        ('stakeholders', '0007_notices'),
    ]

    operations = [
        migrations.AddField(
            model_name='definition',
            name='read_since',
            field=models.DateTimeField(blank=True, null=True, verbose_name='first reading'),
        ),
        migrations.AddField(
            model_name='milestone',
            name='removed_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='taken out'),
        ),
        migrations.AddField(
            model_name='referencevalue',
            name='mean_change',
            field=models.DecimalField(decimal_places=4, max_digits=14, null=True, verbose_name='published mean change a year'),
        ),
        migrations.AddField(
            model_name='referencevalue',
            name='years_to_target',
            field=models.DecimalField(decimal_places=1, max_digits=8, null=True, verbose_name='published years to the target'),
        ),
        CreateModels(
            [
                migrations.CreateModel(
                    name='KnownProject',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('key', models.SlugField(max_length=20, unique=True, verbose_name='key')),
                        ('name_zh', models.CharField(max_length=120, verbose_name='name (Chinese)')),
                        ('name_en', models.CharField(blank=True, max_length=200, verbose_name='name (English)')),
                        ('theme', models.CharField(choices=[('transport', 'Transport links'), ('water', 'Water'), ('ecology', 'Ecology'), ('land', 'Land'), ('agriculture', 'Agriculture'), ('industry', 'Industry and innovation'), ('infrastructure', 'Infrastructure'), ('culture', 'Culture and landscape'), ('services', 'Public services'), ('governance', 'Governance')], max_length=20, verbose_name='theme')),
                        ('description_zh', models.TextField(blank=True, verbose_name='description (Chinese)')),
                        ('description_en', models.TextField(blank=True, verbose_name='description (English)')),
                        ('facts_zh', models.TextField(blank=True, verbose_name='facts (Chinese)')),
                        ('facts_en', models.TextField(blank=True, verbose_name='facts (English)')),
                        ('source', models.CharField(blank=True, max_length=200, verbose_name='source')),
                        ('jurisdictions', models.ManyToManyField(related_name='+', to='stakeholders.jurisdiction', verbose_name='jurisdictions')),
                    ],
                    options={
                        'verbose_name': 'known project',
                        'verbose_name_plural': 'known projects',
                        'ordering': ['key'],
                    },
                ),
                migrations.CreateModel(
                    name='MilestoneChange',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('title_zh', models.CharField(max_length=120, verbose_name='title (Chinese)')),
                        ('title_en', models.CharField(blank=True, max_length=200, verbose_name='title (English)')),
                        ('due_on', models.DateField(verbose_name='due date')),
                        ('weight', models.DecimalField(decimal_places=2, max_digits=5, verbose_name='weight (%)')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='plans.milestone')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                    ],
                    options={
                        'verbose_name': 'change of a milestone',
                        'verbose_name_plural': 'changes of milestones',
                        'ordering': ['pk'],
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9a4c7e84181dfb0ec156b48a6bba92fd096b8a99', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_28c92', table='plans_milestonechange', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='b69be9b898729a48c8944c04949b3629057c505f', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1b8ae', table='plans_milestonechange', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='MilestoneNeed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needs', to='plans.milestone')),
                        ('needs', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='needed_by', to='plans.milestone')),
                    ],
                    options={
                        'verbose_name': 'dependency of a milestone',
                        'verbose_name_plural': 'dependencies of milestones',
                        'constraints': [models.UniqueConstraint(fields=('milestone', 'needs'), name='milestone_need_once'), models.CheckConstraint(condition=models.Q(('milestone', models.F('needs')), _negated=True), name='milestone_needs_other')],
                    },
                ),
            ]
        ),
        migrations.AddField(
            model_name='project',
            name='known',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='projects', to='plans.knownproject', verbose_name='known project it is'),
        ),
    ]
