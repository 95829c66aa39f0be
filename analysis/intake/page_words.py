"""What the lines of web pages say that are not running text: the words by which `zone_rules` knows them."""

import re
from functools import partial

_any = partial(re.compile, flags=re.IGNORECASE)

PAGE_LABEL = "label of the page"

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = (
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{4}}|\d{{4}}-\d\d-\d\d"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{4})"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_AGENCY = r"\b(?:(?:AP|AFP|EPA|TASS|Xinhua|Anadolu|Getty|Shutterstock|Wikimedia|Flickr|Photos?|Image|Courtesy|via)\b|[A-Z]{4,}/)"
_SITES = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|reddit|telegram|instagram|youtube|pocket|flipboard|e-?mail|print|copy link|sms|bluesky"
    r"|threads)"
)
_MENU = (
    r"(?:home|news|world|politics|opinions?|business|economy|sports?|culture|arts?|tech(?:nology)?|science|health|video|photos?|podcasts?"
    r"|about(?: us)?|contact(?: us)?|subscribe|donate|sign in|log in|search|menu|archives?|events?|magazine|newsletters?|topics|more)"
)
_PEOPLE = (
    r"\b(?:author|editor|writer|journalist|reporter|columnist|correspondent|professor|fellow|researcher|analyst|scholar|contributor"
    r"|lecturer|director|expert)\b"
)

# The zone of what follows on a heading.
HEADINGS = {
    "teaser": _any(
        r"(?:related(?: \w+)?|more (?:from|on|in|like|stories)\b.{0,60}|read (?:next|also|this next)|recommended.{0,30}"
        r"|you (?:may|might) (?:also )?like.{0,20}|most (?:read|popular|viewed|recent).{0,20}|trending.{0,20}"
        r"|popular (?:posts|articles|stories)|latest (?:posts|articles|stories|from).{0,30}|editor[’']?s[’']? picks?|up next"
        r"|further reading|see also|also (?:read|in).{0,30}|in case you missed it|what to read next)\s*:?"
    ),
    "chrome": _any(
        r"(?:(?:\d+ |no )?(?:comments?|responses?|replies)(?: \(\d+\))?|(?:leave|post|add|write) a (?:reply|comment).{0,30}"
        r"|join the (?:discussion|conversation))\s*:?"
    ),
    "byline": _any(r"(?:about (?:the )?(?:authors?|writers?|contributors?)|contributors?|author bio.{0,10})\s*:?"),
}

