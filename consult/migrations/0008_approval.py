import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from stakeholders.migrations._create_models import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0007_common_identification'),
        ('plans', '0005_approval'),
        ('stakeholders', '0006_approval'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='commonstatement',
            options={'ordering': ['pk'], 'verbose_name': 'common statement', 'verbose_name_plural': 'common statements'},
        ),
        migrations.AddField(
            model_name='commonstatement',
            name='is_part',
            field=models.BooleanField(default=False, verbose_name='of a part'),
        ),
        migrations.AlterField(
            model_name='commonstatement',
            name='sign_off',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='statements', to='consult.signoff'),
        ),
        migrations.AddConstraint(
            model_name='commonstatement',
            constraint=models.UniqueConstraint(condition=models.Q(('is_part', False)), fields=('sign_off',), name='statement_of_whole_once'),
        ),
        CreateModels(
            [
                migrations.CreateModel(
                    name='ApprovalLetter',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('kind', models.CharField(choices=[('forwarding', 'Examined and forwarded'), ('submission', 'Joint request for approval'), ('completion_asked', 'Notice to complete'), ('completion', 'Completed documents'), ('reply', 'Reply'), ('publication', 'Publication'), ('filing', 'Filed for the record')], max_length=20, verbose_name='kind')),
                        ('senders', models.JSONField(blank=True, default=list, verbose_name='from')),
                        ('addressees', models.JSONField(blank=True, default=list, verbose_name='to')),
                        ('number', models.CharField(blank=True, max_length=80, verbose_name='letter number')),
                        ('dated_on', models.DateField(verbose_name='date of the letter')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='to be answered by')),
                        ('text', models.TextField(blank=True, verbose_name='text')),
                        ('place', models.CharField(blank=True, max_length=300, verbose_name='where it is published')),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason of the correction')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('answers', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answered_by', to='consult.approvalletter')),
                        ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='consult.approvalletter')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.storedfile', verbose_name='the letter itself')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_letters', to='plans.plan')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.revision')),
                        ('statement', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='approval_letters', to='consult.commonstatement')),
                    ],
                    options={
                        'verbose_name': 'letter of the approval',
                        'verbose_name_plural': 'letters of the approval',
                        'ordering': ['pk'],
                        'abstract': False,
                        'indexes': [models.Index(fields=['plan', 'kind', '-id'], name='approval_letter_newest')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bdb2be97e77274ef966d55971e385485b0035030', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_fd4d6', table='consult_approvalletter', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='50f4db0ab48e11ae68f324d34539d47be421b777', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1e95b', table='consult_approvalletter', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DossierArrangement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('lines', models.TextField(verbose_name='lines')),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier_arrangements', to='plans.plan')),
                    ],
                    options={
                        'verbose_name': 'arrangement of the dossier',
                        'verbose_name_plural': 'arrangements of the dossier',
                        'ordering': ['pk'],
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='dd3c4332d634c280b1adad60cdd6d15abb9058e2', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9eec4', table='consult_dossierarrangement', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='d7e2b70cfdcca544991437ee4ea9b92f0c6ef0bd', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_9a095', table='consult_dossierarrangement', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='DossierPaper',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('line', models.SlugField(max_length=40, verbose_name='line')),
                        ('document_number', models.CharField(blank=True, max_length=80, verbose_name='document number')),
                        ('issued_on', models.DateField(blank=True, null=True, verbose_name='date of issue')),
                        ('issuer', models.CharField(blank=True, max_length=120, verbose_name='issued by')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.storedfile', verbose_name='the document itself')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier_papers', to='plans.plan')),
                    ],
                    options={
                        'verbose_name': 'paper of the dossier',
                        'verbose_name_plural': 'papers of the dossier',
                        'ordering': ['pk'],
                        'abstract': False,
                        'indexes': [models.Index(fields=['plan', 'line', '-id'], name='dossier_newest')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8dc867d6e834b0efbde2e1a72bbe39102f841cbf', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d1bd0', table='consult_dossierpaper', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='ecc3845a7c7b20e61946e27c253a7e6a6a8f58de', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f7c5b', table='consult_dossierpaper', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PartialAdoption',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('revision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='partial_adoption', to='plans.revision')),
                        ('sign_off', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='partial_adoptions', to='consult.signoff')),
                        ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='partial_adoption', to='consult.commonstatement')),
                    ],
                    options={
                        'verbose_name': 'partial adoption',
                        'verbose_name_plural': 'partial adoptions',
                        'ordering': ['pk'],
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='c5c07c250e49f93f3a369ef7bb88d447897e5dbb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_4138a', table='consult_partialadoption', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='f27a76374d780ecec783be4b3db92afcf5bf3044', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_4a56a', table='consult_partialadoption', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='StatementNumber',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.CharField(max_length=80, verbose_name='document number')),
                        ('dated_on', models.DateField(verbose_name='date of the document')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('statement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='numbered', to='consult.commonstatement')),
                    ],
                    options={
                        'verbose_name': 'number of a statement',
                        'verbose_name_plural': 'numbers of statements',
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='8a65fa0bc92fcbcc657308bbe946dd27ddd582b6', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_86ff4', table='consult_statementnumber', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='7f38f2d32b369386140acdba30a78547979d6e13', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d97e2', table='consult_statementnumber', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ApprovalReply',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('outcome', models.CharField(choices=[('approved', 'Approved'), ('with_conditions', 'Approved with conditions'), ('returned', 'Returned')], max_length=20, verbose_name='outcome')),
                        ('letter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='reply', to='consult.approvalletter')),
                    ],
                    options={
                        'verbose_name': 'reply to the submission',
                        'verbose_name_plural': 'replies to the submission',
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='084f38f525c18e4c4c0f90f3c75dd0251deefc44', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c3028', table='consult_approvalreply', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='24a0da9adf30a03f04c89389f1a5061242136028', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_eafb9', table='consult_approvalreply', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Acknowledgement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('letter_number', models.CharField(blank=True, max_length=80, verbose_name='letter number')),
                        ('letter_on', models.DateField(blank=True, null=True, verbose_name='date of the letter')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.revision')),
                        ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acknowledgements', to='consult.approvalreply')),
                    ],
                    options={
                        'verbose_name': 'acknowledgement',
                        'verbose_name_plural': 'acknowledgements',
                        'ordering': ['pk'],
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('reply', 'revision', 'jurisdiction'), name='acknowledged_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='bc5dfd2c0571329c2960ef2e39d7313fae70a71c', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_dfea7', table='consult_acknowledgement', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='fc57fc0aa9ff9ec01714218bb31c1cb055595639', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_efcd6', table='consult_acknowledgement', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReplyCondition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                        ('text_zh', models.TextField(blank=True, verbose_name='text (Chinese)')),
                        ('text_en', models.TextField(blank=True, verbose_name='text (English)')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.item')),
                        ('reply', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='consult.approvalreply')),
                        ('version', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.itemversion')),
                    ],
                    options={
                        'verbose_name': 'condition of the reply',
                        'verbose_name_plural': 'conditions of the reply',
                        'ordering': ['reply', 'number'],
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('reply', 'number'), name='reply_condition_once'), models.CheckConstraint(condition=models.Q(models.Q(('item__isnull', True), ('version__isnull', True)), models.Q(('item__isnull', False), ('version__isnull', False)), _connector='OR'), name='reply_condition_wording')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5687520787f69ffb8c66b9a490e04a2d9a586854', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_d0d00', table='consult_replycondition', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='8bdce7ee1eff412165735ee9a9d02ee3be18d32c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_684bb', table='consult_replycondition', when='BEFORE'))],
                    },
                ),
            ]
        ),
    ]
