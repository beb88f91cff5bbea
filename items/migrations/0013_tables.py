import django.db.models.deletion
import items.models.change
import items.models.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('items', '0012_glossary'),
    ]

    operations = [
        migrations.CreateModel(
            name='DataTable',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(default=0, verbose_name='position')),
                ('caption', items.models.fields.LineField(max_length=250, verbose_name='title')),
                ('text', items.models.fields.TextField(verbose_name='figures')),
                ('data', models.JSONField(default=dict, editable=False, verbose_name='figures as read')),
                ('decimals', models.CharField(blank=True, choices=[('point', 'a point: 1,234.5'), ('comma', 'a comma: 1.234,5')], max_length=5, verbose_name='decimals begin with')),
                ('chart', models.CharField(blank=True, choices=[('line', 'lines'), ('bar', 'bars'), ('stacked', 'stacked bars'), ('none', 'no chart, the table only')], max_length=7, verbose_name='chart')),
                ('unit', items.models.fields.LineField(blank=True, max_length=100, verbose_name='unit')),
                ('period', items.models.fields.LineField(blank=True, max_length=100, verbose_name='reference period')),
                ('source', items.models.fields.LineField(blank=True, max_length=250, verbose_name='source')),
                ('notes', items.models.fields.TextField(blank=True, verbose_name='notes')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tables', to='items.item')),
                ('original', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='items.datatable')),
            ],
            options={
                'verbose_name': 'data table',
                'verbose_name_plural': 'data tables',
                'ordering': ['position', 'pk'],
                'constraints': [items.models.change.Logged(column='item_id', kind='item', name='items_datatable_logged')],
            },
        ),
    ]
