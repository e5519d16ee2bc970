from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    name = "clinics"
    label = "clinics"
    verbose_name = "Clinics"

    def ready(self) -> None:
        from django.db.models.signals import post_save  # noqa: PLC0415 - models are not there yet
        from wagtail.images import get_image_model  # noqa: PLC0415 - nor is this one

        import_module("clinics.checks")
        from clinics.picture_sizes import make_sizes_after_save  # noqa: PLC0415 - it needs it

        post_save.connect(make_sizes_after_save, sender=get_image_model())
