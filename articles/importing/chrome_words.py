"""Page chrome as data: what buttons, share bars, skip links and picture placeholders say.

Patterns match a folded line (small letters, straight apostrophes, no decoration at either end).
"""

from __future__ import annotations

_VISIT = r"(?:appointment|consultation|consult|visit|evaluation|session|call)s?"
_WHEN = r"(?: now| today| online| here)*"

# Action, pattern. These are read as buttons wherever they stand alone on a line.
BUTTONS = (
    ("call_text", rf"(?:call|phone) (?:or|and|&|/) ?text(?: us| me)?{_WHEN}"),
    ("call_text", rf"text (?:or|and|&|/) ?call(?: us)?{_WHEN}"),
    ("call", rf"(?:tap|click(?: here)?) to call(?: us)?{_WHEN}"),
    ("call", rf"(?:call|phone|ring) (?:us|our (?:office|clinic|team))(?: at| on)?{_WHEN}"),
    ("call", r"(?:call|phone)(?: now| today)+"),
    ("call", r"give us a call(?: now| today)*"),
    ("text", rf"(?:tap|click(?: here)?) to (?:text|message)(?: us)?{_WHEN}"),
    ("text", rf"(?:text|message|sms) (?:us|our (?:office|clinic|team))(?: at)?{_WHEN}"),
    ("text", r"(?:text|message)(?: now| today)+"),
    ("book", r"(?:book|schedule)(?: now| online| today| here)+"),
    ("book", r"(?:book|schedule) (?:a|an|my|your|with) ?(?:visit|us)?(?: now| online| today)+"),
    ("directions", r"(?:get |driving )directions"),
    ("call_text", r"(?:e-?mail|chat with) us(?: now| today)*|chat now|live chat"),
)

# As often the heading of a paragraph: a button only at the edge of the text or beside another one.
POSSIBLE_BUTTONS = (
    ("call_text", rf"contact(?: us| our (?:office|clinic|team))?{_WHEN}"),
    (
        "call_text",
        r"get in touch(?: with us)?(?: today| now)*|reach out(?: to us)?(?: today| now)*",
    ),
    (
        "book",
        r"(?:book|schedule|request|make|set up)(?: (?:a|an|my|your))?(?: free| new| first| online)?"
        rf"(?: patient)? {_VISIT}{_WHEN}",
    ),
    ("book", r"(?:get started|start|sign up)(?: now| today)*"),
    ("directions", r"visit us(?: today| now)*|find us|directions"),
    ("call", r"call"),
    ("text", r"text"),
    ("book", r"book"),
)

_NETWORK = (
    r"(?:facebook|twitter|x|linked ?in|pinterest|whats ?app|instagram|reddit|tumblr|telegram"
    r"|bluesky|threads|messenger|e-?mail|print|sms|link)"
)
SHARING = (
    rf"share(?: (?:this|the))?(?: (?:article|post|page|story|blog|with friends))?"
    rf"(?: (?:on|via|to|by|with):?(?: {_NETWORK})?)?(?: now)?",
    r"tweet(?: this)?|pin(?: it| this)|like(?: us on facebook| this)|follow us(?: on)?",
    r"(?:copy|get) (?:the )?(?:link|url)|(?:print|e-?mail|save) this(?: (?:article|page|post))?",
    _NETWORK,
)
# Such a line is a share control anywhere; a bare "Email" only at an edge of the text.
SHARING_STARTS = tuple(
    "share|tweet|pin |like |follow|copy|get |facebook|twitter|linked|pinterest|whats".split("|")
)

SKIPPING = (
    r"(?:skip|jump|go)(?: directly| straight)? to(?: the)?(?: main| primary| page)?"
    r"(?: (?:content|navigation|nav|menu|footer|header|sidebar|search|article|text))",
    r"skip (?:navigation|links?|nav|menu)|skip to",
    r"(?:back|return|scroll|go)(?: up)? to(?: the)? top(?: of (?:the )?page)?",
)

# Only at the edges of the text, where a page has its menus.
NAVIGATION = (
    r"(?:main |toggle |open |close |site )?(?:menu|navigation|nav)|close|search|home|blog",
    r"(?:read|learn|show|see) more|continue reading|(?:load|view) (?:more|all)(?: posts)?",
    r"(?:back|return) to (?:the )?(?:blog|news|home|list|all posts|articles)",
    r"(?:previous|next|older|newer)(?: (?:post|article|page|entry|story))?s?",
    r"(?:leave|post|add) a (?:comment|reply)|(?:no |\d+ )?comments?|accept(?: all)?(?: cookies)?",
    r"all rights reserved|privacy policy|terms of (?:use|service)|sitemap",
)

PLACEHOLDERS = (
    r"(?:misc|stock|hero|featured?|main|header|background|placeholder|generic|default|sample|blog"
    r"|post|article|inline|an?|untitled|alt)?[ _-]?"
    r"(?:pic|pics|picture|image|img|photo|photograph|graphic|thumbnail|thumb|banner|logo|icon"
    r"|alt text|placeholder|illustration|screenshot)s?"
    r"(?:[ _-]?(?:here|placeholder|\d{1,4}|[a-c]))?",
    r"(?:img|dsc[fn]?|pxl|mvi|gopr|image|photo|screen ?shot|unsplash|shutterstock|i?stock"
    r"|adobestock|gettyimages|depositphotos|canva|untitled)"
    r"[ _-]*(?:photo|image)?[ _-]*\d[\d _x()-]*(?:copy)?",
    r"[^/\\]*[^/\\. ]\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp|heic)",
    r"\S+\.(?:jpe?g|png|gif|webp|avif|svg|tiff?|bmp|heic)(?:\?\S*)?",
    r"alt(?: text)?(?: here)?|misc|untitled|blank",
)
