"""A page about the drug that nobody has reviewed, and what two clinics would change of it.

Tests ask the browser only, so that the ids of what is made here are kept in `PAGES`.
"""

from __future__ import annotations

from clinics.models import Person
from tests.articles.balanced import balanced
from tests.articles.factories import (
    make_article,
    make_local_version,
    make_reviewer,
    override,
    slot,
    sources,
    text,
)
from tests.factories import World

PAGES: dict[str, int] = {}


def make_balance(world: World) -> None:
    """The draft, a clinical change of Hillside, and a filled slot of Harbour, all unpublished."""
    world.reviewer = make_reviewer(world)
    article = make_article(
        "balance",
        *balanced(),
        slot("visit-us"),
        sources(),
        publish=False,
        author=Person.objects.get(slug="grace-group"),
    )
    ours = text("ours", "What ketamine is", "<p>Ketamine is an anesthetic, we say.</p>")
    theirs = text("theirs", "Visit us", "<p>We are by the pier.</p>")
    changes = {
        "hillside": make_local_version(
            article, world.hillside, override("replace", "what", ours), publish=False
        ),
        "harbour": make_local_version(
            article, world.harbour, override("fill", "visit-us", theirs), publish=False
        ),
    }
    PAGES.update({name: version.pk for name, version in changes.items()}, article=article.pk)
