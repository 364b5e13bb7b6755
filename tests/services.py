"""Hugging Face and arXiv on this machine: real HTTP, the services' exact shapes, texts of our own, troubles on request.

Two servers, since a token that is meant for the one must not reach the other. `Services.trouble` lines up answers for
an address; each is given once, then the service is itself again.
"""

import html
import io
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from podcast.show.settings import SourcesSettings

FRIDAY, SATURDAY = "2025-09-12", "2025-09-13"
MATHS = "2509.00003"
"""The paper whose abstract has maths, which Hugging Face mangles."""
UNKNOWN = "2509.00004"
"""A paper that arXiv does not know."""


@dataclass(frozen=True)
class Reply:
    """One answer. `drip` sends a byte at a time, `cut` breaks off half way."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: bool = False
    cut: bool = False


@dataclass(frozen=True)
class Request:
    service: str
    path: str
    headers: Mapping[str, str]
    at: float


def entry(number: int, upvotes: int, /, **more: object) -> dict[str, object]:
    """Return an entry of the API's list, in the shape of September 2025."""
    arxiv_id = f"2509.{number:05d}"
    title = f"Paper {number}: Sorting Pebbles\n  by Weight"
    summary = f"We sort pebbles by weight in setting {number}.\nOur sorter needs fewer weighings than the usual one."
    if arxiv_id == MATHS:
        summary = "We reach a sim4times speed-up on 256times256 grids, at 93.5\\% of the\nquality."
    paper: dict[str, object] = {
        "id": arxiv_id,
        "authors": [
            {"_id": f"a{number}", "name": f"First Author {number}", "hidden": False},
            {"_id": f"b{number}", "name": f"Second Author {number}", "hidden": False},
        ],
        "publishedAt": "2025-09-10T11:54:29.000Z",
        "submittedOnDailyAt": f"2025-09-12T03:{number % 60:02d}:05.784Z",
        "title": title,
        "submittedOnDailyBy": {"_id": "c", "fullname": "A Reader", "user": "reader", "type": "user"},
        "summary": summary,
        "upvotes": upvotes,
        "discussionId": "d",
        "projectPage": " https://pebbles.example/",
        "githubRepo": "https://github.com/example/pebbles",
        "ai_summary": "A machine's summary, which is not the abstract.",
        "ai_keywords": ["pebbles"],
        "githubStars": 3,
    }
    paper |= {name: value for name, value in more.items() if name != "numComments"}
    return {
        "paper": paper,
        "publishedAt": "2025-09-10T07:54:29.000Z",
        "title": title,
        "summary": summary,
        "mediaUrls": [],
        "thumbnail": "https://cdn.example/pebbles.png",
        "numComments": more.get("numComments", 2),
        "submittedBy": {"_id": "c", "fullname": "A Reader", "name": "reader", "type": "user"},
        "isAuthorParticipating": False,
    }


def friday() -> list[dict[str, object]]:
    """Return twelve entries, as the API orders them, one with a hidden author."""
    day = [entry(number, upvotes) for number, upvotes in enumerate((7, 31, 120, 64, 0, 31, 12, 9, 8, 3, 2, 1), 1)]
    hidden = {"_id": "h", "name": "Hidden Author", "hidden": True}
    day[2]["paper"]["authors"].append(hidden)  # type: ignore[index]
    return sorted(day, key=lambda one: -one["paper"]["upvotes"])  # type: ignore[index]


def listing_page(date: str, entries: list[dict[str, object]]) -> bytes:
    """Return the day's page: islands with their data, and cards that nobody should read."""
    props = {
        "canSubmit": False, "dailyPapers": entries, "periodType": "day", "dateString": date,
        "publisher": {"_id": "p"}, "query": {},
    }  # fmt: skip
    cards = "".join(
        f'<article><a href="/papers/{one["paper"]["id"]}"><h3>Not the title</h3></a>'  # type: ignore[index]
        f'<div class="leading-none">-</div><a href="/papers/{one["paper"]["id"]}">1,056</a></article>'  # type: ignore[index]
        for one in entries
    )

    def island(name: str, data: object, inside: str = "") -> str:
        said = html.escape(json.dumps(data), quote=True)
        return f'<div class="SVELTE_HYDRATER contents" data-target="{name}" data-props="{said}">{inside}</div>'

    return (
        '<!doctype html><html class=""><head><meta charset="utf-8"/><title>Daily Papers - Hugging Face</title></head>'
        f"<body>{island('MainHeader', {'isWide': False}, '<header></header>')}<main>"
        f'{island("DailyPapers", props, cards)}<a href="/papers/trending">Trending</a></main></body></html>'
    ).encode()


