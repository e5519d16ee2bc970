"""`manage.py check_titles`: pages that search engines could not tell apart (L-09)."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from clinics.live_pages import LivePage, live_pages
from clinics.management.commands.check_titles import title_hints, title_problems
from clinics.models import LocalPage
from tests.factories import World


def _page(path: str, title: str, description: str = "", robots: str = "", host: str = "a.test"):
    return LivePage(
        host,
        path,
        f"<title>\n{title}</title>"
        + (f'<meta name="description" content="{description}">' if description else "")
        + (f'<meta name="robots" content="{robots}">' if robots else ""),
    )


def test_pages_of_one_host_have_titles_and_descriptions_of_their_own() -> None:
    pages = [
        _page("/", "Home", "Welcome"),
        _page("/about/", "Home", "About &amp; more"),
        _page("/team/", "Team", "About &amp; more"),
        _page("/", "Home", "Welcome", host="b.test"),
        _page("/bare/", "Bare"),
        _page("/hidden/", "Home", robots="noindex, follow"),
    ]

    assert list(title_problems(pages)) == [
        "a.test: /, /about/ have the same title: “Home”",
        "a.test/bare/: has no description",
        "a.test: /about/, /team/ have the same description: “About & more”",
    ]


def test_what_is_cut_off_is_a_hint() -> None:
    pages = [_page("/", "T" * 61, "D" * 155), _page("/a/", "T" * 60, "D" * 156)]

    assert list(title_hints(pages)) == [
        "a.test/: its title has 61 characters; about 60 are shown",
        "a.test/a/: its description has 156 characters; about 155 are shown",
    ]


def test_command_fails_for_two_pages_with_one_title(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    pages = LocalPage.objects.child_of(world.hillside).live()[:2]
    for page in pages:
        page.seo_title = "The same"
        page.search_description = f"About {page.slug}"
        page.save()

    with pytest.raises(CommandError, match=r"checked, [1-9]\d* problems"):
        call_command("check_titles", "--host", "hillside.test")

    assert "have the same title: “The same”" in capsys.readouterr().out


def test_unknown_host_is_refused_with_those_that_are_known(world: World) -> None:
    with pytest.raises(CommandError, match="known are harbour"):
        call_command("check_titles", "--host", "nowhere.test")


def test_live_pages_are_those_that_links_lead_to(world: World) -> None:
    found = [page.path for page in live_pages("hillside.test")]

    assert {"/", "/about/", "/locations/", "/locations/uptown/"} <= set(found)
    assert len(found) == len(set(found))
    assert {page.host for page in live_pages("hillside.test")} == {"hillside.test"}
