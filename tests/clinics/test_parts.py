from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation
from django.utils.safestring import mark_safe

from clinics.cta import Link
from clinics.models import Service
from clinics.templatetags.parts import _rendered

LINK = '{% load i18n %}{% translate "Yes" %} {{ link.label }}{{ other }}'
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("django.template.loaders.locmem.Loader", {"link.html": LINK})],
            "libraries": {"parts": "clinics.templatetags.parts"},
        },
    }
]


@pytest.fixture(autouse=True)
def _templates() -> object:
    _rendered.cache_clear()
    with override_settings(TEMPLATES=TEMPLATES):
        yield
    _rendered.cache_clear()


def part(link: object, **others: object) -> str:
    template = Template('{% load parts %}{% part "link.html" link=link %}')
    return template.render(Context({"link": link, **others}))


def test_equal_values_are_rendered_once() -> None:
    assert part(Link("A", "/")) == part(Link("A", "/")) == "Yes A"
    assert _rendered.cache_info().misses == 1


def test_another_value_is_another_part() -> None:
    assert part(Link("A", "/")) == "Yes A"
    assert part(Link("B", "/")) == "Yes B"


def test_another_language_is_another_part() -> None:
    with translation.override("de"):
        assert part(Link("A", "/")) == "Ja A"
    assert part(Link("A", "/")) == "Yes A"


def test_a_part_sees_its_values_only() -> None:
    assert part(Link("A", "/"), other="of the page") == "Yes A"


def test_texts_are_escaped() -> None:
    assert part(Link("<b>", "/")) == "Yes &lt;b&gt;"


@dataclass(frozen=True)
class Section:
    """As sections of articles: the value is no longer hashable."""

    label: str
    value: Mapping[str, object]


def test_equal_containers_are_rendered_once() -> None:
    for _time in range(2):
        assert part(Section("A", {"items": ("b", {"c": 1})})) == "Yes A"
    assert part({"label": "B", "more": [1]}) == "Yes B"
    assert _rendered.cache_info().misses == 2


def test_text_that_is_safe_is_not_printed_for_the_same_text_that_is_not() -> None:
    assert part({"label": mark_safe("<b>")}) == "Yes <b>"
    assert part({"label": "<b>"}) == "Yes &lt;b&gt;"


def test_numbers_that_are_equal_are_printed_each_in_its_way() -> None:
    assert [part({"label": number}) for number in (1, 1.0, True)] == [
        "Yes 1",
        "Yes 1.0",
        "Yes True",
    ]


def test_row_of_the_database_is_printed_as_it_is_now() -> None:
    row = Service(pk=1, slug="one")
    assert part({"label": row.slug, "row": row}) == "Yes one"
    assert _rendered.cache_info().currsize == 0
