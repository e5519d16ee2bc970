"""Pages are approved by whoever may publish them, instead of by the members of one group.

Apart from the model's own migration: PostgreSQL changes no table that has just got rows.
"""

from __future__ import annotations

from django.db import migrations

STOCK = "Moderators approval"
OURS = "Approval"


def approve_by_publishers(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    WorkflowTask = apps.get_model("wagtailcore", "WorkflowTask")
    WorkflowPage = apps.get_model("wagtailcore", "WorkflowPage")
    WorkflowState = apps.get_model("wagtailcore", "WorkflowState")
    PublisherApproval = apps.get_model("clinics", "PublisherApproval")

    kind, _created = ContentType.objects.get_or_create(app_label="clinics", model="publisherapproval")
    task = PublisherApproval.objects.create(name=OURS, active=True, content_type=kind)
    workflow = Workflow.objects.create(name=OURS, active=True)
    WorkflowTask.objects.create(workflow=workflow, task_id=task.pk, sort_order=0)
    stock = Workflow.objects.filter(name=STOCK).first()
    if stock is None:
        return
    WorkflowPage.objects.filter(workflow=stock, page__depth=1).update(workflow=workflow)
    in_use = WorkflowPage.objects.filter(workflow=stock).exists()
    is_waiting = WorkflowState.objects.filter(workflow=stock, status="in_progress").exists()
    if not in_use and not is_waiting:
        Workflow.objects.filter(pk=stock.pk).update(active=False)


class Migration(migrations.Migration):
    dependencies = [
        ("clinics", "0009_approval_by_a_publisher"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(approve_by_publishers, migrations.RunPython.noop)]
