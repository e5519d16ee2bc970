"""What the editor of a page shows of the claim checker."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from articles.claim_standing import Standing


class ClaimCheckedMixin:
    """Pages whose words are checked: the side panel of checks asks each page for its claims."""

    is_claim_checked = True

    @property
    def claims(self) -> list[Standing]:
        """What is found in this draft, the strongest first; nothing before the first save."""
        from articles.claim_standing import standing_of  # noqa: PLC0415 - thin method

        return standing_of(self) if getattr(self, "pk", None) else []
