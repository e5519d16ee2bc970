"""The policies of pictures and of documents: memberships, by the clinic's own collection."""

from __future__ import annotations

from wagtail.documents import get_document_model_string
from wagtail.images import get_image_model_string

from clinics.roles.policy import MembershipCollectionPolicy


def _policy(model: str, auth_model: str) -> MembershipCollectionPolicy:
    policy = MembershipCollectionPolicy(
        model, auth_model=auth_model, owner_field_name="uploaded_by_user"
    )
    # Wagtail keeps a user's rows under one name for every kind of file. Ours are made for one kind:
    # under a shared name, whoever asks about documents first has no right to any picture.
    policy.permission_cache_name = f"_permissions_of_{auth_model.lower().replace('.', '_')}"
    return policy


image_policy = _policy(get_image_model_string(), "wagtailimages.Image")
document_policy = _policy(get_document_model_string(), "wagtaildocs.Document")
