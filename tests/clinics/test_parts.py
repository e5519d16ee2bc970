from __future__ import annotations

import pytest
from django.template import Context, Template
from django.test import override_settings
from django.utils import translation

from clinics.cta import Link
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


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(TypeError, match="unhashable"):
        part({"label": "A"})