CHALLENGE = Reply(
    200,
    b"<!doctype html><html><head><title>Just a moment</title><script src='/challenge.js'></script></head>"
    b"<body><div class='SVELTE_HYDRATER contents' data-target='MainHeader' data-props='{}'></div></body></html>",
)
RATE_LIMITED = Reply(
    429, b"{}", {"RateLimit": '"api";r=0;t=55', "RateLimit-Policy": '"fixed window";"api";q=500;w=300'}
)


def atom(ids: list[str]) -> bytes:
    """Return arXiv's feed of the papers it knows."""
    entries = "".join(
        f"""
  <entry>
    <id>http://arxiv.org/abs/{one}v2</id>
    <title>Sorting Pebbles</title>
    <updated>2025-09-11T08:18:33Z</updated>
    <link href="https://arxiv.org/abs/{one}v2" rel="alternate" type="text/html"/>
    <summary>{_ABSTRACT if one == MATHS else f"We sort pebbles, says arXiv of {one}."}
</summary>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <published>2025-09-10T11:54:29Z</published>
    <arxiv:comment>12 pages, 3 figures</arxiv:comment>
    <arxiv:primary_category term="{"cs.CL" if int(one[-1]) % 2 else "cs.LG"}"/>
    <author>
      <name>First Author</name>
    </author>
  </entry>"""
        for one in ids
    )
    return _FEED.format(entries=entries, count=len(ids)).encode()


_ABSTRACT = r"We reach a $\sim4\times$ speed-up on $256\times256$ grids, at 93.5\% of the quality &amp; cost."
_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/query</id>
  <title>arXiv Query</title>
  <opensearch:totalResults>{count}</opensearch:totalResults>{entries}
</feed>
"""
_BAD_ID = _FEED.format(
    count=1,
    entries="""
  <entry>
    <id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>
    <title>Error</title>
    <summary>incorrect id format for abc</summary>
  </entry>""",
).encode()
BAD_ID = Reply(400, _BAD_ID)

_PROSE = (
    "The sorter weighs two pebbles at a time, e.g. a grey one and a white one, and keeps the heavier. "
    "Smith et al. needed 3.5 weighings a pebble, i.e. more than Fig. 2 shows. "
    "Does it get slower with larger heaps? "
    "On heaps of 10,000 pebbles it is 1.9x faster (see Sec. 3) than the usual sorter, and it never drops one. "
)


def formula(tex: str) -> str:
    """Return a formula as LaTeXML writes it: presentation, annotation and alternative text all say the same."""
    said = html.escape(tex, quote=True)
    return (
        f'<math alttext="{said}" class="ltx_Math" display="inline"><semantics><mrow><mi>{said}</mi></mrow>'
        f'<annotation encoding="application/x-tex">{said}</annotation></semantics></math>'
    )


_WEIGHT, _COST = formula(r"W=\sum_{i}w_{i},"), formula(r"O(n\log n)")


def figure(
    source: str, caption: str = "How two pebbles are weighed.", label: str = "Figure 1", inside: str = ""
) -> str:
    """Return a figure as LaTeXML writes it; its picture goes by a name below the page's."""
    return f"""<figure id="S1.F1" class="ltx_figure"><img src="{source}" id="S1.F1.g1" class="ltx_graphics"
width="598" height="299" alt="Refer to caption">{inside}<figcaption class="ltx_caption"><span
class="ltx_tag ltx_tag_figure">{label}: </span>{caption}</figcaption></figure>"""


