from __future__ import annotations

from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    label = "articles"
    verbose_name = "Articles"

    def ready(self) -> None:
        from articles.claim_check import check_now, start_check  # noqa: PLC0415 - models come first
        from articles.closing import articles_of_closing  # noqa: PLC0415 - models come first
        from articles.expiring_today import (  # noqa: PLC0415 - models come first
            has_nothing_out_of_date,
        )
        from articles.figures import FIGURES  # noqa: PLC0415 - models come first
        from articles.founding import has_articles, show_library  # noqa: PLC0415 - models come first
        from articles.launch_checks import has_no_claims, has_reviews  # noqa: PLC0415 - as above
        from articles.number_places import article_pages  # noqa: PLC0415 - as above
        from articles.renaming import name_local_versions  # noqa: PLC0415 - as above
        from articles.touching import register  # noqa: PLC0415 - as above
        from clinics.consequences import (  # noqa: PLC0415 - as above
            AFTER_RENAMING,
            WHEN_A_CLINIC_CLOSES,
        )
        from clinics.edge.page_key import read_by_views  # noqa: PLC0415 - as above
        from clinics.founding import AFTER_FOUNDING  # noqa: PLC0415 - as above
        from clinics.launching import PREPARATIONS, register_check  # noqa: PLC0415 - as above
        from clinics.numbers.pages import register_pages  # noqa: PLC0415 - as above
        from clinics.tokens import register_family  # noqa: PLC0415 - as above

        AFTER_FOUNDING += [show_library, start_check]
        PREPARATIONS.append(check_now)
        register_check(has_articles)
        register_check(has_nothing_out_of_date)
        register_check(has_no_claims)
        register_check(has_reviews)
        WHEN_A_CLINIC_CLOSES.append(articles_of_closing)
        AFTER_RENAMING.append(name_local_versions)
        register_pages(article_pages)
        register_family(FIGURES)
        register()
        read_by_views("q")
