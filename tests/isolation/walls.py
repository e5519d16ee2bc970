"""Whom the prober sends, what is foreign to them, and which routes it leaves out, with reasons."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from articles.models import LocalArticlePage, LocalVersionPage
from clinics.choices import Role
from clinics.gate.table import ROUTES
from clinics.models import ClinicPage, LocationPage, Membership
from tests.articles.factories import make_article, make_local_version, make_own_article, text
from tests.factories import World, make_staff
from tests.isolation.prober import Prober
from tests.isolation.probes import Arguments
from tests.isolation.routes import Route, routes_of
from tests.isolation.rows import start_band
from tests.isolation.tenant import ids_of, mark, marks_of, plant_tenant

# A clinic of the same franchise, and one of another.
NEIGHBOUR, STRANGER = 2, 3
BOTH = frozenset({NEIGHBOUR, STRANGER})

# Routes that are not probed. Each needs a reason why nothing of a clinic can come from it.
EXEMPT = {
    "wagtailadmin_logout": "ends the session; shows and changes nothing else",
    "account_logout": "ends the session, as Wagtail's does",
    "wagtailadmin_javascript_catalog": "words of the admin's scripts, the same for everybody",
    "wagtailadmin_sprite": "icons of the admin, the same for everybody",
    "wagtailadmin_error_test": "raises an error on purpose",
    "wagtailadmin_test404": "is always missing",
    "clinics_styles": "made of its address alone; asks no database",
    "clinics_media": "sizes of pictures, whose names nobody can guess (tests/cms/test_images.py)",
}
_ERRORS = {
    # Wagtail's own form fails when its one field is left out; nothing is read or written.
    "wagtailadmin_choose_page_external_link",
}
# The library sees every clinic's name and state and what they offer to it, and names anybody as an
# author, reviews what clinics write, and keeps the pictures of every franchise: that is its work.
_LIBRARY_ROUTES = re.compile(
    r"articles_(offers?|imports?|report_\w+|impact\w*|releases|publish|withdraw|reviews?"
    r"|review_draft|claims)"
    r"|people_chooser:.*"
    r"|gate_(choose_)?pictures?(_results)?"
    r"|wagtailimages(_chooser)?:(add|add_multiple|create|choose_results)"
)
_LIBRARY_SEES = frozenset({"public", "number", "colour", "ids", "exists", "note", "draft", "user"})


@dataclass(frozen=True)
class Visitor:
    """Somebody who asks: how they sign in, and what is foreign to them."""

    sign_in: Callable[[World], Client]
    foreign: frozenset[int] = BOTH
    is_library: bool = False
    gives_404: bool = True


def build(world: World) -> None:
    """Both other clinics, and of the world's own what ids of one's own are needed for."""
    article = make_article("shared", text("what", "What it is"))
    make_own_article(world.hillside)
    make_local_version(article, world.hillside, title_override="Ours")
    make_staff("reviewer", Role.MEDICAL_REVIEWER, world.library)
    make_staff("disabled", Role.CLINIC_PUBLISHER, world.hillside)
    make_staff("moved")
    plant_tenant(NEIGHBOUR, world, article, apart=False)
    plant_tenant(STRANGER, world, article, apart=True)
    start_band(7)


def _as(username: str) -> Callable[[World], Client]:
    def sign_in(world: World) -> Client:
        client = _client()
        client.force_login(get_user_model().objects.get(username=username))
        return client

    return sign_in


def _client() -> Client:
    return Client(HTTP_HOST=settings.ADMIN_HOST, raise_request_exception=False)


def _disabled(world: World) -> Client:
    client = _as("disabled")(world)
    get_user_model().objects.filter(username="disabled").update(is_active=False)
    return client


def _moved(world: World) -> Client:
    """Somebody of the neighbour who works at Hillside since: signed in before, asks afterwards."""
    user = get_user_model().objects.get(username="moved")
    neighbour = ClinicPage.objects.get(slug=mark(NEIGHBOUR, "public"))
    member = Membership.objects.create(
        user=user, role=Role.CLINIC_PUBLISHER, page=neighbour.page_ptr
    )
    client = _as("moved")(world)
    assert client.get(reverse("my_clinic:contact", args=[neighbour.pk])).status_code == 200
    Membership.objects.filter(pk=member.pk).update(page=world.hillside.page_ptr)
    return client


VISITORS = {
    "clinic editor": Visitor(_as("hillside-editor")),
    "clinic publisher": Visitor(_as("hillside-publisher")),
    "franchise admin": Visitor(_as("franchise-admin"), frozenset({STRANGER})),
    "library editor": Visitor(_as("library-editor"), is_library=True),
    "library publisher": Visitor(_as("library-publisher"), is_library=True),
    "medical reviewer": Visitor(_as("reviewer"), is_library=True),
    "outsider": Visitor(_as("outsider")),
    "anonymous": Visitor(lambda world: _client(), gives_404=False),
    "disabled user": Visitor(_disabled, gives_404=False),
    "moved user": Visitor(_moved),
}


def prober_for(name: str, world: World) -> Prober:
    visitor = VISITORS[name]

    def allowed(route: str, kind: str) -> bool:
        if kind.startswith("error"):
            return route in _ERRORS
        return (
            visitor.is_library and kind in _LIBRARY_SEES and bool(_LIBRARY_ROUTES.fullmatch(route))
        )

    return Prober(
        name,
        visitor.sign_in(world),
        visitor.foreign,
        marks_of(*visitor.foreign),
        allowed,
        visitor.gives_404,
    )


def admin_routes() -> list[Route]:
    return [r for r in routes_of("cms.urls") if r.template.startswith("admin/")]


def is_closed(route: Route, visitor: Visitor) -> bool:
    """True for a route that the gate opens for nobody who signs in as this visitor does."""
    return visitor.gives_404 and route.name not in ROUTES


def routes_named(name: str, urlconf: str) -> list[Route]:
    return [route for route in routes_of(urlconf) if route.name == name]


def arguments(world: World) -> Arguments:
    """Texts that routes take beside ids, and ids of Hillside's own for those that take two."""
    own = LocalArticlePage.objects.child_of(_mount(world)).first() or _own_article(world)
    version = LocalVersionPage.objects.get(clinic=world.hillside)
    place = LocationPage.objects.get(slug="uptown")
    ids = {
        "page_id": own.pk,
        "parent_page_id": world.hillside.pk,
        "page_to_move_id": own.pk,
        "destination_id": _mount(world).pk,
        "revision_id": own.latest_revision_id,
        "revision": version.latest_revision_id,
        "clinic_id": world.hillside.pk,
        "article_id": version.article_id,
        "location_id": place.pk,
        "pk": version.pk,
        "page_pk": own.pk,
        "release": 1,
    }
    return Arguments(texts=list(_texts()), own=ids, search="zq")


