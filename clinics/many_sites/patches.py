"""What is replaced in Wagtail so that no request goes through all sites: functions in, none out.

`apply` is called once, when the apps are ready; `clinics.many_sites.checks` says when Wagtail has
changed one of the functions that stand in `PATCHED`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from wagtail.models import Site
from wagtail.models.pages import AbstractPage
from wagtail.signals import page_slug_changed, post_page_move

from clinics.many_sites import index

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.models import Page

# As they are in Wagtail: read before `apply` puts others in their place.
PATCHED: dict[str, Callable[..., Any]] = {
    "Page._get_relevant_site_root_paths": AbstractPage._get_relevant_site_root_paths,
    "Page._get_site_root_paths": AbstractPage._get_site_root_paths,
    "Page.get_url_parts": AbstractPage.get_url_parts,
    "Page.get_url": AbstractPage.get_url,
    "Page.save": AbstractPage.save,
    "Site.get_site_root_paths": Site.get_site_root_paths,
    "Site.clear_site_root_paths_cache": Site.clear_site_root_paths_cache,
    "Site.root_url": Site.root_url.fget,
}
# What a site's root path is made of, besides the path of its page.
_WRITTEN = ("hostname", "port", "root_page_id", "is_default_site")
_is_held_back: ContextVar[bool] = ContextVar("clinics_clearing_is_held_back", default=False)


def apply() -> None:
    """Put ours in place of Wagtail's. Does nothing the second time."""
    if AbstractPage.get_url is _get_url:
        return
    AbstractPage._get_relevant_site_root_paths = _get_relevant_site_root_paths
    AbstractPage.get_url = _get_url
    AbstractPage.url = property(_get_url)
    AbstractPage.save = _save_page
    Site.save = _save_site
    Site.clear_site_root_paths_cache = staticmethod(_clear)
    page_slug_changed.connect(_forget_below, dispatch_uid="clinics_many_sites")
    post_page_move.connect(_forget_below, dispatch_uid="clinics_many_sites")


def _get_relevant_site_root_paths(self: Page, cache_object: Any = None) -> tuple[Any, ...]:
    return index.root_paths_above(self, cache_object)


def _get_url(
    self: Page, request: HttpRequest | None = None, current_site: Site | None = None
) -> str | None:
    """Wagtail's own, which goes through the list of sites only to know whether there is one."""
    if current_site is None and request is not None:
        current_site = Site.find_for_request(request)
    parts = self.get_url_parts(request=request)
    if parts is None or (parts[1] is None and parts[2] is None):
        return None
    site_id, root_url, path = parts
    is_here = current_site is not None and site_id == current_site.id
    if is_here or index.number_of_sites(self, request) == 1:
        return path
    return root_url + path


def _clear() -> None:
    """Wagtail calls it whenever a site or its home page is saved at all."""
    if not _is_held_back.get():
        index.forget_when_committed()
        PATCHED["Site.clear_site_root_paths_cache"]()


def _save_page(self: Page, *args: Any, **kwargs: Any) -> Any:
    """Sites are read anew when the page has another path than before, not at every autosave."""
    with _holding_back():
        result = PATCHED["Page.save"](self, *args, **kwargs)
    if not index.is_root_path(self.url_path) and self.is_site_root():
        Site.clear_site_root_paths_cache()
    return result


def _save_site(self: Site, *args: Any, **kwargs: Any) -> None:
    before = _written(self)
    with _holding_back():
        super(Site, self).save(*args, **kwargs)
    if before != _written(self):
        Site.clear_site_root_paths_cache()


def _written(site: Site) -> Any:
    return Site._base_manager.filter(pk=site.pk).values_list(*_WRITTEN).first()


def _forget_below(instance: Page, **_kwargs: Any) -> None:
    """The paths of all homes below a page that was moved or renamed are other ones now."""
    if Site.objects.filter(root_page__path__startswith=instance.path).exists():
        Site.clear_site_root_paths_cache()


@contextmanager
def _holding_back() -> Iterator[None]:
    token = _is_held_back.set(True)
    try:
        yield
    finally:
        _is_held_back.reset(token)
