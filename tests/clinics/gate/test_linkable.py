"""What a chooser offers beside the own pages: what is live and belongs to no franchise."""

from __future__ import annotations

from wagtail.models import Page

from clinics.gate.pages import linkable_pages
from clinics.models import FranchisePage
from tests.articles.factories import make_article
from tests.factories import World


def test_library_may_be_linked_and_other_clinics_may_not(world: World) -> None:
    article = make_article("a")

    pages = linkable_pages(world.hillside_editor)

    assert pages.filter(pk=article.pk).exists()
    assert pages.filter(pk=world.uptown.pk).exists()
    assert Page.objects.filter(path__startswith=world.harbour.path, live=True).exists()
    assert not pages.filter(path__startswith=world.harbour.path).exists()


def test_franchise_below_another_page_is_as_closed(world: World) -> None:
    """Rule 18: a franchise may stand anywhere in the tree."""
    root = Page.objects.get(depth=1)
    top = root.add_child(instance=Page(title="Groups", slug="groups"))
    franchise = top.add_child(instance=FranchisePage(title="Other", slug="other"))
    secret = franchise.add_child(instance=Page(title="Theirs", slug="theirs"))

    pages = linkable_pages(world.hillside_editor)

    assert pages.filter(pk=top.pk).exists()
    assert not pages.filter(pk__in=[franchise.pk, secret.pk]).exists()
