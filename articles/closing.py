"""Where the articles of a closing clinic lead, and what of them stays, said beforehand.

Both clinics in, sentences with counts and titles out. Reads only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.models import ArticlePage, LocalArticlePage, LocalVersionPage
from articles.queries import article_paths, mounts_of, own_articles
from clinics.consequences import Consequence, Item, care, changes, stays
from clinics.resolve import clinic_of, root_page
from clinics.tokens import readable

if TYPE_CHECKING:
    from clinics.clinic import Clinic
    from clinics.models import ClinicPage


def articles_of_closing(clinic: ClinicPage, neighbour: ClinicPage | None) -> Iterator[Consequence]:
    """For `clinics.consequences.WHEN_A_CLINIC_CLOSES`."""
    titles = dict(ArticlePage.objects.live().values_list("pk", "title"))
    own = _paths(clinic_of(root_page(clinic.pk)), titles)
    if neighbour is None:
        text = ngettext(
            "%(count)d article is not found here any more.",
            "%(count)d articles are not found here any more.",
            len(own),
        )
        yield changes(text % {"count": len(own)})
    else:
        theirs = _paths(clinic_of(root_page(neighbour.pk)), titles)
        yield from _leading(own, theirs, neighbour.title)
    yield from _owned(clinic, neighbour)
    yield from _kept(clinic)


def _leading(own: dict[str, str], theirs: dict[str, str], name: str) -> Iterator[Consequence]:
    same = [title for path, title in own.items() if path in theirs]
    others = [title for path, title in own.items() if path not in theirs]
    text = ngettext(
        "%(count)d article leads to the same article of %(clinic)s.",
        "%(count)d articles lead to the same article of %(clinic)s.",
        len(same),
    )
    yield changes(text % {"count": len(same), "clinic": name}, _items(same))
    if others:
        text = ngettext(
            "%(count)d article is not there, and leads to the front page.",
            "%(count)d articles are not there, and lead to the front page.",
            len(others),
        )
        yield changes(text % {"count": len(others)}, _items(others))


def _owned(clinic: ClinicPage, neighbour: ClinicPage | None) -> Iterator[Consequence]:
    """Shared articles that are this clinic's own for search engines."""
    titles = ArticlePage.objects.filter(owner_clinic=clinic).order_by("title")
    if items := _items(titles.values_list("title", flat=True)):
        whose = neighbour.title if neighbour else _("nobody")
        text = _(
            "Search engines listed this clinic's copy of shared articles; now it is %(clinic)s's."
        )
        yield care(text % {"clinic": whose}, items)


def _kept(clinic: ClinicPage) -> Iterator[Consequence]:
    versions = LocalVersionPage.objects.filter(clinic_id=clinic.pk)
    written = LocalArticlePage.objects.descendant_of(clinic)
    for rows, one, many in (
        (
            versions,
            _("%(count)d local version of a shared article is kept."),
            _("%(count)d local versions of shared articles are kept."),
        ),
        (
            written,
            _("%(count)d article that the clinic wrote is kept."),
            _("%(count)d articles that the clinic wrote are kept."),
        ),
    ):
        titles = list(rows.order_by("title").values_list("title", flat=True))
        if titles:
            text = one if len(titles) == 1 else many
            yield stays(text % {"count": len(titles)}, _items(titles))


def _paths(clinic: Clinic, titles: dict[int, str]) -> dict[str, str]:
    """The path of every article that a clinic shows, with its title."""
    shared = article_paths(titles, clinic)
    found = {path: titles[pk] for pk, path in shared.items()}
    for mount in mounts_of(clinic):
        rows = own_articles(mount).values_list("slug", "title")
        found |= {f"/{mount.slug}/{slug}/": title for slug, title in rows}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def _items(titles: Iterable[str]) -> list[Item]:
    return [Item(readable(title)) for title in titles]
