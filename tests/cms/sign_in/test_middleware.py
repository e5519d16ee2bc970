"""Sessions end when rights end, at the next request; a second factor comes before everything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinics.choices import Role
from clinics.inviting import NewMember, invite, welcome_url
from clinics.models import Membership
from cms.sign_in.factors import forget_second_factor
from tests.cms.sign_in.conftest import PASSWORD, code_of, give_app, is_signed_in, sign_in
from tests.factories import World

# Wagtail's, ours, the second factor's, an API, and what a script asks for.
EVERYWHERE = (
    "/admin/",
    "/admin/pages/",
    "/admin/account/",
    "/admin/my-clinic/",
    "/admin/my-articles/",
    "/admin/api/main/pages/",
    "/admin/second-factor/",
    "/admin/second-factor/app/",
    "/admin/second-factor/app/remove/",
    "/admin/second-factor/passkeys/",
    "/admin/second-factor/passkeys/add/",
    "/admin/second-factor/codes/",
    "/admin/second-factor/codes/new/",
    "/admin/second-factor/codes/download/",
    "/admin/second-factor/confirm/",
)


def led(client: Client, path: str, method: str = "get") -> str:
    """Where a request is led to; its status where it is not."""
    answer = getattr(client, method)(path)
    return answer.url.partition("?")[0] if answer.status_code == 302 else str(answer.status_code)


def deactivated(user: Any) -> None:
    type(user).objects.filter(pk=user.pk).update(is_active=False)


def without_role(user: Any) -> None:
    Membership.objects.filter(user=user).delete()


def with_another_password(user: Any) -> None:
    user.set_password("another phrase 72")
    user.save()


def without_factor(user: Any) -> None:
    assert forget_second_factor(user)


# Rights end


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("end", [deactivated, without_role, with_another_password])
@pytest.mark.parametrize("required", [True, False])
def test_session_ends_with_the_right(
    signed_in: Any,
    editor: Any,
    settings: Any,
    path: str,
    end: Callable[[Any], None],
    required: bool,
) -> None:
    client = signed_in(give_app(editor))
    settings.SECOND_FACTOR_REQUIRED = required
    assert client.get("/admin/").status_code == 200

    end(editor)

    assert led(client, path) == reverse("account_login")
    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("end", [deactivated, without_role])
def test_writing_ends_with_the_right(signed_in: Any, editor: Any, end: Any) -> None:
    secret = give_app(editor)
    client = signed_in(secret)
    factors = Authenticator.objects.filter(user=editor)
    before = set(factors.values_list("pk", flat=True))

    end(editor)
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "wagtailadmin_account"):
        client.post(reverse(name))

    assert set(factors.values_list("pk", flat=True)) == before


def test_whoever_lost_the_last_role_is_told_and_may_not_come_back(
    signed_in: Any, editor: Any
) -> None:
    client = signed_in()
    without_role(editor)

    page = client.get("/admin/", follow=True).content.decode()
    assert "Your account has no role any more." in page
    assert not is_signed_in(client)
    sign_in(client, editor.username)
    assert led(client, "/admin/") == reverse("account_login")
    assert not is_signed_in(client)


def test_role_beside_the_lost_one_keeps_the_session(
    world: World, signed_in: Any, editor: Any
) -> None:
    Membership.objects.create(user=editor, role=Role.LIBRARY_EDITOR, page=world.library.page_ptr)
    client = signed_in()

    Membership.objects.filter(user=editor, role=Role.CLINIC_EDITOR).delete()

    assert client.get("/admin/").status_code == 200


def test_role_that_is_given_again_opens_the_admin_again(
    world: World, browser: Client, editor: Any
) -> None:
    without_role(editor)
    Membership.objects.create(user=editor, role=Role.CLINIC_EDITOR, page=world.hillside.page_ptr)

    sign_in(browser, editor.username)

    assert browser.get("/admin/").status_code == 200


def test_script_of_a_page_is_refused_without_a_redirect(signed_in: Any, editor: Any) -> None:
    client = signed_in()
    without_role(editor)

    answer = client.get("/admin/", headers={"x-requested-with": "XMLHttpRequest"})

    assert answer.status_code == 403


def test_change_of_the_password_ends_other_sessions_only(signed_in: Any, editor: Any) -> None:
    mine = signed_in()
    other = Client(HTTP_HOST=settings.ADMIN_HOST)
    sign_in(other, editor.username)
    typed = {
        "name_email-first_name": "Ed",
        "name_email-last_name": "Itor",
        "locale-preferred_language": "",
        "locale-current_time_zone": "",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "password-old_password": PASSWORD,
        "password-new_password1": "another phrase 72",
        "password-new_password2": "another phrase 72",
    }

    mine.post(reverse("wagtailadmin_account"), typed)

    editor.refresh_from_db()
    assert editor.check_password("another phrase 72")
    assert mine.get("/admin/").status_code == 200
    assert led(other, "/admin/") == reverse("account_login")


# A second factor before all


@pytest.mark.parametrize("path", EVERYWHERE)
@pytest.mark.parametrize("who", ["editor", "superuser"])
def test_nothing_answers_before_a_factor_is_set_up(
    factor_required: None, world: World, browser: Client, editor: Any, path: str, who: str
) -> None:
    user = editor if who == "editor" else world.superuser
    user.set_password(PASSWORD)
    user.save()
    sign_in(browser, user.username)

    # The page itself, and the two ways to set one up.
    expected = "200" if path in _SETTING_UP else "/admin/second-factor/"
    assert led(browser, path) == expected


_SETTING_UP = (
    "/admin/second-factor/",
    "/admin/second-factor/app/",
    "/admin/second-factor/passkeys/add/",
)


def test_set_up_leads_through_the_codes_to_the_admin(
    factor_required: None, signed_in: Any, editor: Any, commits_at_once: None
) -> None:
    client = signed_in()
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert "data:image/svg+xml;base64," in page.content.decode()
    assert secret in page.content.decode()

    answer = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    assert answer.url == reverse("mfa_view_recovery_codes")
    assert len(client.get(answer.url).context["unused_codes"]) == 10
    assert client.get("/admin/").status_code == 200
    stored = str(Authenticator.objects.get(user=editor, type="totp").data)
    assert secret not in stored


def test_session_from_before_the_factor_has_to_prove_it(
    factor_required: None, signed_in: Any, editor: Any
) -> None:
    client = signed_in()
    secret = give_app(editor)
    confirm = reverse("mfa_reauthenticate")

    for path in EVERYWHERE:
        assert led(client, path) == ("200" if path == confirm else confirm), path
    # The password alone proves nothing, nor does it lead to a page that takes the factor away.
    assert led(client, reverse("account_reauthenticate"), "post") == confirm
    assert led(client, reverse("mfa_deactivate_totp"), "post") == confirm
    assert Authenticator.objects.filter(user=editor, type="totp").exists()

    answer = client.post(f"{confirm}?next=/admin/account/", {"code": code_of(secret)})

    assert answer.url == "/admin/account/"
    assert client.get("/admin/").status_code == 200


def test_signed_in_by_other_means_has_to_prove_it_too(
    factor_required: None, client_for: Callable[[Any], Client], editor: Any
) -> None:
    give_app(editor)

    assert led(client_for(editor), "/admin/pages/") == reverse("mfa_reauthenticate")


def test_new_recovery_codes_do_not_shut_out_whoever_came_in_by_one(
    factor_required: None, browser: Client, editor: Any, commits_at_once: None
) -> None:
    give_app(editor)
    code = editor.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    sign_in(browser, editor.username)
    browser.post(reverse("mfa_authenticate"), {"code": code})

    answer = browser.post(reverse("mfa_generate_recovery_codes"))

    assert code not in browser.get(answer.url).context["unused_codes"]
    assert browser.get("/admin/").status_code == 200


def test_whoever_takes_the_last_factor_away_signs_in_again(
    factor_required: None, signed_in: Any, editor: Any
) -> None:
    client = signed_in(give_app(editor))

    client.post(reverse("mfa_deactivate_totp"))

    page = client.get("/admin/", follow=True).content.decode()
    assert "Sign in again to set up another one." in page
    assert not is_signed_in(client)


def test_factor_of_one_account_proves_nothing_for_another(
    factor_required: None, world: World, signed_in: Any, editor: Any
) -> None:
    client = signed_in(give_app(editor))
    give_app(world.harbour_publisher)

    client.force_login(world.harbour_publisher)

    assert led(client, "/admin/pages/") == reverse("mfa_reauthenticate")


@pytest.mark.parametrize("required", [True, False])
def test_middleware_asks_one_question_and_none_where_no_factor_is_required(
    signed_in: Any, editor: Any, settings: Any, required: bool
) -> None:
    client = signed_in(give_app(editor))
    everything = settings.MIDDLEWARE
    settings.SECOND_FACTOR_REQUIRED = required
    numbers = []
    for middleware in (everything, [name for name in everything if "SignedIn" not in name]):
        settings.MIDDLEWARE = middleware
        again = Client(HTTP_HOST=settings.ADMIN_HOST)
        again.cookies = client.cookies
        again.get("/admin/account/")
        with CaptureQueriesContext(connection) as asked:
            assert again.get("/admin/account/").status_code == 200
        numbers.append(len(asked))

    with_it, without_it = numbers
    assert with_it - without_it == (1 if required else 0)


def test_sprite_and_words_ask_nothing(signed_in: Any, settings: Any) -> None:
    client = signed_in()
    settings.SECOND_FACTOR_REQUIRED = True

    assert client.get(reverse("wagtailadmin_javascript_catalog")).status_code == 200
    assert client.get(reverse("wagtailadmin_sprite")).status_code == 200


# Forgetting


def test_forgotten_factor_ends_every_session_that_used_it(
    factor_required: None, signed_in: Any, editor: Any, mailoutbox: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    client = signed_in(give_app(editor))

    with django_capture_on_commit_callbacks(execute=True):
        without_factor(editor)

    assert led(client, "/admin/pages/") == reverse("account_login")
    assert not is_signed_in(client)
    assert not Authenticator.objects.filter(user=editor).exists()
    assert [(sent.to, "was reset" in sent.body) for sent in mailoutbox] == [([editor.email], True)]
    sign_in(client, editor.username)
    assert led(client, "/admin/") == "/admin/second-factor/"


def test_invited_person_is_led_from_the_link_to_the_set_up(
    factor_required: None, world: World, browser: Client
) -> None:
    invitation = invite(
        NewMember("ann@example.com", Role.CLINIC_EDITOR, "Ann"), world.hillside, by=None
    )
    path = invitation.url.partition("/admin/")[2]
    form = browser.get(f"/admin/{path}", follow=True)

    answer = browser.post(
        form.request["PATH_INFO"],
        {"new_password1": PASSWORD, "new_password2": PASSWORD},
        follow=True,
    )

    assert answer.request["PATH_INFO"] == "/admin/second-factor/"
    # Having just chosen a password, nobody types it once more.
    assert browser.get(reverse("mfa_activate_totp")).status_code == 200


def test_link_of_an_invitation_does_not_replace_the_second_factor(
    browser: Client, editor: Any
) -> None:
    secret = give_app(editor)
    path = welcome_url(editor).partition("/admin/")[2]
    form = browser.get(f"/admin/{path}", follow=True)

    answer = browser.post(
        form.request["PATH_INFO"], {"new_password1": PASSWORD, "new_password2": PASSWORD}
    )

    assert answer.url == reverse("mfa_authenticate")
    assert not is_signed_in(browser)
    browser.post(answer.url, {"code": code_of(secret)})
    assert is_signed_in(browser)
