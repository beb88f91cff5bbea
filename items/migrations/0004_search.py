"""The search: its tables, and its index, which is no model because each database has a kind of its own."""

import django.db.models.deletion
from django.db import migrations, models

# The tokens are made by items/text.py; both databases only divide them at spaces.
CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE items_searchdocument "
        "USING fts5(title, keywords, summary, body, files, tokenize='ascii')",
    ],
    "postgresql": [
        "CREATE TABLE items_searchdocument (item_id bigint PRIMARY KEY, tokens tsvector NOT NULL)",
        "CREATE INDEX items_searchdocument_tokens ON items_searchdocument USING gin (tokens)",
    ],
}


def create_index(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop_index(apps, schema_editor):
    schema_editor.execute("DROP TABLE items_searchdocument")


class Migration(migrations.Migration):

    dependencies = [
        ('items', '0003_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='AttachmentText',
            fields=[
                ('attachment', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='text', serialize=False, to='items.attachment')),
                ('file', models.CharField(max_length=250)),
                ('text', models.TextField(blank=True)),
            ],
        ),
        migrations.CreateModel(
            name='SearchQueue',
            fields=[
                ('item', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name='SearchState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('archive', models.CharField(blank=True, default='', max_length=32)),
                ('version', models.BigIntegerField(default=0)),
                ('layout', models.CharField(blank=True, default='', help_text='What the index was made by.', max_length=20)),
            ],
        ),
        migrations.CreateModel(
            name='SearchMiss',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='day')),
                ('words', models.CharField(max_length=100, verbose_name='words')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='times')),
            ],
            options={
                'verbose_name': 'search without results',
                'verbose_name_plural': 'searches without results',
                'ordering': ['-day', '-count', 'words'],
                'constraints': [models.UniqueConstraint(fields=('day', 'words'), name='items_searchmiss_once_a_day')],
            },
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='Folded: lower case, no accents.', max_length=64, unique=True)),
                ('shown', models.CharField(help_text='As it is written.', max_length=64)),
                ('uses', models.BigIntegerField(default=0)),
                ('length', models.PositiveSmallIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['length', '-uses'], name='items_searchword_length')],
            },
        ),
        migrations.RunPython(create_index, drop_index),
    ]
