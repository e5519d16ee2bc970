from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings


class ClinicsConfig(AppConfig):
    name = "clinics"
    label = "clinics"
    verbose_name = "Clinics"

    def ready(self) -> None:
        from django.db.models.signals import (  # noqa: PLC0415 - models are not there yet
            post_delete,
            post_migrate,
            post_save,
            pre_save,
        )
        from wagtail.images import get_image_model  # noqa: PLC0415 - nor is this one
        from wagtail.models import TaskState  # noqa: PLC0415 - models are not there yet
        from wagtail.signals import task_submitted  # noqa: PLC0415 - as above

        import_module("clinics.checks")
        import_module("clinics.many_sites.checks")
        import_module("clinics.compliance.checks")
        import_module("clinics.today_items")
        import_module("clinics.compliance.today")
        import_module("clinics.today_bulk")
        from clinics.approving import ApprovalNotifier  # noqa: PLC0415 - models come first
        from clinics.edge.purging import queueing  # noqa: PLC0415 - models come first
        from clinics.edge.purging.nodes import edge_nodes  # noqa: PLC0415 - as the others
        from clinics.edge.rules import register  # noqa: PLC0415 - as above
        from clinics.models import Membership, PurgeOutbox  # noqa: PLC0415 - as above
        from clinics.picture_sizes import make_sizes_after_save  # noqa: PLC0415 - it needs it
        from clinics.roles.way_in import close_way_in, open_way_in  # noqa: PLC0415 - so does it

        if settings.CLINICS_MANY_SITES:
            from clinics.many_sites import listings, patches, tree_index  # noqa: PLC0415 - as above

            post_migrate.connect(tree_index.index_tree, sender=self)
            patches.apply()
            listings.apply()
        task_submitted.connect(
            ApprovalNotifier(), sender=TaskState, weak=False, dispatch_uid="clinics_approval"
        )
        post_save.connect(make_sizes_after_save, sender=get_image_model())
        post_save.connect(open_way_in, sender=Membership)
        post_delete.connect(close_way_in, sender=Membership)
        register()
        # A setting that is wrong stops the start, not the first change afterwards.
        edge_nodes()
        pre_save.connect(queueing.close_without_nodes, sender=PurgeOutbox)
        post_save.connect(queueing.deliver_on_commit, sender=PurgeOutbox)