# (zone, why, the most words that such a line has, what it says): the first that fits the whole line holds.
LINES = [
    (zone, why, most, _any("|".join(forms)))
    for zone, why, most, *forms in (
        ("chrome", "signs without words", 3, r"[\W_]+", r"<[^>]+>", r"\{.*\}"),
        (
            "caption",
            "caption or credit",
            80,
            r"(?:(?:file )?photo(?:graph)?s?|images?|pictures?|illustration|credits?|caption|video|watch|graphic|map|chart|fig(?:ure|\.)?"
            r"(?: \d+)?)(?: (?:by|credit|courtesy(?: of)?))?\s*[:|/–(].*",
            r"(?:photo(?:graph)?|image|illustration) (?:by|courtesy) .*",
            r"!\[.*",
        ),
        (
            "caption",
            "ends with a credit",
            60,
            rf".*\((?-i:[^()]*{_AGENCY}[^()]*)\)\.?",
            rf".*[|/©] ?(?-i:[^|/.]*{_AGENCY}[^|/.]*)",
            r".*\bphoto(?:graph)?(?: by|:| ©) .{2,50}",
        ),
        ("byline", "who made it", 40, r"\(?(?:(?:additional )?reporting|editing|writing|translated|edited|compiled) by .*"),
        (
            "byline",
            "author",
            20,
            r"(?:(?:written |words |story |guest post |op-ed |opinion )?by:?|authors?:?|author\(s\):?) (?-i:[A-Z“\"@*]).*",
        ),
        (
            "byline",
            "date",
            14,
            r"(?:(?:first |last |originally )?(?:published|updated|posted|modified|date|issued|created)(?: on| at)?:?\s*)?"
            rf"{_WEEKDAY}{_DATE}\b"
            r"(?:[^.]|\.(?=\S)|[ap]\.m\.)*",
            r"(?:first |last )?(?:published|updated|posted)(?: on| at)?:? .*\b\d.*",
            r"(?:an?|\d+) (?:minutes?|hours?|days?|weeks?) ago",
        ),
        ("byline", "author, in brackets", 30, r"\\?[\[(].*\bby (?-i:[A-Z][\w.’'-]+ [A-Z][\w.’'-]+).*\\?[\])]"),
        (
            "promo",
            "invitation of the site",
            60,
            r"(?:please )?(?:subscribe|sign up|follow (?:us|@|our|\w+ on)|donate|join (?:us|our|the \w+ community)"
            r"|share (?:this|on|via|the)"
            r"|support (?:us|our|independent)|become an? (?:member|patron|subscriber|supporter)|download (?:the|our)|like (?:us|this)"
            r"|enjoyed? this|help us|get (?:the|our|\w+[’']s|unlimited|more)|make a (?:gift|donation)"
            r"|stay (?:informed|up to date|connected)|don[’']?t miss|never miss)\b.*",
        ),
        (
            "promo",
            "invitation of the site",
            40,
            r".*\b(?:our|free|daily|weekly) (?:e-?mail )?newsletters?\b.*",
            r".*\bto your inbox\b.*",
            r".*\b(?:find|follow|join|like) .{2,40} on (?:telegram|facebook|twitter|x|instagram|whatsapp|youtube|bluesky)\b.*",
        ),
        ("promo", "links for sharing", 12, r"share", rf"(?:share )?{_SITES}(?:[\s,|•/]+{_SITES})*"),
        (
            "chrome",
            "navigation",
            9,
            r"(?:skip|jump|back|return) to .*|(?:top|bottom) of (?:the )?page|menu|home|search|close|toggle .*|(?:log|sign) ?in.*|register",
            r"navigation|contents|(?:table|in this) (?:of contents|article).*|home\s*[>»/|].*|(?:next|previous)(?: \w+)?(?::.*)?|english",
            r"listen(?: to .*)?|print|save|reply|submit|cancel",
        ),
        (
            "chrome",
            "link to more",
            14,
            r"(?:read|view|see|show|load|continue|find out|learn)(?: the| this)? "
            r"(?:full|more|all|original|reading|the rest|entire|complete)\b.*",
            r"click here.*|\[?(?:read (?:more|also)|related|see also|also read|watch|listen|more)\s*:.*|download (?:pdf|as).*",
        ),
        (
            "chrome",
            "form for comments",
            25,
            r"your e-?mail address will not be published.*|required fields.*|(?:name|e-?mail|website|comment)\s*\*?:?|save my name.*",
            r"you must be logged in.*|notify me of.*|this site uses .*",
        ),
        ("chrome", "advertisement", 6, r"\W*(?:advertisements?|ad|sponsored(?: content)?|promoted)\W*|advertisement .*"),
        (
            "chrome",
            "rights and rules of the site",
            60,
            r"(?:©|\(c\)|copyright\b).*|.*\ball rights reserved\b.*|we use cookies.*|by (?:using|continuing).*",
            r"(?:terms (?:of|and)|privacy|cookies?(?: policy| settings)|contact us|about us|advertise|accessibility|sitemap|legal notice"
            r"|imprint)\b.{0,80}",
        ),
        (
            "chrome",
            PAGE_LABEL,
            25,
            r"(?:tags?|categor(?:y|ies)|filed under|topics?|posted in|keywords|section|type|source|isbn|issn|doi)\s*:.*",
            r"\d+ ?min(?:ute)?s?(?: read)?|(?:reading time).*|[\d.,k]+ (?:shares?|views?|likes?|comments?)\b.*",
        ),
        (
            "chrome",
            "address",
            20,
            r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|(?:tel|phone|fax|t|p)\b[.:]*\s*[+(]?\d[\d\s().-]{5,}.*",
            r"\d{1,5} (?-i:[A-Z]).*\b(?:street|st|avenue|ave|road|rd|boulevard|blvd|suite|floor|n\.?w\.?|s\.?w\.?)\b.*",
        ),
        ("chrome", "list of contents", 20, r".*\btable of contents\b.*"),
        ("chrome", "time stamp", 8, r"[-_=*\s\d.]*\d{4}-\d\d-\d\d[ T]\d\d:\d\d.*"),
        ("chrome", "menu", 30, rf"{_MENU}(?:[\s|•/>-]+{_MENU}){{2,}}", r"[^.|•·»]{1,30}(?:\s[|•·»]\s[^.|•·»]{1,30}){2,}"),
    )
]

TAGLINE = _any(
    r"(?:the )?latest .*\b(?:news|updates)\b.*|.*\byour .{0,20}source (?:for|of)\b.*|breaking news"
    r"|(?:breaking |world )?news\b.*\b(?:analysis|views|opinion|updates)\b.*"
)

# What stands inside a line of the running text: (zone, why, what it says).
NOISE = [
    (
        "chrome",
        "time stamp",
        _any(r"[\[(](?:updated?:? )?(?:at )?\d{1,2}[:.]\d\d ?(?:[ap]\.?m\.?,? ?)?(?:gmt|utc|[a-z]{2,4}t)?(?: on [^)\]]{3,20})?[\])]"),
    ),
    (
        "chrome",
        "link to more",
        _any(r"[\[(](?:read (?:more|also)|also read|see also|related|watch|listen|more here|click)\b[^\[\]()\n]*[\])]"),
    ),
    (
        "chrome",
        "link text",
        _any(r"(?<=[.!?”\"] )(?:click here|read more|tap here)\b[^.!?\n]{0,60}[.!?]?|\(?\bclick here\)?"),
    ),
    (
        "chrome",
        "advertisement",
        re.compile(r"[\[(]?\b(?:ADVERTISEMENT|STORY CONTINUES BELOW(?: ADVERTISEMENT)?|Advertisement(?= [A-Z“\"]))\b[\])]?"),
    ),
    ("caption", "credit", re.compile(r"\((?:[A-Z][^()]* )?(?:AP Photo|Photo|Image|Getty Images|File photo)\b[^()]*\)")),
    ("chrome", "number of a note", re.compile(r"(?<=[\w.,;:!?”’\"])\[(?:\d{1,3}|[a-z]|edit|citation needed)\]")),
    ("chrome", "address of a link", re.compile(r"(?<=[^\s(\[])\]\((?:https?://|/)[^\s()]*\)")),
    ("chrome", "opening of a link", re.compile(r"(?<!!)\[(?=[^\[\]\n]+\]\((?:https?://|/))")),
]

PERSON_NAMES = re.compile(
    r"(?:(?:Dr|Prof|Sir)\.? )?[A-Z][\w.’'-]+(?: (?:[A-Z][\w.’'-]*|and|de|van|von|al|&)){1,5}"
    r"(?:,? (?:and )?[A-Z][\w.’'-]+ [A-Z][\w.’'-]+)*"
)

NAME_ALONE = re.compile(
    r"[A-Z][\w.’'-]*(?: (?:[A-Z][\w.’'-]*|and|of|the|de|van|von|al|&)){0,3}(?<![.])"
)  # of a person, an agency or an outlet

NOTE_ON_AUTHOR = re.compile(
    r"(?:The (?:author|writer)|[A-Z][\w.’'-]+(?: [A-Z][\w.’'-]*| de| van| von){1,4}),?(?: [^.]{1,60},)? "
    rf"(?:is|was|are|writes|teaches|serves|covers|works)\b.*{_PEOPLE}"
)
