from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Polyclinic site"

    def ready(self) -> None:
        from allauth.mfa import signals  # noqa: PLC0415 - models are not there yet

        from cms.sign_in.factors import count_as_used  # noqa: PLC0415 - as above

        import_module("cms.sign_in.checks")
        signals.authenticator_added.connect(count_as_used)
        signals.authenticator_reset.connect(count_as_used)
