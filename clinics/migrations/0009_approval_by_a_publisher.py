"""A step of approval that belongs to whoever may publish the page."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0008_specialties_and_parking"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="PublisherApproval",
            fields=[
                (
                    "task_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.task",
                    ),
                ),
            ],
            options={
                "verbose_name": "approval by a publisher",
                "verbose_name_plural": "approvals by a publisher",
            },
            bases=("wagtailcore.task",),
        ),
    ]
