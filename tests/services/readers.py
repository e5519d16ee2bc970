"""Patients who read the same pages at Varnish again and again, while content changes."""

from __future__ import annotations

from tests.freshness.admin import Shown
from tests.freshness.site import FEW, Address, digest
from tests.services.cluster import WEB, Cluster
from tests.services.programs import Answer, eventually, frozen

# Of one article: each gives it other words.
OF_TEXT = ("publish of text", "publish of a safety change")
ARTICLE = ("harbour.test", "/conditions/fibromyalgia/")


class Readers:
    """`missed` are the pages that Varnish did not have."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.missed: set[Address] = set()
        self.changed = {"g"}
        self.tags = {at: {"g"} for at in FEW}
        self.put_back()

    def put_back(self) -> None:
        """Every page, of the content that there was at first, at both nodes and at Varnish.

        What no change has touched since is there still.
        """
        stale = self.of(self.changed)
        if stale:
            self.cluster.put_back(self.changed, stale[0])
        for at in stale:
            self.tags[at] = self._tags(at)
        self.read()
        self.missed.clear()
        self.changed = set()
        self.before = self.read()
        assert self.missed == set(), "is not kept"

    def change(self, name: str) -> None:
        self.changed |= self.cluster.admin.change(name)

    def read(self) -> dict[Address, Shown]:
        return {at: self.get(at) for at in FEW}

    def get(self, at: Address) -> Shown:
        answer = self.cluster.ask_edge(*at)
        if not answer.headers["cache-status"].startswith("edge; hit"):
            self.missed.add(at)
        return shown(answer)

    def of(self, tags: set[str]) -> list[Address]:
        """Pages that these tags touch."""
        return [at for at in FEW if not tags.isdisjoint(self.tags[at])]

    def old_pages(self) -> list[Address]:
        """What is not as it would be if it were made now.

        That pages that are not touched stay the same is shown in tests/freshness/test_changes.py.
        """
        touched, now = self.of(self.changed), dict(self.before)
        now |= self.cluster.admin.pages_now(touched)
        wrong = [at for at in FEW if self.get(at) != now[at]]
        # Unless it is the hour that has changed.
        now |= self.cluster.admin.pages_now(wrong)
        return [at for at in wrong if self.get(at) != now[at]]

    def leave_an_old_page(self) -> Shown:
        """What Varnish shows at ARTICLE, which is not so any more: somebody reads after a purge,
        and before the node has heard of the change, which may be a second later.
        """
        for name in OF_TEXT * 5:
            for node in WEB:
                eventually(lambda node=node: self._keeps(node), f"{node} keeps the page")
            old = self.get(ARTICLE)
            with frozen(*self.cluster.databases.primary.backends("polyclinic_web")):
                self.change(name)
                self.cluster.drop(" ".join(self.changed))
                if self.get(ARTICLE) == old:
                    return old
        raise AssertionError("no reader was fast enough")

    def _keeps(self, node: str) -> bool:
        said = self.cluster.ask_node(node, *ARTICLE).headers.get("cache-status", "")
        return said == "Polyclinic; hit"

    def _tags(self, at: Address) -> set[str]:
        """As both nodes say them; each has made the page then."""
        answers = [self.cluster.ask_node(name, *at) for name in WEB]
        assert {answer.status for answer in answers} == {200}
        return {tag for answer in answers for tag in answer.headers["surrogate-key"].split()}


def shown(answer: Answer) -> Shown:
    return answer.status, digest(answer.body)
