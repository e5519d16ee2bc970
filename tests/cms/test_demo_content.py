"""The demo's content files, read as data without a database: whole, honest in form, our own words.

Meaning stays with the medical reviewers. These tests hold what a machine can see (W-05, L-02, L-09,
C-01, T-07, T-09, B-10) and that no sentence comes from the scraped input.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from clinics.alt_text import alt_problems

Section = dict[str, Any]
Article = dict[str, Any]

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "cms" / "demo" / "content"
SEEDS = ROOT.parent / "shared" / "seeds"

CLINICS = {"dallas", "delray-beach", "kairos"}
LIBRARY_SLUGS = {
    "fibromyalgia",
    "migraine",
    "complex-regional-pain-syndrome",
    "neuropathic-pain",
    "treatment-resistant-depression",
    "post-traumatic-stress-disorder",
    "ketamine-infusion",
    "nerve-blocks",
    "pain-management-consultation",
    "your-first-visit",
    "how-to-prepare-for-an-infusion",
    "understanding-off-label-treatment",
}
IMAGE_KEYS = LIBRARY_SLUGS | {
    "pain-signals",
    "headache-diary",
    "infusion-room",
    "first-visit-folder",
    "dallas-fibromyalgia",
    "kairos-infusion",
    "parking-and-arriving",
    "two-offices-map",
    "visiting-from-out-of-town",
    "travel-plan",
    "two-visits",
}
TOKENS = {"name", "city", "state", "service_areas", "locations", "infusion_minutes"}
TOKEN_VALUES = {
    "dallas": {"city": "Dallas", "service_areas": "Dallas, Plano and Richardson"},
    "delray-beach": {
        "city": "Delray Beach",
        "service_areas": "Delray Beach, Boynton Beach and Boca Raton",
    },
    "kairos": {"city": "Baltimore", "service_areas": "Baltimore, Towson and Columbia"},
}
SOURCE_KINDS = {
    "guideline",
    "label",
    "human controlled study",
    "review",
    "public health agency",
    "other",
}

PLACEMENT = {"key", "type", "role", "locked", "clinics_only"}
FIELDS = {
    "text": {"heading", "level", "text"},
    "list": {"heading", "level", "intro", "kind", "items"},
    "question": {"question", "answer"},
    "image": {"image", "decorative", "caption"},
    "quote": {"quote", "attribution"},
    "callout": {"tone", "heading", "text"},
    "figures": {"heading", "figures"},
    "risks": {"heading", "intro", "items", "seek_help"},
    "statement": {"statement"},
    "sources": {"heading", "sources"},
    "cta": {"action", "heading", "message"},
    "slot": {"name", "label", "fallback"},
}
CHOICES = {
    ("text", "level"): {"h2", "h3"},
    ("list", "level"): {"h2", "h3"},
    ("list", "kind"): {"plain", "symptoms", "steps"},
    ("callout", "tone"): {"info", "caution", "urgent", "emergency"},
    ("cta", "action"): {"call", "text", "call_text", "book", "directions"},
}
RICH_TEXT_FIELDS = ("text", "answer", "seek_help")
RICH_TEXT_TAGS = {"p", "h3", "h4", "b", "strong", "i", "em", "ul", "ol", "li", "a", "sup", "sub"}

PHONE = re.compile(r"(?<!\d)(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]\d{4}(?!\d)")
TOKEN = re.compile(r"{{ clinic\.(\w+) }}")
FIGURE = re.compile(r"{{ figure\.([a-z0-9-]+) }}")
CITATION = re.compile(r"\[(\d+(?:, \d+)*)\]")
FORBIDDEN = re.compile(
    r"safe and effective|guarantee|breakthrough|miracle|revolution|cutting.edge|state.of.the.art"
    r"|world.class|\bcures?\b|long.lasting|rapid relief|\blatest\b|\bideal\b|#1|\bleading\b"
    r"|side effects are rare|few side effects|risk.free|patients (say|report)"
    r"|nasal spray|lozenge|\btroche",
    re.IGNORECASE,
)


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CONTENT / name).read_text(encoding="utf-8"))


LIBRARY: list[Article] = [
    load(f"articles/{path.name}") for path in sorted((CONTENT / "articles").glob("*.toml"))
]
LOCAL_ARTICLES: list[Article] = load("local_articles.toml")["local_article"]
LOCAL_VERSIONS: list[dict[str, Any]] = load("local_versions.toml")["local_version"]
UPDATES: list[dict[str, Any]] = load("library_updates.toml")["update"]
IMAGES = load("images.toml")
SOURCES = load("sources.toml")
FIGURES = load("figures.toml")
PEOPLE = load("people.toml")
STATEMENTS = load("statements.toml")
SERVICES = load("services.toml")
ARTICLES = LIBRARY + LOCAL_ARTICLES


class _Tags(HTMLParser):
    """Tags, links and visible words of one rich text value; `open` is empty if it is balanced."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[dict[str, str | None]] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.open.append(tag)
        self.attributes += [(tag, name) for name, _ in attrs]
        if tag == "a":
            self.links.append(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def rich_text(sections: list[Section]) -> Iterator[tuple[str, _Tags]]:
    for section in flat(sections):
        for field in RICH_TEXT_FIELDS:
            if field in section:
                yield f"{section['key']}.{field}", _Tags(section[field])


def flat(sections: list[Section]) -> Iterator[Section]:
    """Slots first, then what they fall back to."""
    for section in sections:
        yield section
        yield from section.get("fallback", [])


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def visible(sections: list[Section]) -> str:
    """What a reader sees, without keys, links' targets and the reference list."""
    shown = []
    for section in flat(sections):
        for field, value in section.items():
            if field in PLACEMENT | {
                "sources",
                "name",
                "label",
                "fallback",
                "image",
                "kind",
                "level",
                "tone",
            }:
                continue
            if field == "figures":
                shown += [text for figure in value for text in figure_words(figure)]
            elif field in RICH_TEXT_FIELDS:
                shown.append(" ".join(_Tags(value).words))
            else:
                shown += strings(value)
    return "\n".join(shown)


def figure_words(figure: dict[str, Any]) -> tuple[str, str]:
    kept = FIGURES.get(figure.get("kept", ""))
    return (kept["text"], kept["name"]) if kept else (figure["value"], figure["label"])


def source_of(figure: dict[str, Any]) -> str:
    return str(FIGURES[figure["kept"]]["source"] if "kept" in figure else figure["source"])


def local_sections(version: dict[str, Any]) -> list[Section]:
    return [section for override in version["override"] for section in override.get("section", [])]


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+(?:'[a-z]+)?", text.lower().replace("\u2019", "'"))


def article_name(article: Article) -> str:
    return article["slug"]


def version_name(version: dict[str, Any]) -> str:
    return f"{version['clinic']}-{version['article']}"


every_article = pytest.mark.parametrize("article", ARTICLES, ids=article_name)
every_library_article = pytest.mark.parametrize("article", LIBRARY, ids=article_name)
every_image = pytest.mark.parametrize("key", IMAGES)
every_version = pytest.mark.parametrize("version", LOCAL_VERSIONS, ids=version_name)

ALL_SECTIONS = [(article["slug"], article["section"]) for article in ARTICLES] + [
    (version_name(version), local_sections(version)) for version in LOCAL_VERSIONS
]
ALL_SECTIONS += [(f"update of {row['article']}", row.get("section", [])) for row in UPDATES]
every_body = pytest.mark.parametrize(
    "sections", [body for _, body in ALL_SECTIONS], ids=[name for name, _ in ALL_SECTIONS]
)


def test_library_has_the_planned_articles() -> None:
    kinds = [article["kind"] for article in LIBRARY]

    assert {article["slug"] for article in LIBRARY} == LIBRARY_SLUGS
    assert (kinds.count("condition"), kinds.count("treatment"), kinds.count("article")) == (6, 3, 3)


def test_file_names_are_the_slugs() -> None:
    names = sorted(path.stem for path in (CONTENT / "articles").glob("*.toml"))

    assert names == sorted(article["slug"] for article in LIBRARY)


@every_article
def test_references_of_an_article_resolve(article: Article) -> None:
    assert set(article["services"]) <= set(SERVICES)
    assert set(article["related"]) <= LIBRARY_SLUGS - {article["slug"]}
    assert PEOPLE[article["author"]]["is_author"]
    assert PEOPLE[article["reviewer"]]["is_reviewer"]
    assert article["author"] != article["reviewer"]
    assert article["hero"] in IMAGE_KEYS


@every_article
def test_titles_and_descriptions_fit_search_results(article: Article) -> None:
    """L-09."""
    assert 0 < len(article["title"]) <= 60
    assert len(article["seo_title"]) <= 60
    assert 50 <= len(article["seo_description"]) <= 155
    assert article["summary"]


@every_version
def test_local_titles_and_descriptions_fit_search_results(version: dict[str, Any]) -> None:
    """L-09, with the clinic's own values in place of the tokens."""
    values = TOKEN_VALUES[version["clinic"]]
    filled = {
        field: TOKEN.sub(lambda token: values[token[1]], version.get(field, ""))
        for field in ("title", "seo_title", "seo_description")
    }

    assert len(filled["title"]) <= 60
    assert len(filled["seo_title"]) <= 60
    assert len(filled["seo_description"]) <= 155


@every_body
def test_sections_have_known_types_and_exactly_their_fields(sections: list[Section]) -> None:
    for section in flat(sections):
        assert section["type"] in FIELDS, section["key"]
        assert set(section) - PLACEMENT == FIELDS[section["type"]], section["key"]
        assert section.get("role", "clinical") in {"clinical", "local"}


@every_body
def test_choices_of_sections_are_known(sections: list[Section]) -> None:
    for section in flat(sections):
        for (kind, field), allowed in CHOICES.items():
            if section["type"] == kind:
                assert section[field] in allowed, section["key"]


@every_body
def test_section_keys_are_unique_and_kebab(sections: list[Section]) -> None:
    keys = [section["key"] for section in flat(sections)]

    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", key) for key in keys)


@every_body
def test_lists_are_not_empty(sections: list[Section]) -> None:
    for section in flat(sections):
        for field in ("items", "figures", "sources", "fallback"):
            assert section.get(field, ["-"]), section["key"]


@every_body
def test_rich_text_uses_allowed_tags_and_is_balanced(sections: list[Section]) -> None:
    for place, html in rich_text(sections):
        assert html.tags <= RICH_TEXT_TAGS, place
        assert html.open == [], place
        assert {name for tag, name in html.attributes if tag != "a"} == set(), place


@every_body
def test_links_go_to_library_articles_or_https(sections: list[Section]) -> None:
    for place, html in rich_text(sections):
        for link in html.links:
            if "article" in link:
                assert set(link) == {"article"}, place
                assert link["article"] in LIBRARY_SLUGS, place
            else:
                assert set(link) == {"href"}, place
                assert (link["href"] or "").startswith("https://"), place


@every_body
def test_references_of_sections_resolve(sections: list[Section]) -> None:
    for section in flat(sections):
        if section["type"] == "image":
            assert section["image"] in IMAGE_KEYS
        if section["type"] == "statement":
            assert section["statement"] in STATEMENTS
        if section["type"] == "sources":
            assert set(section["sources"]) <= set(SOURCES)
            assert len(section["sources"]) == len(set(section["sources"]))
        if section["type"] == "figures":
            typed = [figure for figure in section["figures"] if "kept" not in figure]
            assert {source_of(figure) for figure in section["figures"]} <= set(SOURCES)
            assert all(set(figure) == {"value", "label", "source"} for figure in typed)


@every_library_article
def test_citations_and_sources_match_both_ways(article: Article) -> None:
    """T-07: every [n] has a source, and every source is cited in the text or by a figure."""
    listed = [
        key
        for section in article["section"]
        if section["type"] == "sources"
        for key in section["sources"]
    ]
    cited = {
        listed[int(number) - 1]
        for match in CITATION.finditer(visible(article["section"]))
        for number in match[1].split(", ")
    }
    figures = {
        source_of(f) for s in article["section"] if s["type"] == "figures" for f in s["figures"]
    }

    assert cited | figures == set(listed)


@every_library_article
def test_sources_come_last_and_once(article: Article) -> None:
    types = [section["type"] for section in article["section"]]

    assert types.count("sources") == 1
    assert types[-1] == "sources"


@every_library_article
def test_slots_are_unique_local_and_have_a_fallback(article: Article) -> None:
    slots = [section for section in article["section"] if section["type"] == "slot"]

    assert 1 <= len(slots) <= 2
    assert len({slot["name"] for slot in slots}) == len(slots)
    for slot in slots:
        assert slot["role"] == "local"
        assert all(section["type"] not in {"slot", "sources"} for section in slot["fallback"])


@every_image
def test_alt_texts_say_what_was_drawn(key: str) -> None:
    """W-05: the picture has one text, wherever it stands."""
    image = IMAGES[key]

    assert set(image) == {"file", "title", "alt", "credit", "shows_person"}
    assert alt_problems(image["alt"], title=image["title"], file_name=image["file"]) == ()
    assert image["alt"].lower() != image["title"].lower()
    assert (CONTENT / "images" / image["file"]).is_file()


def test_alt_texts_differ() -> None:
    alts = [image["alt"] for image in IMAGES.values()]

    assert len(alts) == len(set(alts))


def test_alt_texts_stand_with_the_pictures_only() -> None:
    """A text written before the picture was drawn would describe another one."""
    others = [path for path in CONTENT.rglob("*.toml") if path.name != "images.toml"]

    assert [path.name for path in others if re.search(r"(?m)^\w*alt = ", path.read_text())] == []


@every_body
def test_no_picture_is_only_decoration(sections: list[Section]) -> None:
    images = [section for section in flat(sections) if section["type"] == "image"]

    assert [section["key"] for section in images if section["decorative"]] == []


@every_article
def test_articles_are_long_enough_and_not_too_long(article: Article) -> None:
    assert 450 <= len(words(visible(article["section"]))) <= 1100


@every_article
def test_articles_use_a_variety_of_sections(article: Article) -> None:
    types = [section["type"] for section in article["section"]]

    assert len(set(types)) >= 5
    assert 2 <= types.count("question") <= 4
    assert types.count("cta") == 1


@every_library_article
def test_off_label_statement_stands_locked_before_the_first_action(article: Article) -> None:
    """C-01: wherever ketamine is named, and only there."""
    types = [section["type"] for section in article["section"]]
    names_ketamine = "ketamine" in visible(article["section"]).lower()
    before = article["section"][: types.index("cta")]
    locked = [
        section["statement"]
        for section in before
        if section["type"] == "statement" and section["locked"]
    ]

    assert locked == (["off-label-ketamine"] if names_ketamine else [])


@pytest.mark.parametrize(
    "article", [a for a in LIBRARY if a["kind"] != "article"], ids=article_name
)
def test_treatments_are_balanced_before_the_first_action(article: Article) -> None:
    """T-09: risks, who should not have it, other choices and the limits of evidence."""
    keys = [section["key"] for section in article["section"]]
    before = article["section"][: keys.index("talk-to-us")]

    assert {"risks", "who-should-not", "alternatives", "evidence"} <= {
        section["key"] for section in before
    }
    assert all(
        section["locked"] for section in before if section["key"] in {"risks", "who-should-not"}
    )


@pytest.mark.parametrize(
    "article", [a for a in LIBRARY if a["kind"] == "condition"], ids=article_name
)
def test_condition_pages_say_that_ketamine_is_not_approved_for_them(article: Article) -> None:
    """C-01, C-03."""
    evidence = next(section for section in article["section"] if section["key"] == "evidence")

    assert "Ketamine is not FDA-approved to treat " in evidence["text"]


@every_article
def test_pages_about_mood_or_ketamine_name_the_crisis_line(article: Article) -> None:
    """B-10."""
    text = visible(article["section"])
    needs_line = re.search(r"depress|suicid|PTSD|mood|ketamine", text, re.IGNORECASE) is not None

    assert not needs_line or "call or text 988, the Suicide & Crisis Lifeline" in text


@every_body
def test_short_numbers_stand_only_in_emergency_callouts(sections: list[Section]) -> None:
    for section in flat(sections):
        if section["type"] == "callout" and section["tone"] in {"urgent", "emergency"}:
            continue
        assert not re.search(r"\b(911|988)\b", visible([section])), section["key"]


@every_body
def test_no_phone_number_is_typed(sections: list[Section]) -> None:
    """L-02: numbers come from the clinic's record."""
    assert PHONE.search(visible(sections)) is None


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.toml")), ids=lambda path: path.stem)
def test_tokens_are_known(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    rest = FIGURE.sub("", TOKEN.sub("", text))

    assert set(TOKEN.findall(text)) <= TOKENS
    assert set(FIGURE.findall(text)) <= set(FIGURES)
    assert "{{" not in rest
    assert "}}" not in rest


@every_library_article
def test_library_text_names_no_clinic_and_no_town(article: Article) -> None:
    """I-04: shared text uses tokens."""
    named = "Texas|Dallas|Plano|Florida|Delray|Kairos|Baltimore|Maryland"

    assert re.search(named, " ".join(strings(article))) is None


@every_article
def test_wording_makes_no_promise(article: Article) -> None:
    """C-02: the crudest claims never enter; the claim checker does the rest."""
    shown = [
        visible(article["section"]),
        article["title"],
        article["summary"],
        article["seo_description"],
    ]

    assert FORBIDDEN.search("\n".join(shown)) is None


def test_sources_are_complete() -> None:
    for key, source in SOURCES.items():
        assert set(source) - {"year"} == {
            "title",
            "publisher",
            "url",
            "doi",
            "pmid",
            "kind",
            "accessed",
        }, key
        assert source["kind"] in SOURCE_KINDS, key
        assert source["url"].startswith("https://"), key
        assert re.fullmatch(r"|10\.\d{4,9}/\S+", source["doi"]), key
        assert re.fullmatch(r"|\d{7,8}", source["pmid"]), key


def test_every_source_is_used() -> None:
    used = {
        key for a in LIBRARY for s in a["section"] if s["type"] == "sources" for key in s["sources"]
    }

    assert used == set(SOURCES)


def test_people_are_fictional_and_so_are_their_licenses() -> None:
    teams = Counter(person.get("clinic") for person in PEOPLE.values())
    assert all(teams[clinic] >= 3 for clinic in CLINICS)
    for person in PEOPLE.values():
        assert "fictional" in person["bio"]
        assert person["npi"] == ""
        # Only reviewers need a license, and no board gives out one like these.
        assert person["license_number"].startswith("DEMO-") == person["is_reviewer"]
        assert bool(person["license_state"]) == person["is_reviewer"]
        # Whoever is of no clinic is the group's own, and writes.
        assert person.get("clinic") in CLINICS or person["is_author"]


def test_statement_says_what_is_approved_and_what_is_not() -> None:
    statement = STATEMENTS["off-label-ketamine"]

    assert statement["version"] == 1
    assert statement["reviewer"] in PEOPLE
    assert "Ketamine is approved by the FDA as an anesthetic." in statement["text"]
    assert "It is not FDA-approved to treat the condition" in statement["text"]
    assert _Tags(statement["text"]).tags <= RICH_TEXT_TAGS


@every_version
def test_local_versions_point_at_clinics_articles_and_images(version: dict[str, Any]) -> None:
    assert version["clinic"] in CLINICS
    assert version["article"] in LIBRARY_SLUGS
    assert version["reason"]
    assert version.get("hero", "none") in IMAGE_KEYS | {"none"}


def test_a_clinic_has_one_local_version_of_an_article() -> None:
    names = [version_name(version) for version in LOCAL_VERSIONS]

    assert len(names) == len(set(names))
    assert {version["clinic"] for version in LOCAL_VERSIONS} == CLINICS


@every_version
def test_overrides_act_on_sections_that_exist(version: dict[str, Any]) -> None:
    article = next(a for a in LIBRARY if a["slug"] == version["article"])
    shared = {section["key"]: section for section in article["section"]}
    slots = {section["name"] for section in article["section"] if section["type"] == "slot"}

    for override in version["override"]:
        added = len(override.get("section", []))
        place = (override["action"], override.get("position", ""))

        assert override["reason"]
        if place in {("replace", ""), ("hide", "")}:
            assert not shared[override["target"]].get("locked", False)
            assert added == (1 if place[0] == "replace" else 0)
        elif place in {("insert", "before"), ("insert", "after")}:
            assert override["target"] in shared
            assert added == 1
        elif place in {("insert", "start"), ("insert", "end")}:
            assert "target" not in override
            assert added == 1
        else:
            assert place == ("fill", "")
            assert override["slot"] in slots


@every_version
def test_local_keys_do_not_repeat_shared_ones(version: dict[str, Any]) -> None:
    article = next(a for a in LIBRARY if a["slug"] == version["article"])
    shared = {section["key"] for section in flat(article["section"])}

    assert shared.isdisjoint(section["key"] for section in local_sections(version))


@every_version
def test_two_overrides_do_not_fight_over_one_section(version: dict[str, Any]) -> None:
    acts = [
        (o.get("target"), o.get("slot")) for o in version["override"] if o["action"] != "insert"
    ]

    assert len(acts) == len(set(acts))


@every_version
def test_local_versions_bring_no_sources_and_no_slots(version: dict[str, Any]) -> None:
    """Numbers like [2] belong to the shared reference list."""
    types = {section["type"] for section in local_sections(version)}

    assert types.isdisjoint({"slot", "sources", "statement"})
    assert not CITATION.search(visible(local_sections(version)))


def test_updates_change_and_remove_sections_that_exist() -> None:
    for update in UPDATES:
        article = next(a for a in LIBRARY if a["slug"] == update["article"])
        shared = {section["key"]: section["type"] for section in article["section"]}
        changed = {section["key"]: section["type"] for section in update.get("section", [])}

        assert update["note"]
        assert changed.items() <= shared.items()
        assert set(update.get("removed", [])) <= shared.keys()


def test_local_versions_show_every_kind_of_override() -> None:
    overrides = [override for version in LOCAL_VERSIONS for override in version["override"]]
    kinds = {(override["action"], override.get("position", "")) for override in overrides}
    fields = {field for version in LOCAL_VERSIONS for field in version} - {
        "clinic",
        "article",
        "reason",
        "override",
    }
    heroes = {version["hero"] for version in LOCAL_VERSIONS if "hero" in version}

    assert kinds == {
        ("replace", ""),
        ("hide", ""),
        ("fill", ""),
        ("insert", "before"),
        ("insert", "after"),
        ("insert", "start"),
        ("insert", "end"),
    }
    assert any(
        len(override["section"]) == 2 for override in overrides if override["action"] == "fill"
    )
    assert fields == {"title", "summary", "seo_title", "seo_description", "hero"}
    assert "none" in heroes
    assert len(heroes) > 1


def test_each_local_article_belongs_to_a_clinic() -> None:
    slugs = [article["slug"] for article in LOCAL_ARTICLES]

    assert {article["clinic"] for article in LOCAL_ARTICLES} <= CLINICS
    assert LIBRARY_SLUGS.isdisjoint(slugs)
    assert len(slugs) == len(set(slugs))


def test_every_image_key_is_used() -> None:
    used = {article["hero"] for article in ARTICLES}
    used |= {version.get("hero", "none") for version in LOCAL_VERSIONS} - {"none"}
    used |= {s["image"] for _, body in ALL_SECTIONS for s in flat(body) if s["type"] == "image"}

    assert used == IMAGE_KEYS
    assert set(IMAGES) >= IMAGE_KEYS


@pytest.mark.parametrize("path", sorted(CONTENT.rglob("*.toml")), ids=lambda path: path.stem)
def test_no_sentence_comes_from_the_scraped_input(path: Path) -> None:
    """No run of six words is shared with a seed; names and links count like all other text."""
    seeds = sorted(SEEDS.glob("*.txt")) if SEEDS.is_dir() else []
    if not seeds:
        pytest.skip(f"the scraped input is not here: {SEEDS}")
    ours = [
        _six_word_runs(text) for text in strings(tomllib.loads(path.read_text(encoding="utf-8")))
    ]
    theirs = [
        _six_word_runs(line)
        for seed in seeds
        for line in seed.read_text(encoding="utf-8").splitlines()
    ]

    assert set().union(*ours) & set().union(*theirs) == set()


def _six_word_runs(text: str) -> set[tuple[str, ...]]:
    flow = words(re.sub(r"<[^>]+>", " ", text))
    return {tuple(flow[start : start + 6]) for start in range(len(flow) - 5)}
