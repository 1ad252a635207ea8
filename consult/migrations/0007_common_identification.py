import django.db.models.deletion
import pgtrigger.compiler
from django.db import migrations, models

from stakeholders.migrations._create_models import CreateModels


class Migration(migrations.Migration):

    dependencies = [
        ('consult', '0001_squashed_0006_joint_preparation'),
        ('plans', '0001_squashed_0004_plan_text'),
        ('stakeholders', '0005_common_identification'),
    ]

    operations = [
        migrations.AddField(
            model_name='declaration',
            name='decided_on',
            field=models.DateField(blank=True, null=True, verbose_name='decided on'),
        ),
        migrations.AddField(
            model_name='declaration',
            name='letter_file',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.storedfile', verbose_name='stamped letter'),
        ),
        migrations.AddField(
            model_name='declaration',
            name='meeting',
            field=models.CharField(blank=True, max_length=120, verbose_name='meeting'),
        ),
        migrations.AddField(
            model_name='elector',
            name='is_supporting',
            field=models.BooleanField(default=False, verbose_name='shows support only'),
        ),
        migrations.AddField(
            model_name='elector',
            name='weights',
            field=models.JSONField(blank=True, default=dict, verbose_name='named weights'),
        ),
        migrations.AddField(
            model_name='reservationlift',
            name='mandate',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate'),
        ),
        migrations.AddField(
            model_name='reservationlift',
            name='reason',
            field=models.TextField(blank=True, verbose_name='reason'),
        ),
        migrations.AlterField(
            model_name='ballot',
            name='subject_kind',
            field=models.CharField(choices=[('charter', 'Charter'), ('item', 'Item of the plan'), ('base', 'Base map and base data'), ('health_check', 'Health check'), ('minutes', 'Minutes'), ('accession', 'Accession of a party')], max_length=20, verbose_name='subject'),
        ),
        migrations.AlterField(
            model_name='ballotend',
            name='outcome',
            field=models.CharField(choices=[('passed', 'Passed'), ('failed', 'Not passed'), ('without_result', 'Closed without result'), ('superseded', 'Superseded by a new wording'), ('recalled', 'Recalled before anybody spoke'), ('overridden', 'Overridden')], max_length=20, verbose_name='outcome'),
        ),
        migrations.AlterField(
            model_name='signoffend',
            name='outcome',
            field=models.CharField(choices=[('passed', 'Passed'), ('failed', 'Not passed'), ('without_result', 'Closed without result'), ('superseded', 'Superseded by a new wording'), ('recalled', 'Recalled before anybody spoke'), ('overridden', 'Overridden')], max_length=20, verbose_name='outcome'),
        ),
        CreateModels(
            [
                migrations.CreateModel(
                    name='Accession',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(verbose_name='number')),
                        ('must_sign', models.BooleanField(default=True, verbose_name='must sign')),
                        ('weight', models.DecimalField(decimal_places=3, default=1, max_digits=9, verbose_name='weight')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('hash', models.CharField(max_length=80, verbose_name='hash')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accessions', to='plans.plan')),
                    ],
                    options={
                        'verbose_name': 'accession of a party',
                        'verbose_name_plural': 'accessions of parties',
                        'ordering': ['plan', 'number'],
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('plan', 'number'), name='accession_number')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d729d3b46c0d2a031fd01107975e85ee8c98870d', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c7bde', table='consult_accession', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='f9a0dd54a7d67343bc2030ea925e548734dd753c', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_8d31c', table='consult_accession', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Condition',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('number', models.PositiveIntegerField(verbose_name='number')),
                        ('text', models.TextField(verbose_name='condition')),
                        ('due_on', models.DateField(blank=True, null=True, verbose_name='by when')),
                        ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                        ('declaration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='conditions', to='consult.declaration')),
                        ('item', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.item')),
                        ('restates', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restated', to='consult.condition')),
                    ],
                    options={
                        'verbose_name': 'condition of an agreement in principle',
                        'verbose_name_plural': 'conditions of agreements in principle',
                        'ordering': ['pk'],
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e773cf7d690d1b637f49f7363f666b4a55c496c7', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c6365', table='consult_condition', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='cf2673ac23040dd0a5e922d2138deb5cb3ff2620', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_f8c0c', table='consult_condition', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ElectorEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.CharField(max_length=300, verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('elector', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='consult.elector')),
                    ],
                    options={
                        'verbose_name': "end of a party's part in a ballot",
                        'verbose_name_plural': "ends of parties' parts in ballots",
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9e0da4f5a42a811ed386454ccfa1150cd7b2aa38', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_deb82', table='consult_electorend', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='f84e35242d5621eff933c3cef7718686472c442a', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_04ca4', table='consult_electorend', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='PositionAutosave',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mandate_id', models.BigIntegerField()),
                        ('former', models.BigIntegerField(blank=True, null=True)),
                        ('fields', models.JSONField(default=dict)),
                        ('saved_at', models.DateTimeField(db_index=True, verbose_name='time')),
                        ('sign_off', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consult.signoff')),
                    ],
                    options={
                        'verbose_name': 'unsent position',
                        'verbose_name_plural': 'unsent positions',
                        'constraints': [models.UniqueConstraint(fields=('sign_off', 'mandate_id'), name='position_autosave_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PositionDraft',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('content', models.JSONField(verbose_name='prepared position')),
                        ('advice', models.TextField(blank=True, verbose_name='advice to the signatory')),
                        ('state', models.CharField(choices=[('working', 'Being prepared'), ('handed_up', 'Handed up for signature'), ('sent_back', 'Sent back by the signatory')], default='working', max_length=20, verbose_name='state')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('edits', models.PositiveIntegerField(default=1)),
                        ('edited_at', models.DateTimeField(verbose_name='edited')),
                        ('handed_up_at', models.DateTimeField(null=True, verbose_name='handed up')),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('editor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('former', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consult.declaration')),
                        ('handed_up_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                        ('revision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.revision')),
                        ('sign_off', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='position_drafts', to='consult.signoff')),
                    ],
                    options={
                        'verbose_name': 'prepared position',
                        'verbose_name_plural': 'prepared positions',
                        'ordering': ['pk'],
                        'constraints': [models.UniqueConstraint(fields=('sign_off', 'jurisdiction'), name='position_draft_once')],
                    },
                ),
                migrations.CreateModel(
                    name='PreparedAutosave',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('mandate_id', models.BigIntegerField()),
                        ('edits', models.PositiveIntegerField(default=0)),
                        ('fields', models.JSONField()),
                        ('saved_at', models.DateTimeField(db_index=True, verbose_name='time')),
                        ('sign_off', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='consult.signoff')),
                    ],
                    options={
                        'verbose_name': 'unsaved prepared position',
                        'verbose_name_plural': 'unsaved prepared positions',
                        'constraints': [models.UniqueConstraint(fields=('sign_off', 'mandate_id'), name='prepared_autosave_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ReopeningRequest',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('sign_off', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reopening_requests', to='consult.signoff')),
                    ],
                    options={
                        'verbose_name': 'request to reopen',
                        'verbose_name_plural': 'requests to reopen',
                        'ordering': ['pk'],
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='5455ac728a9b0247d3488b14572e64cb4b663f97', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_f3db0', table='consult_reopeningrequest', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='f80a4cca4d2a937cd1f4aca25b7fa9e7370e69c2', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_15561', table='consult_reopeningrequest', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='TwoPersonProposal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('act', models.CharField(max_length=60, verbose_name='act')),
                        ('subject', models.CharField(max_length=80, verbose_name='subject')),
                        ('content', models.TextField(verbose_name='canonical content')),
                        ('hash', models.CharField(max_length=80, verbose_name='hash')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('jurisdiction', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='two_person_proposals', to='plans.plan')),
                    ],
                    options={
                        'verbose_name': 'act that waits for a second person',
                        'verbose_name_plural': 'acts that wait for a second person',
                        'ordering': ['pk'],
                        'abstract': False,
                        'indexes': [models.Index(fields=['plan', 'act', 'subject', '-id'], name='two_person_subject')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='77966c89927266fa85065412b57a19663a63b626', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_6010b', table='consult_twopersonproposal', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='7edef4f03c7c0411932a6447822e19bbce5624de', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_b0d50', table='consult_twopersonproposal', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Withdrawal',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('letter_number', models.CharField(blank=True, max_length=80, verbose_name='letter number')),
                        ('letter_on', models.DateField(blank=True, null=True, verbose_name='date of the letter')),
                        ('issuer', models.CharField(blank=True, max_length=120, verbose_name='issued by')),
                        ('charter_number', models.PositiveIntegerField(default=0)),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('takes_effect_at', models.DateTimeField(verbose_name='takes effect')),
                        ('jurisdiction', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.jurisdiction')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='withdrawals', to='plans.plan')),
                    ],
                    options={
                        'verbose_name': 'notice of a party that leaves',
                        'verbose_name_plural': 'notices of parties that leave',
                        'ordering': ['pk'],
                        'abstract': False,
                        'indexes': [models.Index(fields=['plan', 'jurisdiction', '-id'], name='withdrawal_newest')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='3e90d507c919af9baee3792a25fdb8d1bbcf6cae', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_9f9d8', table='consult_withdrawal', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='5a543dd110749ff5c6e8add152e2c34afe11dc1e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_b4852', table='consult_withdrawal', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ConditionReport',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('text', models.TextField(verbose_name='what shows that it is met')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('condition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reports', to='consult.condition')),
                        ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.storedfile')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                    ],
                    options={
                        'verbose_name': 'report on a condition',
                        'verbose_name_plural': 'reports on conditions',
                        'ordering': ['pk'],
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e67799e3d5e1d20ac0e0d0d44d9f223fea160405', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_a6498', table='consult_conditionreport', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='409df44bd90d8d9408574a07390ebcf33921b2d9', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_0d9cc', table='consult_conditionreport', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='Override',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('reason', models.TextField(verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('item_ballot', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='override', to='consult.signoffballot')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate', verbose_name='signatory')),
                        ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='consult.twopersonproposal')),
                    ],
                    options={
                        'verbose_name': 'override',
                        'verbose_name_plural': 'overrides',
                        'ordering': ['pk'],
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d95c5f7b2a401bec2dd713b573c239400260ae9a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c50d0', table='consult_override', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='42e12175f95077a0f6674f5417eeeaf2a3ebd411', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_509e6', table='consult_override', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReopeningAnswer',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_accepted', models.BooleanField(verbose_name='accepted')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='consult.reopeningrequest')),
                    ],
                    options={
                        'verbose_name': 'answer to a request to reopen',
                        'verbose_name_plural': 'answers to requests to reopen',
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='e0570d9fbf0a178f4458021aca63839569964285', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c4a85', table='consult_reopeninganswer', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='4508b6534eada7677c8247506aba38b63854f36b', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_1f6b0', table='consult_reopeninganswer', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ReopeningItem',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.item')),
                        ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='consult.reopeningrequest')),
                    ],
                    options={
                        'verbose_name': 'item of a request to reopen',
                        'verbose_name_plural': 'items of requests to reopen',
                        'ordering': ['pk'],
                        'abstract': False,
                        'constraints': [models.UniqueConstraint(fields=('request', 'item'), name='reopening_item_once')],
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='6b45ad728c0735873ef64697562d7db60371cd86', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_83475', table='consult_reopeningitem', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='7bca54f3ba0157264f6f227f0823a1f652f2e713', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_68e09', table='consult_reopeningitem', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='TwoPersonEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_confirmed', models.BooleanField(verbose_name='confirmed')),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('proposal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='consult.twopersonproposal')),
                    ],
                    options={
                        'verbose_name': 'word of the second person',
                        'verbose_name_plural': 'words of the second person',
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='39783df35b6ba7eb24665d2fe755d548f7a42941', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_bce50', table='consult_twopersonend', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='285f749c1b330018a7d7a22077a75d4b6fa5ea91', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_8386c', table='consult_twopersonend', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='WithdrawalEnd',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('has_left', models.BooleanField(verbose_name='left')),
                        ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('mandate', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('withdrawal', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='consult.withdrawal')),
                    ],
                    options={
                        'verbose_name': 'end of a notice of a party that leaves',
                        'verbose_name_plural': 'ends of notices of parties that leave',
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='30fe9ffc2aa5d6fe72ac1319d54ab44c62b31a82', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_80ba0', table='consult_withdrawalend', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='caea024b5f521dacb4b772178239752ae279bd6e', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_d3456', table='consult_withdrawalend', when='BEFORE'))],
                    },
                ),
                migrations.CreateModel(
                    name='ConditionConfirmation',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('is_met', models.BooleanField(verbose_name='met')),
                        ('reason', models.TextField(blank=True, verbose_name='reason')),
                        ('at', models.DateTimeField(verbose_name='time')),
                        ('mandate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='stakeholders.mandate')),
                        ('report', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='confirmation', to='consult.conditionreport')),
                    ],
                    options={
                        'verbose_name': 'word on a reported condition',
                        'verbose_name_plural': 'words on reported conditions',
                        'abstract': False,
                        'triggers': [pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='87f2186ea44fda0e0de5e1db3d5e7d93055e131a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_58565', table='consult_conditionconfirmation', when='BEFORE')), pgtrigger.compiler.Trigger(name='no_truncate', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;", hash='3661fb36caf75f9019a0735a39b1ce523d94efad', level='STATEMENT', operation='TRUNCATE', pgid='pgtrigger_no_truncate_674cc', table='consult_conditionconfirmation', when='BEFORE'))],
                    },
                ),
            ]
        ),
    ]