def picture(wide: int = 640, high: int = 320, kind: str = "PNG", **more: object) -> bytes:
    """Return a picture of a blue frame around nothing, which one sees through where the kind allows that."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA" if kind == "PNG" else "RGB", (wide, high), (0, 0, 0, 0) if kind == "PNG" else "white")
    ImageDraw.Draw(image).rectangle((2, 2, wide - 3, high - 3), outline="blue", width=20)
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def repository(name: str, likes: int = 0, downloads: int = 0, **more: object) -> dict[str, object]:
    """Return a repository as Hugging Face's lists have it."""
    return {
        "_id": f"r-{name}", "id": name, "author": name.partition("/")[0], "likes": likes, "downloads": downloads,
        "private": False, "gated": False, "lastModified": "2025-09-12T08:00:00.000Z", "pipeline_tag": "text-generation",
    } | more  # fmt: skip


def record(paper_id: str, **more: object) -> bytes:
    """Return what `/api/papers/ID` answers, in the shape of 2026: the list's paper, and what is linked with it."""
    paper: dict[str, object] = entry(int(paper_id[5:]), 12)["paper"]  # type: ignore[assignment]
    none = {f"linked{kind}": [] for kind in ("Models", "Datasets", "Spaces")}
    counts = {f"numTotal{kind}": 0 for kind in ("Models", "Datasets", "Spaces")}
    return json.dumps(paper | {"id": paper_id} | none | counts | more).encode()


def latexml_page(
    paper_id: str, sections: int = 3, paragraphs: int = 8, *, licence: str = "CC BY 4.0", figures: str = ""
) -> bytes:  # fmt: skip
    """Return a paper's page as arXiv serves it: the licence is named, and linked is the page about all of them."""
    cite = '<cite class="ltx_cite ltx_citemacro_citep">(<a href="#b1" class="ltx_ref">Doe, 2020</a>)</cite>'
    told = '<cite class="ltx_cite ltx_citemacro_citet">Roe et al. (<a href="#b2" class="ltx_ref">2021</a>)</cite>'
    note = '<span class="ltx_note ltx_role_footnote"><sup>1</sup><span>A footnote nobody hears.</span></span>'

    def section(number: int) -> str:
        body = "".join(
            f'<div class="ltx_para"><p class="ltx_p">{_PROSE}Heaps{note} are sorted by weight {cite}. '
            f"Here {formula(rf'w_{{{number}}}={index}')} holds.</p></div>"
            for index in range(paragraphs)
        )
        return f"""
<section id="S{number}" class="ltx_section">
<h2 class="ltx_title ltx_title_section"><span class="ltx_tag ltx_tag_section">{number} </span>Part {number}</h2>
{body}
<div class="ltx_para"><p class="ltx_p">The weight of a heap is</p>
<table class="ltx_equation ltx_eqn_table"><tbody><tr><td class="ltx_eqn_cell">{_WEIGHT}</td>
<td><span class="ltx_tag ltx_tag_equation">(1)</span></td></tr></tbody></table>
<p class="ltx_p">where the sum runs over its pebbles.</p></div>
<section id="S{number}.SS1" class="ltx_subsection">
<h3 class="ltx_title ltx_title_subsection"><span class="ltx_tag">{number}.1 </span>Details</h3>
<div class="ltx_para"><p class="ltx_p">{told} sort by size. <span class="ltx_ERROR undefined">\\foo</span></p></div>
</section>
<figure class="ltx_table"><figcaption class="ltx_caption"><span class="ltx_tag ltx_tag_table">Table 1: </span>Weighings
of each sorter.</figcaption><table class="ltx_tabular"><tr><td>Cell 123</td></tr></table></figure>
</section>"""

    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Sorting Pebbles</title></head><body>
