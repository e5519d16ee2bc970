"""Articles about pain in plain words: a number comes in, title, summary and sections go out.

About a thousand words each, five headings and a picture. The same number is always the same text.
"""

from __future__ import annotations

from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from articles.choices import ArticleKind

KINDS = (ArticleKind.CONDITION, ArticleKind.TREATMENT, ArticleKind.ARTICLE)
SECTIONS = 8

_SUBJECTS = (
    "neck pain|low back pain|shoulder pain|hip pain|knee pain|foot pain|nerve pain|jaw pain|"
    "pain after surgery|pain after shingles|pain after an injury|pain with diabetes|tension "
    "headache|cluster headache|migraine|facial pain|pelvic pain|abdominal pain|chest wall pain|"
    "phantom limb pain|sciatica|arthritis|osteoarthritis|rheumatoid arthritis|spinal stenosis|"
    "a slipped disc|whiplash|tendon pain|muscle spasm|carpal tunnel syndrome|widespread pain|"
    "burning feet|joint stiffness|heel pain|tailbone pain|rib pain|elbow pain|wrist pain|thumb "
    "pain|ankle pain"
).split("|")
_ANGLES = (
    "Living with {}|Understanding {}|Treatment of {}|Sleeping with {}|Working with {}|Moving with "
    "{}|A first visit for {}|Medicines for {}|Infusions for {}|Nerve blocks for {}|Exercise and "
    "{}|Food and {}|Travelling with {}|Talking about {}|Children with {}|Age and {}|Stress and {}|"
    "Heat and cold for {}|What research says about {}|Questions about {}|Second opinions on {}|"
    "Relapses of {}|Keeping a diary of {}|Helping somebody with {}|Costs of care for {}"
).split("|")
_HEADINGS = ("What it is", "How it feels", "How it is found out", "What helps", "Day by day")
_SENTENCES = (
    "Pain is a signal, and {subject} is a signal that has stayed on for longer than it is of use.",
    "Most people with {subject} have good hours and bad hours, and neither is a proof of anything.",
    "A body that hurts moves less, and a body that moves less hurts more the week after.",
    "Nobody can see {subject} from outside, which makes it hard to explain to others.",
    "Doctors ask when it began, what makes it worse, and what you have given up because of it.",
    "Pictures of the inside often show changes that people without any pain have as well.",
    "Blood tests are done to find the few causes that need a treatment of their own.",
    "It helps to write down for two weeks when {subject} comes, how long it stays and what was "
    "done about it.",
    "Small steps that are repeated do more than a single day of effort that is paid for with three "
    "days in bed.",
    "Medicines are one part of a plan, and the plan says beforehand when they will be looked at "
    "again.",
    "Some medicines for nerves need several weeks before one can tell whether they help.",
    "Warmth relaxes muscles, cold numbs the skin, and either is fine as long as the skin is looked "
    "after.",
    "Good sleep lowers pain on the next day by about as much as many medicines do.",
    "A team of several trades looks at the same person from several sides and agrees on one plan.",
    "The aim is not always a life without {subject}; it is a life in which it decides less.",
    "Your doctor at {{{{ clinic.name }}}} looks at what was tried before, and at what was left too "
    "early.",
    "Tell your doctor about everything that you take, also about herbs and things bought without "
    "a prescription.",
    "Worry makes muscles tense, tense muscles hurt, and pain gives new reasons to worry.",
    "Walking on level ground is safe for nearly everybody, and it can be measured in minutes "
    "rather than miles.",
    "Family and friends help best when they are told what to do, and what to leave.",
    "A treatment that has no effect after a fair trial should be stopped, not doubled.",
    "Treatments with a needle are planned with the picture of the place in view, and take less "
    "than an hour.",
    "Most side effects are mild and pass; those that do not are a reason to call the same day.",
    "Going back to work in part is often better than waiting until everything is over.",
    "An honest answer may be that nobody knows yet, and that there is still much that can be done.",
)
_SENTENCES_IN_A_SECTION = 10
_WORDS_OF_ONES_OWN = (
    "We see people with this every week, and the first visit takes a full hour.",
    "Bring the list of your medicines, and somebody who can drive you home.",
    "Our own team has written this part, since some of it is done differently here.",
    "Parking is in front of the door, and the door opens without steps.",
    "We call on the day after a treatment to ask how the night was.",
)


def title(number: int) -> str:
    angle, subject = divmod(number, len(_SUBJECTS))
    turn, angle = divmod(angle, len(_ANGLES))
    named = _ANGLES[angle].format(_SUBJECTS[subject])
    return f"{named}, part {turn + 1}" if turn else named


def slug(number: int) -> str:
    return f"world-article-{number:05}"


def kind(number: int) -> ArticleKind:
    return KINDS[number % len(KINDS)]


def summary(number: int) -> str:
    return f"{title(number)}: what it is, how it is found out, and what you can do about it."


def section_ids(number: int) -> list[str]:
    """The same ids every time, so that a local version can name a section of any article."""
    return [str(uuid5(NAMESPACE_URL, f"polyclinic-world/{number}/{n}")) for n in range(SECTIONS)]


def sections(number: int, picture: int | None) -> list[dict[str, Any]]:
    """The body as stored stream data; `picture` is the id of an image."""
    chance, subject = Random(number), _SUBJECTS[number % len(_SUBJECTS)]  # noqa: S311 - no secret
    texts = [_text(heading, subject, chance) for heading in _HEADINGS]
    signs = [
        f"{subject.capitalize()} that wakes you at night",
        "Stiffness in the morning that lasts for more than half an hour",
        "Numbness or weakness that is new",
        "Days on which you do less than you had planned",
    ]
    middle: list[tuple[str, dict[str, Any]]] = [
        ("list", {"heading": "", "kind": "plain", "items": [_item(number, *each) for each in
                                                            enumerate(signs)]}),
        ("image", {"image": picture, "alt": "", "caption": ""})
        if picture
        else ("quote", {"quote": "It decides less than it did.", "attribution": "A saying"}),
    ]  # fmt: skip
    last = ("cta", {"action": "call_text", "heading": "Talk to us about it"})
    parts = [*texts[:2], *middle, *texts[2:], last]
    ids = section_ids(number)
    return [
        {"type": type_, "id": id_, "value": {"role": "clinical", **value}}
        for id_, (type_, value) in zip(ids, parts, strict=True)
    ]


def own_words(clinic: int, article: int) -> str:
    """What a clinic says in place of the library's second section."""
    chance = Random(f"{clinic}/{article}")  # noqa: S311 - no secret
    return " ".join(chance.sample(_WORDS_OF_ONES_OWN, 3))


def _text(heading: str, subject: str, chance: Random) -> tuple[str, dict[str, Any]]:
    chosen = chance.sample(_SENTENCES, _SENTENCES_IN_A_SECTION)
    sentences = [each.format(subject=subject) for each in chosen]
    cuts = [sentences[:4], sentences[4:7], sentences[7:]]
    html = "".join(f"<p>{' '.join(cut)}</p>" for cut in cuts)
    return "text", {"heading": heading, "text": html}


def _item(number: int, place: int, text: str) -> dict[str, str]:
    id_ = str(uuid5(NAMESPACE_URL, f"polyclinic-world/{number}/item/{place}"))
    return {"type": "item", "id": id_, "value": text}
