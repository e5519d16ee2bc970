"""Page forms take only what the editor may choose (security rule 3)."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from articles.models import LocalArticlePage
from clinics.models import Person
from tests.factories import World


@pytest.fixture
def harbour_picture(world: World) -> Any:
    return get_image_model().objects.create(
        title="Harbour",
        file=get_test_image_file(),
        collection=world.harbour.facts.collection,
    )


def form_of(page: Any, user: Any) -> Any:
    return page.get_edit_handler().get_form_class()(instance=page, for_user=user)


def test_home_page_form_offers_no_picture_of_another_clinic(
    world: World, harbour_picture: Any
) -> None:
    pictures = form_of(world.hillside, world.hillside_publisher).fields["hero_image"].queryset

    assert harbour_picture not in pictures
    own = form_of(world.harbour, world.harbour_publisher).fields["hero_image"].queryset
    assert harbour_picture in own


def test_home_page_form_hides_the_brand_from_an_editor(world: World) -> None:
    editor = form_of(world.hillside, world.hillside_editor)
    publisher = form_of(world.hillside, world.hillside_publisher)

    assert "brand_primary" not in editor.fields
    assert "brand_primary" in publisher.fields


def test_article_form_offers_people_of_the_library_only_in_reach(world: World) -> None:
    form_class = LocalArticlePage.get_edit_handler().get_form_class()
    form = form_class(instance=LocalArticlePage(), for_user=world.hillside_publisher)

    offered = set(form.fields["author"].queryset)

    assert Person.objects.get(slug="ada-hill") in offered
    assert Person.objects.get(slug="nora-harbour") not in offered
