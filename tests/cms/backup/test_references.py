"""Ids in every place where one is written are exchanged; what is not here goes without a trace."""

from __future__ import annotations

from typing import Any

import pytest

from cms.backup.references import swap_html, swap_row


def plus(label: str, id_: int, place: str) -> int | None:
    """Ids here are a thousand more; what ends with 9 is not here."""
    return None if id_ % 10 == 9 else id_ + 1000


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a linktype="page" id="5">x</a>', '<a linktype="page" id="1005">x</a>'),
        ('<a id="5" linktype="page"><b>x</b></a>', '<a id="1005" linktype="page"><b>x</b></a>'),
        ('See <a linktype="page" id="9">these <b>words</b></a>.', "See these <b>words</b>."),
        ('<a href="https://a.test/?id=5">x</a>', '<a href="https://a.test/?id=5">x</a>'),
        (
            '<embed embedtype="image" id="5" alt="a"/>',
            '<embed embedtype="image" id="1005" alt="a"/>',
        ),
        ('a<embed embedtype="image" id="9"/>b', "ab"),
        ('<embed embedtype="media" url="https://a.test/"/>',) * 2,
        ('<p id="5">{{ clinic.name }}</p>',) * 2,
    ],
)
def test_links_and_pictures_of_rich_text(html: str, expected: str) -> None:
    assert swap_html(html, plus, "body") == expected


def test_log_of_facts_names_the_neighbours_page() -> None:
    values = {
        "id": 1,
        "page_id": 2,
        "version": 3,
        "changed_by_id": None,
        "changed_at": "2026-01-01T00:00:00Z",
        "before": {"neighbour": None, "name": "A"},
        "after": {"neighbour": 4, "name": "A"},
    }

    found = swap_row("clinics.factschange", values, plus)

    assert (found["id"], found["page_id"], found["version"]) == (1001, 1002, 3)
    assert (found["before"], found["after"]) == (values["before"], {"neighbour": 1004, "name": "A"})
    assert values["after"]["neighbour"] == 4


def test_revision_holds_ids_of_its_page_and_of_its_own() -> None:
    content: dict[str, Any] = {
        "pk": 5,
        "content_type": "clinics.clinicpage",
        "latest_revision": 9,
        "hero_image": 6,
        "welcome": '<a linktype="page" id="5">x</a>',
        "wagtail_admin_comments": [{"pk": 7, "page": 5, "user": 8, "text": "5"}],
    }
    values = {
        "id": 4,
        "content_type_id": "clinics.clinicpage",
        "base_content_type_id": "wagtailcore.page",
        "object_id": "5",
        "created_at": "2026-01-01T00:00:00Z",
        "user_id": 9,
        "object_str": "5",
        "content": content,
        "approved_go_live_at": None,
    }

    found = swap_row("wagtailcore.revision", values, plus)

    assert (found["object_id"], found["user_id"], found["object_str"]) == ("1005", None, "5")
    assert found["content"] == {
        **content,
        "pk": 1005,
        "latest_revision": None,
        "hero_image": 1006,
        "welcome": '<a linktype="page" id="1005">x</a>',
        "wagtail_admin_comments": [{"pk": 1007, "page": 1005, "user": 1008, "text": "5"}],
    }
