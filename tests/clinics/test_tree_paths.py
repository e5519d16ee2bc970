"""Places of the tree by their paths."""

from __future__ import annotations

from wagtail.models import Page

from clinics.tree_paths import above, at_or_above, below
from tests.factories import World


def test_above_are_the_steps_on_the_way_and_no_others(world: World) -> None:
    home = world.hillside

    assert above(home.path) == [page.path for page in home.get_ancestors()]
    assert at_or_above(home.path) == [*above(home.path), home.path]


def test_nothing_is_above_a_page_that_is_not_in_the_tree_yet() -> None:
    assert above("") == []
    assert at_or_above("") == []


def test_below_is_a_place_with_all_that_it_holds_and_nothing_of_its_neighbour(world: World) -> None:
    home = world.hillside

    found = Page.objects.filter(below([home.path]))

    assert set(found) == set(home.get_descendants(inclusive=True))
    assert set(found) & set(world.harbour.get_descendants(inclusive=True)) == set()
    assert not Page.objects.filter(below([])).exists()