<div id="target-section" class="section"><a id="license-tr"
href="https://info.arxiv.org/help/license/index.html#licenses-available">License: {licence}</a>
<div id="watermark-tr">arXiv:{paper_id}v2 [cs.RO] 11 Sep 2025</div></div>
<div class="ltx_page_main"><div class="ltx_page_content"><article class="ltx_document">
<h1 class="ltx_title ltx_title_document">Sorting Pebbles</h1>
<div class="ltx_abstract"><h6 class="ltx_title ltx_title_abstract">Abstract</h6>
<p class="ltx_p">We sort pebbles by weight. It takes {_COST} weighings.</p></div>
{figures}{"".join(map(section, range(1, sections + 1)))}
<section class="ltx_section"><h2 class="ltx_title ltx_title_section">Acknowledgements</h2>
<div class="ltx_para"><p class="ltx_p">We thank the beach.</p></div></section>
<section class="ltx_bibliography"><h2 class="ltx_title">References</h2><ul class="ltx_biblist"><li><p class="ltx_p">Doe.
A cited work.</p></li></ul></section>
<section class="ltx_appendix"><h2 class="ltx_title">Appendix A</h2><div class="ltx_para"><p class="ltx_p">An appendix
text.</p></div></section></article></div></div></body></html>""".encode()


FAILED_PAGE = (
    b'<!DOCTYPE html><html><head><title> No content available </title></head><body><article class="ltx_document">'
    b'</article><div class="ltx_document"><div class="ltx_para"><div class="ltx_p"><span class="ltx_ERROR">\n'
    b"Conversion to HTML had a Fatal error and exited abruptly. This document may be truncated or damaged.\n"
    b"</span></div></div></div></body></html>"
)


def markdown_page() -> bytes:
    """Return a paper as Hugging Face's Markdown."""
    parts = "".join(f"## {number} Part {number}\n\n{_PROSE * 5}It is [1, 2] **fast**.\n\n" for number in (1, 2, 3, 4))
    return (
        f"# Sorting Pebbles\n\n## Abstract\n\nWe sort pebbles.\n\n{parts}| a | b |\n|---|---|\n| Cell | 123 |\n\n"
        "```\ncode()\n```\n\n## References\n\n[1] Doe. A cited work.\n\n## Appendix A\n\nAn appendix text.\n"
    ).encode()


def pdf_file(
    first: Sequence[str] = ("1 Introduction",), second: str = "2 Method", own: Sequence[str] = (),
    stamp: str = "arXiv:2509.00003v2 [cs.RO] 11 Sep 2025",
) -> bytes:  # fmt: skip
    """Return a PDF of four pages with running heads, page numbers, broken words and references.

    It has arXiv's stamp, or what else is to stand there. Between two headings at its beginning stands an abstract;
    `own` are the first lines of the text.
    """
    lines = [first[0], *(line for heading in first[1:] for line in ("We sort the pebbles of a beach.", heading)), *own]
    for number in range(1, 41):
        lines += [
            f"In trial {number} the sorter weighs two pebbles at a time, and it keeps the heav-",
            "ier one, which is a well-known way of sorting. It is well-",
            "known that heaps grow. The sorter never drops a pebble, however large the heap.",
        ]
        lines += [second] if number == 14 else []
    lines += ["References", "[1] Doe. A cited work. 2020.", "[2] Roe. Another cited work. 2021."]
    size = len(lines) // 4 + 1
    pages = [
        ["Sorting Pebbles - Preprint", *lines[at * size : (at + 1) * size], str(at + 1)] for at in range(4)
    ]  # fmt: skip
    pages[0].insert(0, stamp)
    return _pdf(pages)


def _pdf(pages: list[list[str]]) -> bytes:
    """Return a PDF of lines of Helvetica (ISO 32000-1, 7.5)."""
    streams = [
        "BT /F1 9 Tf 12 TL 50 760 Td " + " ".join(f"({line}) Tj T*" for line in page) + " ET" for page in pages
    ]  # fmt: skip
    kids = " ".join(f"{4 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, stream in enumerate(streams):
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>",
            f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        ]
    out, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        f"{out}xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\n"
        f"startxref\n{len(out)}\n%%EOF\n"
    ).encode("latin-1")


