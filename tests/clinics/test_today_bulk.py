"""Imports on the front page of a franchise admin, and of nobody else."""

from __future__ import annotations

from clinics.choices import Role
from clinics.facts import facts_of, save_facts
from clinics.phones import parse_number
from clinics.today import today_of
from tests.clinics.bulk.sheets import checked, new, run
from tests.clinics.bulk.test_planning import other_franchise
from tests.factories import World, make_staff


def said_to(user: object) -> dict[str, tuple[str, tuple[str, ...]]]:
    return {
        item.words: (item.url, item.names)
        for part in today_of(user)  # type: ignore[arg-type]
        for item in part.items
        if "several" in item.words
    }


def test_what_waits_and_what_was_left_undone(world: World) -> None:
    assert said_to(world.franchise_admin) == {}
    waiting = checked(world, new())
    failed = checked(world, {"id": str(world.plano.pk), "fax": "(214) 555-0161"})
    plano = facts_of(world.plano.pk)
    number = {"fax": parse_number("(214) 555-0163")}
    save_facts(plano, number, user=None, base_version=plano.version)
    run(failed)

    found = said_to(world.franchise_admin)

    assert [words.split(" ", 1)[0] for words in found] == ["1", "1"]
    urls = [url for url, _names in found.values()]
    assert any(url.endswith(f"/changes/{waiting.pk}/") for url in urls)
    assert any(url.endswith(f"/changes/{failed.pk}/") for url in urls)
    names = {name for _url, names in found.values() for name in names}
    assert names == {"locations.csv"}


def test_nobody_else_hears_of_them(world: World) -> None:
    checked(world, new())
    theirs = other_franchise()
    franchise = theirs.get_ancestors().get(depth=2).specific
    stranger = make_staff("other-admin", Role.FRANCHISE_ADMIN, franchise)
    assert said_to(world.franchise_admin)
    for user in (stranger, world.hillside_publisher, world.library_publisher, world.outsider):
        assert said_to(user) == {}
