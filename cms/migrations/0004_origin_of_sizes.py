from __future__ import annotations

from django.db import migrations
from django.db.models import OuterRef, Subquery


def name_origin(apps, schema_editor) -> None:
    """Until now a size went when its picture's file was replaced, so each is of the file there is."""
    image = apps.get_model("cms", "ClinicImage").objects.filter(pk=OuterRef("image"))
    sizes = apps.get_model("cms", "ClinicRendition").objects.filter(made_from="")
    sizes.update(made_from=Subquery(image.values("file")[:1]))


class Migration(migrations.Migration):
    dependencies = [("cms", "0003_sizes_of_pictures")]

    # Nothing to take back: the column goes with the migration before.
    operations = [migrations.RunPython(name_origin, migrations.RunPython.noop)]
