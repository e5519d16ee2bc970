"""Every kind of change through the whole installation: nothing old is left at Varnish once it was
told twice, and what a change does not touch is never dropped.

Changes are made where the admin runs, told by the product's own worker, and read all the while.
"""

from __future__ import annotations

import pytest

from tests.freshness.changes import CHANGES, Change
from tests.freshness.site import FEW
from tests.services.cluster import WEB, Cluster
from tests.services.programs import eventually
from tests.services.purges import SETTLED, TOLD_ONCE
from tests.services.readers import ARTICLE, Readers, shown


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_nothing_old_is_left_after_the_second_purge_and_the_rest_stays(
    change: Change, cluster: Cluster, readers: Readers
) -> None:
    readers.change(change.name)
    readers.read()
    cluster.purges.wait_for(TOLD_ONCE)
    # What comes to Varnish now may have been made of the old.
    readers.read()
    cluster.purges.wait_for(SETTLED)

    assert readers.old_pages() == []
    assert readers.read() != readers.before, "nothing changed"
    assert [at for at in readers.missed if at not in readers.of(readers.changed)] == []


def test_without_a_second_purge_an_old_page_stays(cluster: Cluster, readers: Readers) -> None:
    """What the others look for can be found: nodes hear of a change a moment after its commit."""
    cluster.programs["purges"].stop()
    try:
        old = readers.leave_an_old_page()
        for name in WEB:
            eventually(
                lambda name=name: shown(cluster.ask_node(name, *ARTICLE)) != old,
                f"{name} shows the new",
            )
        assert readers.get(ARTICLE) == old
    finally:
        cluster.start_purges()
    cluster.purges.wait_for(SETTLED, seconds=60)

    assert readers.get(ARTICLE) != old
    assert readers.old_pages() == []


def test_what_is_dropped_is_seen(cluster: Cluster, readers: Readers) -> None:
    cluster.drop("everything")

    readers.read()

    assert readers.missed == set(FEW)
