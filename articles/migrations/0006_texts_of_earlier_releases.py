import json

from django.db import migrations

from articles.plain_text import plain_text
from clinics.search_words import fold


def write_texts_of_releases(apps, schema_editor):
    """Releases from before are searched too."""
    texts = apps.get_model("articles", "ReleaseText")
    releases = apps.get_model("articles", "ArticleRelease").objects
    for release in releases.select_related("revision").iterator(chunk_size=100):
        sections = json.loads(release.revision.content["body"])
        for_hub = [each for each in sections if not each["value"].get("clinics_only")]
        for is_hub, read in ((False, sections), (True, for_hub)):
            words = "\n".join(plain_text(each["value"]) for each in read)
            texts.objects.create(release=release, is_hub=is_hub, words=words, folded=fold(words))


class Migration(migrations.Migration):

    dependencies = [
        ('articles', '0005_index_decisions_and_texts_of_releases'),
    ]

    operations = [
        migrations.RunPython(write_texts_of_releases, migrations.RunPython.noop),
    ]
