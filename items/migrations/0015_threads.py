"""Stories that go on, and what translations were made from."""

import django.db.models.deletion
import django.utils.timezone
import items.models.change
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('items', '0014_agenda'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='StoryEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.UUIDField(editable=False, unique=True)),
                ('thread', models.UUIDField(db_index=True, editable=False)),
                ('relation', models.CharField(blank=True, choices=[('follows', 'follows'), ('updates', 'updates'), ('same', 'is the same release, in another form, as')], max_length=10, verbose_name='relation')),
                ('after', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='later', to='items.storyentry')),
            ],
            options={
                'verbose_name': 'part of a story',
                'verbose_name_plural': 'stories',
                'default_permissions': (),
                'constraints': [
                    models.CheckConstraint(condition=models.Q(models.Q(('after__isnull', True), ('relation', '')), models.Q(('after__isnull', False), ('relation__in', ['follows', 'updates', 'same'])), _connector='OR'), name='items_storyentry_relation_to_another'),
                    models.CheckConstraint(condition=models.Q(('after__isnull', True), models.Q(('after', models.F('id')), _negated=True), _connector='OR'), name='items_storyentry_not_after_itself'),
                ],
            },
        ),
        migrations.CreateModel(
            name='TranslatedFrom',
            fields=[
                ('item', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='translated_from', serialize=False, to='items.item')),
                ('version', models.BigIntegerField(help_text='The history_id of the version that was translated.')),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('changed_at', models.DateTimeField(blank=True, null=True)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translated_into', to='items.item')),
            ],
            options={
                'default_permissions': (),
            },
        ),
        migrations.AddIndex(
            model_name='translatedfrom',
            index=models.Index(condition=models.Q(('changed_at__isnull', False)), fields=['changed_at'], name='items_translatedfrom_changed'),
        ),
        migrations.AddConstraint(
            model_name='storyentry',
            constraint=items.models.change.Logged(column='id', kind='thread', name='items_storyentry_logged'),
        ),
        migrations.AlterField(
            model_name='activity',
            name='verb',
            field=models.CharField(choices=[('begin', 'begun'), ('submit', 'submitted for review'), ('return', 'returned'), ('approve', 'approved'), ('send_back', 'sent back to review'), ('withdraw', 'withdrawn'), ('reinstate', 'reinstated'), ('remove', 'removed'), ('prepare_update', 'update begun'), ('update', 'updated'), ('discard', 'update thrown away'), ('correct', 'corrected'), ('restore', 'earlier version restored'), ('comment', 'comment'), ('link', 'review link made'), ('revoke', 'review link revoked'), ('translate', 'translation begun'), ('translated', 'brought up to date with its original'), ('thread', 'place in its story changed')], max_length=20, verbose_name='what'),
        ),
        migrations.AlterField(
            model_name='change',
            name='kind',
            field=models.CharField(choices=[('item', 'Item'), ('theme', 'Theme'), ('type', 'Type'), ('keyword', 'Keyword'), ('source', 'Source'), ('country', 'Country'), ('concept', 'Concept'), ('site', 'Site'), ('page', 'Page'), ('thread', 'Thread'), ('removed', 'Removed')], max_length=10),
        ),
    ]
