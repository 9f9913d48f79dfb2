"""The review's server: who is let in, what is served, and what is written."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from cleaner import decisions
from cleaner.fingerprint import fingerprint
from cleaner.reporting import ReportFolder, Seen
from cleaner.reviewing import Book, Server
from tests.files import SIGNUP, A, B, put
from tests.support import cleaned

ITEM = {"rule": "newsletter/signup", "fingerprint": fingerprint(SIGNUP)}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = ReportFolder(tmp_path / "report", "title", review=True)
    book = Book(tmp_path / "cleaner.decisions.toml")
    own = folder.add(Seen("a.txt", 1, cleaned=cleaned(f"{A}\n\n{SIGNUP}\n\nAdvertisement\n\n{B}\n")))
    assert own is not None
    book.add(own)
    folder.close()
    with Server(tmp_path / "report", book) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


def _ask(
    server: Server, place: str, body: Any = None, *, token: str | None = None, **headers: str
) -> tuple[int, bytes, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    host = f"127.0.0.1:{server.server_port}"
    sent = {"Host": host, "Origin": f"http://{host}", "Content-Type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    content = json.dumps(body) if body is not None and not isinstance(body, bytes) else body
    path = f"/{server.token if token is None else token}/{place}"
    connection.request("GET" if body is None else "POST", path, content, {k: v for k, v in sent.items() if v})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers


def _decide(server: Server, verdict: Any = "keep", items: Any = (ITEM,), **headers: str) -> int:
    return _ask(server, "api/decide", {"verdict": verdict, "items": list(items)}, **headers)[0]


def test_it_listens_here_alone_and_serves_the_report(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    status, body, headers = _ask(server, "index.html")
    assert status == 200
    assert b"<title>title" in body
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("token", ["", "x", "../", "A" * 32])
def test_without_the_token_there_is_nothing(server: Server, token: str) -> None:
    assert _ask(server, "index.html", token=token)[0] == 404
    assert _ask(server, "api/decide", {"verdict": "keep", "items": [ITEM]}, token=token)[0] == 404


@pytest.mark.parametrize("host", ["harm.example", "127.0.0.1", "127.0.0.1:1", "localhost.harm.example:80", "[::1]:80"])
def test_another_host_is_refused(server: Server, host: str) -> None:
    """A name that was made to point here (DNS rebinding) must not get in."""
    assert _ask(server, "index.html", Host=host)[0] == 421
    assert _decide(server, Host=host) == 421


@pytest.mark.parametrize(
    "origin", ["", "null", "http://harm.example", "https://127.0.0.1", "http://127.0.0.1:1", "file://"]
)
def test_another_origin_decides_nothing(server: Server, origin: str) -> None:
    assert _decide(server, Origin=origin) == 403
    assert server.book.decided() == []


def test_another_site_is_refused_even_with_the_token(server: Server) -> None:
    assert _ask(server, "index.html", Sec_Fetch_Site="cross-site")[0] == 403
    assert _ask(server, "index.html", Sec_Fetch_Site="same-origin")[0] == 200


@pytest.mark.parametrize(
    "place",
    [
        "../cleaner.decisions.toml", "d/../../cleaner.decisions.toml", "%2e%2e/x", "/etc/passwd", "d/", "",
        "assets/../x.css", "secret.txt", "data/c0.js/../../x", "d\\..\\x.html", "index.html/", "api/", "api/decide",
    ],
)  # fmt: skip
def test_only_the_reports_own_files_are_served(server: Server, place: str) -> None:
    put(server.folder, {"secret.txt": "secret"})
    put(server.folder.parent, {"cleaner.decisions.toml": "version = 1\n"})
    assert _ask(server, place)[0] == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400), (b"[]", 400), (b'"x"', 400), ({}, 400), ({"verdict": "keep"}, 400),
        ({"verdict": "burn", "items": [ITEM]}, 400), ({"verdict": None, "items": [ITEM]}, 400),
        ({"verdict": "keep", "items": [{}]}, 400), ({"verdict": "keep", "items": ["x"]}, 400),
        ({"verdict": "keep", "items": [{"rule": "newsletter/signup", "fingerprint": "0" * 16}]}, 400),
        ({"verdict": "keep", "items": [{"rule": "no/such"}]}, 400),
        ({"verdict": "example", "items": [{"rule": "newsletter/signup"}]}, 400),
        (b"[" * 100_000, 400), (b" " * ((1 << 20) + 1), 413),
    ],
)  # fmt: skip
def test_what_means_nothing_is_refused_and_changes_nothing(server: Server, body: Any, status: int) -> None:
    assert _ask(server, "api/decide", body)[0] == status
    assert not server.book.path.exists()


def test_a_form_cannot_decide(server: Server) -> None:
    assert _decide(server, Content_Type="application/x-www-form-urlencoded") == 415
    assert _decide(server, Content_Type="text/plain") == 415


def test_decisions_are_on_file_when_they_are_answered(server: Server) -> None:
    assert _decide(server) == 200
    (own,) = decisions.load(server.book.path)
    assert (own.rule, own.verdict, own.text, own.score, own.place) == (
        "newsletter/signup",
        "keep",
        SIGNUP,
        6.0,
        "a.txt",
    )
    assert _decide(server, "example") == 200
    assert decisions.load(server.book.path)[0].example
    assert _decide(server, "remove") == 200
    assert not decisions.load(server.book.path)[0].example
    assert _decide(server, "keep", [{"rule": "newsletter/signup"}]) == 200
    assert {own.fingerprint for own in decisions.load(server.book.path)} == {"", ITEM["fingerprint"]}
    assert json.loads(_ask(server, "api/decisions")[1]) == server.book.decided()
    assert _decide(server, "undo", [ITEM, {"rule": "newsletter/signup"}]) == 200
    assert decisions.load(server.book.path) == []


def test_decisions_at_the_same_time_are_all_on_file(server: Server) -> None:
    ad = {"rule": "promotion/certain-ad", "fingerprint": fingerprint("Advertisement")}
    items = [ITEM, ad, {"rule": "newsletter/signup"}, {"rule": "promotion/certain-ad"}]
    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(lambda n: _decide(server, "keep", [items[n % 4]]), range(24))) == {200}
    assert len(decisions.load(server.book.path)) == 4


def test_a_file_that_cannot_be_read_is_an_error_and_stays(server: Server) -> None:
    put(server.book.path.parent, {server.book.path.name: "version = 9\n"})
    assert _decide(server) == 500
    assert server.book.path.read_text() == "version = 9\n"
