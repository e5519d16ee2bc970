"""Digests of the sources of Wagtail that `patches` and `listings` were written against."""

from __future__ import annotations

KNOWN_SOURCES: dict[str, str] = {
    "Page._get_relevant_site_root_paths": "5fa0944fdee2eeb15bfe1e0243c44ce7",
    "Page._get_site_root_paths": "ca9efde7ab98c4ce0fdfb250ffae2ead",
    "Page.get_url_parts": "be4f52b3a4585295132b8051bdde13bb",
    "Page.get_url": "c5ab8ff7e1eb617bfff588bede5b50a6",
    "Page.save": "2864352d83dbd742df23d2bd97cec9b0",
    "Site.get_site_root_paths": "166eac326fa05dcea7bf822154f60a4a",
    "Site.clear_site_root_paths_cache": "657c7e142a4c238db102d2d670a4bb2c",
    "Site.root_url": "f8f1f29e909629bda5cc937db2539aae",
    "PageFilterSet": "539caab5f3da2d485af55dc00c48d503",
    "GenericPageFilterSet": "c852c9219432ba9d6b940fb1b5ae1c07",
    "PageTypesUsageReportFilterSet": "1ead13813bd25f658f55dba09ce86be7",
    "PageTypesUsageReportView": "cd6bc136e18975bb26887a75ae113459",
}