def _mount(world: World) -> Page:
    return _own_article(world).get_parent()


def _own_article(world: World) -> LocalArticlePage:
    return LocalArticlePage.objects.descendant_of(world.hillside).get()


def _texts() -> Iterable[dict[str, str]]:
    for label in ("wagtailcore.page", "cms.clinicimage", "wagtaildocs.document", "clinics.person"):
        app, model = label.split(".")
        actions = {"wagtailcore.page": ("delete", "move", "publish", "unpublish")}
        for action in actions.get(label, ("delete", "add_tags", "add_to_collection")):
            yield {"app_label": app, "model_name": model, "action": action}
        yield {"app_name": app, "model_name": model}
    for model in ("clinicpage", "localpage", "locationpage"):
        names = ("content_type_app_name", "app_label"), ("content_type_model_name", "model_name")
        yield {names[0][0]: "clinics", names[1][0]: model}
    yield {"app_label": "clinics", "model_name": "localpage"}
    for shape in ("csv", "xlsx", "google"):
        yield {"shape": shape}
    yield {"app_name": "taggit", "model_name": "tag"}
    for action in ("delete", "publish", "copy", "move", "unpublish"):
        yield {"action_name": action}
    for act in ("hide", "show", "accept", "customise"):
        yield {"act": act}
    yield {"which": "before"}
    yield {"target": "what"}
    yield {"override": "what"}
    yield {"filter_spec": "max-165x165"}
    yield {"uidb64": "MjAwMDAwMQ", "token": "set-password"}
    yield {"uidb36": "16v81", "key": "set-password"}
    yield {"revision_id_a": "live", "revision_id_b": "latest"}


def foreign_ids(numbers: Iterable[int]) -> list[int]:
    """The id that every table has, and one page of each kind that routes ask for.

    Of a second tenant, whose rows are of the same kinds, only that id and its home page.
    """
    found: list[int] = []
    for place, number in enumerate(sorted(numbers)):
        ids = ids_of(number)
        kinds = ("base", "clinicpage", "locationpage", "localversionpage", "localarticlepage")
        found += [ids[kind][0] for kind in (kinds if not place else kinds[:2])]
    return list(dict.fromkeys(found))
