"""Pages of the second factor: one's own, behind a fresh proof; and how it is forgotten."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from cms.sign_in import checks
from cms.sign_in.factors import FORGOTTEN, forget_second_factor
from cms.sign_in.sealing import seal, unseal
from tests.cms.sign_in.conftest import code_of, give_app
from tests.factories import World


def passkey_of(user: Any, name: str) -> Authenticator:
    """A row as the browser's answer makes it, without a key that works."""
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=user, type="webauthn", data=data)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """An hour later: what was proved at signing in is not fresh any more."""

    def pass_by() -> None:
        now = time.time
        monkeypatch.setattr("cms.sign_in.adapter.time.time", lambda: now() + 3600)

    return pass_by


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_passkey_of_another_clinics_editor_is_not_there(
    world: World, signed_in: Any, editor: Any, name: str, method: str
) -> None:
    foreign = passkey_of(world.harbour_publisher, "Harbour's laptop")
    own = passkey_of(editor, "Mine")
    client = signed_in(give_app(editor))
    assert client.get(reverse(name, args=[own.pk])).status_code == 200

    answer = getattr(client, method)(reverse(name, args=[foreign.pk]), {"name": "Taken"})
    missing = getattr(client, method)(reverse(name, args=[987654]), {"name": "Taken"})

    assert (answer.status_code, missing.status_code) == (404, 404)
    assert b"Harbour" not in answer.content
    foreign.refresh_from_db()
    assert foreign.data["name"] == "Harbour's laptop"


def test_passkey_is_renamed_and_removed(signed_in: Any, editor: Any) -> None:
    own = passkey_of(editor, "Mine")
    client = signed_in(give_app(editor))

    client.post(reverse("mfa_edit_webauthn", args=[own.pk]), {"name": "Work laptop"})
    own.refresh_from_db()
    assert own.data["name"] == "Work laptop"
    client.post(reverse("mfa_remove_webauthn", args=[own.pk]))
    assert not Authenticator.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize(
    "name",
    [
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
    ],
)
def test_change_of_a_factor_needs_a_fresh_proof_by_it(
    signed_in: Any, editor: Any, later: Callable[[], None], name: str
) -> None:
    secret = give_app(editor)
    client = signed_in(secret)
    assert client.get(reverse(name)).status_code == 200

    later()

    answer = client.get(reverse(name))
    assert answer.url.partition("?")[0] == reverse("mfa_reauthenticate")
    page = client.get(answer.url).content.decode()
    assert "Use your password instead" not in page


def test_whoever_has_no_factor_types_the_password_before_the_first(
    signed_in: Any, later: Callable[[], None]
) -> None:
    client = signed_in()
    assert client.get(reverse("mfa_activate_totp")).status_code == 200

    later()

    answer = client.get(reverse("mfa_activate_totp"))
    assert answer.url.partition("?")[0] == reverse("account_reauthenticate")
    assert client.get(answer.url).status_code == 200


def test_codes_are_downloaded_as_text(signed_in: Any, editor: Any) -> None:
    client = signed_in(give_app(editor))
    codes = editor.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()

    answer = client.get(reverse("mfa_download_recovery_codes"))

    assert answer["Content-Type"].startswith("text/plain")
    assert set(codes) <= set(answer.content.decode().split())


def test_user_hears_of_a_new_factor_by_mail(
    signed_in: Any, editor: Any, mailoutbox: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = signed_in()
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})

    (sent,) = mailoutbox
    assert sent.to == [editor.email]
    assert "An authenticator app was added" in sent.body


def test_account_screen_says_what_there_is(signed_in: Any, editor: Any) -> None:
    client = signed_in()
    account = reverse("wagtailadmin_account")
    assert "None is set up" in client.get(account).content.decode()

    give_app(editor)
    passkey_of(editor, "Mine")

    page = client.get(account).content.decode()
    assert "An authenticator app is set up." in page
    assert "1 passkey is set up." in page
    assert reverse("mfa_index") in page


# Forgetting


def test_forgetting_takes_everything_and_is_logged(world: World, editor: Any) -> None:
    give_app(editor)
    passkey_of(editor, "Mine")
    give_app(world.harbour_publisher)

    assert forget_second_factor(editor, by=world.superuser)

    assert not Authenticator.objects.filter(user=editor).exists()
    assert Authenticator.objects.filter(user=world.harbour_publisher).count() == 2
    entry = ModelLogEntry.objects.get(action=FORGOTTEN)
    assert (entry.object_id, entry.user) == (str(editor.pk), world.superuser)


def test_there_is_nothing_to_forget_without_a_factor(editor: Any) -> None:
    assert not forget_second_factor(editor)
    assert not ModelLogEntry.objects.filter(action=FORGOTTEN).exists()


def test_command_resets_one_account(world: World, editor: Any) -> None:
    give_app(editor)
    said = StringIO()

    call_command("reset_second_factor", editor.username, stdout=said)
    call_command("reset_second_factor", editor.username, stdout=said)

    assert not Authenticator.objects.filter(user=editor).exists()
    assert said.getvalue().splitlines() == [
        "hillside-editor sets up a new second factor at the next sign-in.",
        "hillside-editor has no second factor: nothing to do.",
    ]
    with pytest.raises(CommandError, match="There is no account “nobody”"):
        call_command("reset_second_factor", "nobody")


# Secrets


def test_secret_is_opened_by_the_key_that_sealed_it_and_by_no_other(settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = []
    sealed = seal("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DP" not in sealed
    assert unseal(sealed) == "JBSWY3DPEHPK3PXP"

    old, settings.SECRET_KEY = settings.SECRET_KEY, "another" * 9
    assert unseal(sealed) != "JBSWY3DPEHPK3PXP"
    assert unseal(sealed) != unseal(sealed), "no code matches it twice"

    settings.SECRET_KEY_FALLBACKS = [old]
    assert unseal(sealed) == "JBSWY3DPEHPK3PXP"


# Checks


def test_production_without_a_second_factor_is_told(settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    assert checks.check_second_factor() == []

    settings.SECOND_FACTOR_REQUIRED = False
    (found,) = checks.check_second_factor()
    assert (found.id, found.level) == ("cms.E001", 40)


def test_site_without_the_middleware_is_told(settings: Any) -> None:
    assert checks.check_middleware() == []

    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "SignedIn" not in name]
    (found,) = checks.check_middleware()
    assert found.id == "cms.E002"