class Services:
    """Both services, what they know, what they were asked, and the troubles that are lined up."""

    def __init__(self) -> None:
        self.days: dict[str, list[dict[str, object]]] = {FRIDAY: friday()}
        self.today = "2025-09-15"
        self.unknown = {UNKNOWN}
        self.pages: dict[str, bytes] = {}
        """What stands at an address in place of what the service would answer; b"" for 404."""
        self.requests: list[Request] = []
        self.huggingface = self.arxiv = ""
        self._troubles: dict[str, list[Reply]] = {}

    def trouble(self, address: str, *replies: Reply) -> None:
        """Line up answers for requests whose path begins with `address`."""
        self._troubles.setdefault(address, []).extend(replies)

    def asked(self, address: str) -> list[Request]:
        return [request for request in self.requests if request.path.startswith(address)]

    def settings(self, **more: object) -> SourcesSettings:
        """Return settings that lead here and wait for nothing."""
        return SourcesSettings.model_validate(
            {
                "huggingface": self.huggingface, "arxiv": self.arxiv, "arxiv_api": self.arxiv, "timeout": 2.0,
                "deadline": 4.0, "backoff": (0.0, 0.0, 0.0), "arxiv_backoff": (0.0, 0.0, 0.0), "arxiv_interval": 0.0,
            }
            | more
        )  # fmt: skip

    def environment(self) -> dict[str, str]:
        """Return the same as variables for the command line."""
        values = self.settings().model_dump(mode="json")
        return {
            f"PODCAST_SOURCES__{name.upper()}": value if isinstance(value, str) else json.dumps(value)
            for name, value in values.items()
        }

    def answer(self, service: str, path: str) -> Reply:
        for address, replies in self._troubles.items():
            if path.startswith(address) and replies:
                return replies.pop(0)
        parts = urlsplit(path)
        if parts.path in self.pages:
            body = self.pages[parts.path]
            return Reply(200, body) if body else Reply(404, b"not found")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return self._huggingface(parts.path, query) if service == "huggingface" else self._arxiv(parts.path, query)

    def _huggingface(self, path: str, query: Mapping[str, str]) -> Reply:
        if path == "/api/daily_papers":
            date, limit = query["date"], int(query.get("limit", "50"))
            if date > self.today:
                return Reply(400, b'{"error":"Invalid date"}')
            return Reply(200, json.dumps(self.days.get(date, [])[:limit]).encode())
        if found := re.fullmatch(r"/papers/date/(\d{4}-\d\d-\d\d)", path):
            date = found[1]
            if date > self.today:
                return Reply(400, b"<html></html>")
            if date not in self.days:
                earlier = max(day for day in self.days if day < date)
                return Reply(302, b"", {"Location": f"/papers/date/{earlier}"})
            return Reply(200, listing_page(date, self.days[date]))
        if re.fullmatch(r"/papers/\d{4}\.\d{4,5}\.md", path):
            return Reply(200, markdown_page())
        return Reply(404, b"not found")

    def _arxiv(self, path: str, query: Mapping[str, str]) -> Reply:
        if path == "/api/query":
            ids = query["id_list"].split(",")
            if not all(re.fullmatch(r"\d{4}\.\d{4,5}|[a-z-]+/\d{7}", one) for one in ids):
                return BAD_ID
            known = [one for one in ids if one not in self.unknown]
            return Reply(200, atom(known[: int(query.get("max_results", "10"))]))
        if found := re.fullmatch(r"/html/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", path):
            return Reply(200, latexml_page(found[1]))
        if re.fullmatch(r"/pdf/\d{4}\.\d{4,5}", path):
            return Reply(200, pdf_file())
        return Reply(404, b"not found")


@contextmanager
def running() -> Iterator[Services]:
    """Give both services, running; when the block ends they are gone."""
    services = Services()
    servers = [_server(services, "huggingface"), _server(services, "arxiv")]
    services.huggingface, services.arxiv = (f"http://127.0.0.1:{server.server_address[1]}" for server in servers)
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield services
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _server(services: Services, name: str) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            services.requests.append(Request(name, self.path, dict(self.headers), time.time()))
            reply = services.answer(name, self.path)
            self.send_response(reply.status)
            for header, value in reply.headers.items():
                self.send_header(header, value)
            if "Content-Length" not in reply.headers:
                self.send_header("Content-Length", str(len(reply.body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            try:
                self._send(reply)
            except (BrokenPipeError, ConnectionResetError):
                return  # the asker had enough

        def _send(self, reply: Reply) -> None:
            if reply.cut:
                self.wfile.write(reply.body[: len(reply.body) // 2])
            elif reply.drip:
                for at in range(len(reply.body)):
                    self.wfile.write(reply.body[at : at + 1])
                    self.wfile.flush()
                    time.sleep(0.02)
            else:
                self.wfile.write(reply.body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    return server
