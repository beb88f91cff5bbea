"""The glossary, and who may look after it."""

import django.db.models.deletion
import items.models.change
import items.models.concept
import items.models.fields
import items.models.term
from django.db import migrations, models

from items.migrations._grants import grants

GRANTS = {
    "Author": ["view_concept"],
    "Editor": ["add_concept", "change_concept", "delete_concept", "view_concept"],
    "Administrator": ["add_concept", "change_concept", "delete_concept", "view_concept"],
}


class Migration(migrations.Migration):

    dependencies = [
        ('items', '0011_desk_data'),
    ]

    operations = [
        migrations.CreateModel(
            name='Concept',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(help_text='The word in addresses. After a change the former one still leads here.', max_length=100, unique=True, verbose_name='slug')),
                ('labels', items.models.term.LabelsField(blank=True, default=dict, verbose_name='labels')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('synonyms', items.models.concept.SynonymsField(blank=True, default=dict, verbose_name='synonyms')),
                ('definitions', items.models.concept.DefinitionsField(blank=True, default=dict, verbose_name='definitions')),
                ('source_text', items.models.fields.LineField(blank=True, max_length=300, verbose_name='source of the definition')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='address of the source')),
                ('uri', items.models.fields.LineField(blank=True, help_text='The address that another vocabulary, such as the EMN Glossary, has for the same concept.', max_length=500, verbose_name='identifier elsewhere')),
            ],
            options={
                'verbose_name': 'glossary term',
                'verbose_name_plural': 'glossary terms',
                'ordering': ['slug'],
            },
        ),
        migrations.AlterField(
            model_name='change',
            name='kind',
            field=models.CharField(choices=[('item', 'Item'), ('theme', 'Theme'), ('type', 'Type'), ('keyword', 'Keyword'), ('source', 'Source'), ('country', 'Country'), ('concept', 'Concept'), ('removed', 'Removed')], max_length=10),
        ),
        migrations.CreateModel(
            name='ConceptBroader',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('broader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='items.concept')),
                ('concept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='items.concept')),
            ],
        ),
        migrations.AddField(
            model_name='concept',
            name='broader',
            field=models.ManyToManyField(blank=True, related_name='narrower', through='items.ConceptBroader', through_fields=('concept', 'broader'), to='items.concept', verbose_name='broader terms'),
        ),
        migrations.CreateModel(
            name='ConceptRelated',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='items.concept')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='items.concept')),
            ],
        ),
        migrations.AddField(
            model_name='concept',
            name='related',
            field=models.ManyToManyField(blank=True, through='items.ConceptRelated', through_fields=('concept', 'other'), to='items.concept', verbose_name='related terms'),
        ),
        migrations.CreateModel(
            name='ConceptAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name='former slug')),
                ('term', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='items.concept')),
            ],
            options={
                'verbose_name': 'former slug',
                'verbose_name_plural': 'former slugs',
                'constraints': [items.models.change.Logged(column='term_id', kind='concept', name='items_conceptalias_logged')],
            },
        ),
        migrations.AddConstraint(
            model_name='conceptbroader',
            constraint=models.UniqueConstraint(fields=('concept', 'broader'), name='items_conceptbroader_once'),
        ),
        migrations.AddConstraint(
            model_name='conceptbroader',
            constraint=items.models.concept.NoCircle(name='items_conceptbroader_no_circle'),
        ),
        migrations.AddConstraint(
            model_name='conceptbroader',
            constraint=items.models.change.Logged(column='concept_id', kind='concept', name='items_conceptbroader_logged'),
        ),
        migrations.AddConstraint(
            model_name='conceptrelated',
            constraint=models.UniqueConstraint(fields=('concept', 'other'), name='items_conceptrelated_once'),
        ),
        migrations.AddConstraint(
            model_name='conceptrelated',
            constraint=models.CheckConstraint(condition=models.Q(('concept', models.F('other')), _negated=True), name='items_conceptrelated_two'),
        ),
        migrations.AddConstraint(
            model_name='conceptrelated',
            constraint=items.models.change.Logged(column='concept_id', kind='concept', name='items_conceptrelated_logged'),
        ),
        migrations.AddConstraint(
            model_name='concept',
            constraint=items.models.change.Logged(column='id', kind='concept', name='items_concept_logged'),
        ),
        migrations.AddConstraint(
            model_name='concept',
            constraint=models.UniqueConstraint(condition=models.Q(('uri', ''), _negated=True), fields=('uri',), name='items_concept_uri_once', violation_error_message='Another term has this identifier.'),
        ),
        grants(GRANTS),
    ]
