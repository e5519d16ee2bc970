"""Every kind of change through the whole installation: nothing old is left at Varnish once it was
told twice, and what a change does not touch is never dropped.

Changes are made where the admin runs, told by the product's own worker, and read all the while.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.freshness.changes import CHANGES, Change
from tests.freshness.site import FEW, Address, digest
from tests.services.cluster import WEB, Cluster
from tests.services.programs import Answer, eventually
from tests.services.purges import SETTLED, TOLD_ONCE

TEXT = "publish of text"
ARTICLE = ("hillside.test", "/conditions/fibromyalgia/")


class Edge:
    """Varnish, asked for the same pages again and again; `missed` are those that it did not have."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.missed: set[Address] = set()
        self.tags = {at: self._tags(at) for at in FEW}
        self.read()
        self.missed.clear()
        self.before = self.read()
        assert self.missed == set(), "is not kept"

    def read(self) -> dict[Address, tuple[int, str]]:
        """Status and digest of every page."""
        return {at: shown(self.get(at)) for at in FEW}

    def get(self, at: Address) -> Answer:
        answer = self.cluster.ask_edge(*at)
        if not answer.headers["cache-status"].startswith("edge; hit"):
            self.missed.add(at)
        return answer

    def without(self, tags: set[str]) -> set[Address]:
        """Pages that these tags do not touch."""
        return {at for at in FEW if tags.isdisjoint(self.tags[at])}

    def is_old(self) -> list[Address]:
        """Pages that are not what they would be if they were made now."""
        pages = self.read()
        now = self.cluster.admin.pages_now(FEW)
        wrong = [at for at in FEW if pages[at] != now[at]]
        # Unless it is the hour that has changed.
        now = self.cluster.admin.pages_now(wrong)
        return [at for at in wrong if shown(self.get(at)) != now[at]]

    def _tags(self, at: Address) -> set[str]:
        """As both nodes say them; each has made the page then."""
        answers = [self.cluster.ask_node(name, *at) for name in WEB]
        assert {answer.status for answer in answers} == {200}
        return {tag for answer in answers for tag in answer.headers["surrogate-key"].split()}


@pytest.fixture(scope="module", autouse=True)
def _nothing_is_left(cluster: Cluster) -> Iterator[None]:
    yield
    cluster.put_back()


@pytest.fixture
def edge(cluster: Cluster) -> Edge:
    """With every page, of the content that there was at first."""
    cluster.put_back()
    return Edge(cluster)


def shown(answer: Answer) -> tuple[int, str]:
    return answer.status, digest(answer.body)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.name)
def test_nothing_old_is_left_after_the_second_purge_and_the_rest_stays(
    change: Change, cluster: Cluster, edge: Edge
) -> None:
    tags = cluster.admin.change(change.name)
    edge.read()
    cluster.purges.wait_for(TOLD_ONCE)
    # What readers bring to Varnish now may have been made of the old.
    edge.read()
    cluster.purges.wait_for(SETTLED)

    assert edge.is_old() == []
    assert edge.read() != edge.before, "nothing changed"
    assert edge.missed & edge.without(tags) == set()
