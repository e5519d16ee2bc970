from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"
    verbose_name = "Polyclinic site"

    def ready(self) -> None:
        from allauth.mfa import signals  # noqa: PLC0415 - models are not there yet
        from django.db.backends.signals import connection_created  # noqa: PLC0415 - as above

        from clinics.team.lost_factor import (  # noqa: PLC0415 - as above
            SecondFactor,
            register_second_factor,
        )
        from cms.database_wait import give_up_after_a_while  # noqa: PLC0415 - as above
        from cms.sign_in.factors import (  # noqa: PLC0415 - as above
            count_as_used,
            forget_second_factor,
            has_second_factor,
        )

        connection_created.connect(give_up_after_a_while)
        import_module("cms.sign_in.checks")
        register_second_factor(SecondFactor(has_second_factor, forget_second_factor))
        signals.authenticator_added.connect(count_as_used)
        signals.authenticator_reset.connect(count_as_used)
