"""What the editor of a page shows of its words: claims, and how hard they are to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.claim_standing import Standing
    from articles.readability import Readability


class ClaimCheckedMixin:
    """Pages whose words are checked: the side panel of checks asks each page for both."""

    is_claim_checked = True

    @property
    def claims(self) -> list[Standing]:
        """What is found in this draft, the strongest first; nothing before the first save."""
        from articles.claim_standing import standing_of  # noqa: PLC0415 - thin method

        return standing_of(self) if getattr(self, "pk", None) else []

    @property
    def readability(self) -> Readability | None:
        """How hard this draft is to read (T-12); None before the first save."""
        from articles.reading_level import readability_of  # noqa: PLC0415 - thin method

        return readability_of(self) if getattr(self, "pk", None) else None
