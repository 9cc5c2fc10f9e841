"""The reading of a dossier is one abstract model: names of reverse accessors only, no column changes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0007_decisions_hang_on_waves"),
        ("evaluation", "0004_frozen_words_may_disappear"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="review",
            name="held_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="place retenue jusqu’à"),
        ),
        migrations.AlterField(
            model_name="review",
            name="reader",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(app_label)s_reviews",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="review",
            name="sheet",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="%(app_label)s_review",
                to="evaluation.sheet",
            ),
        ),
    ]
