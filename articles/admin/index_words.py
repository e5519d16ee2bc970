"""Why search engines list a page or not, in words for its editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from wagtail.models import Page

from articles.index_policy import Reason, Standing
from articles.own_copies import likeness_limit

if TYPE_CHECKING:
    from articles.index_policy import Indexing


def standing_words(indexing: Indexing) -> str:
    """What search engines do with the page, as a short sentence."""
    return {
        Standing.OWN: _("Search engines list this page."),
        Standing.HUB: _("Search engines list the owner's page instead of this one."),
        Standing.NOINDEX: _("Search engines do not list this page."),
    }[indexing.standing]


def reason_words(indexing: Indexing) -> str:
    """Why, and what would change it. Names the page that this one is most like."""
    values = {
        "percent": percent(indexing.likeness),
        "limit": percent(likeness_limit()),
        "other": _name_of(indexing.nearest_id),
    }
    return {
        Reason.OWNER: _("This clinic wrote the article, so its page is the one to list."),
        Reason.WRITTEN_HERE: _("The clinic wrote this page itself."),
        Reason.EVERY_PAGE: _("The clinic's facts say that every shared page is listed."),
        Reason.NO_PAGE: _("The clinic's facts say that no shared page is listed."),
        Reason.SHARED_TEXT: _(
            "It is the shared text word for word. Patients who are here find it all the same; "
            "write sections of your own to have it listed."
        ),
        Reason.NOT_COMPARED: _(
            "It was changed here and has not been compared yet: that is done every night."
        ),
        Reason.ALIKE: _(
            "%(percent)s of this page is the text of %(other)s. From %(limit)s on it is kept out, "
            "since the same text twice helps neither; more words of your own have it listed."
        )
        % values,
        Reason.OWN_WORDS: _(
            "Only %(percent)s of this page is the text of %(other)s; below %(limit)s it counts as "
            "a page of its own."
        )
        % values
        if indexing.nearest_id
        else _("No other clinic has a page that is listed with these words."),
        Reason.UNREVIEWED: _(
            "No medical reviewer has reviewed it yet. It is listed once one has, and a page with "
            "exactly that text is published."
        ),
        Reason.OVERDUE: _(
            "Its medical review is long overdue. It is listed again once the page is reviewed."
        ),
    }[indexing.reason]


def percent(share: float) -> str:
    """0.9358 as "94 %"."""
    return _("%(percent)d%%") % {"percent": round(share * 100)}


def _name_of(home_id: int | None) -> str:
    home = Page.objects.filter(pk=home_id).first() if home_id else None
    return home.title if home else _("another clinic")
