import pgtrigger.compiler
from django.db import migrations, models

from stakeholders.migrations._create_models import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('stakeholders', '0005_common_identification'),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name='HeadTold',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('chain', models.CharField(max_length=80, verbose_name='chain')),
                        ('seq', models.PositiveBigIntegerField(verbose_name='entries')),
                        ('hash', models.CharField(max_length=80, verbose_name='hash')),
                        ('root', models.CharField(max_length=80, verbose_name='root')),
                        ('at', models.DateTimeField(verbose_name='time')),
                    ],
                    options={
                        'verbose_name': 'head told to the parties',
                        'verbose_name_plural': 'heads told to the parties',
                        'ordering': ['pk'],
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('chain', 'seq'), name='head_told_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5339ba46507411621b39545934b1121ca0ceaf12', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_0effa', table='stakeholders_headtold', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='5db37ec7ff6159fabb6486c2f550e77f8b505ae5', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d9fd4', table='stakeholders_headtold', when='BEFORE'))],
                    },
                ),
            ]
        ),
    ]
