"""The review: a report's pages on this machine, and the decisions that are made on them.

Standard library only. The server listens on 127.0.0.1; its address holds a token that nobody else knows; requests
that name another host (rebinding) or come from another origin are refused; only the report's own files are served.
A decision is on the disk before it is answered.
"""

from __future__ import annotations

import hmac
import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from typing import Any

from cleaner import decisions
from cleaner.decisions import Decided
from cleaner.errors import CleanerError
from cleaner.model import Cleaned
from cleaner.reports.html import REVIEW_POLICY
from cleaner.reports.html.page import Entry

#: What may be asked for, and as what it is sent.
_FILES = re.compile(r"(?:(?:index|list|skipped)\.html|assets/[a-z]+\.(?:css|js|svg)|data/\w+\.js|d/[0-9a-f-]+\.html)")
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
#: Bytes of a request: decisions on a few thousand removals.
_MOST = 1 << 20


class Book:
    """What can be decided, and the file of what was."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._known: dict[tuple[str, str], Decided] = {}
        self._rules: set[str] = set()
        self._lock = Lock()

    def add(self, own: Entry) -> None:
        """Takes a document's removals as what may be decided on."""
        for note, removal in zip(own.notes, own.cleaned.removals, strict=True):
            self._rules.add(removal.rule)
            key = removal.rule, note.fingerprint
            if key not in self._known:
                score = None if removal.certain else round(removal.score, 2)
                text = _text(own.cleaned, removal.start, removal.end)
                self._known[key] = Decided(removal.rule, "remove", note.fingerprint, text, score, own.place)

    def decided(self) -> list[dict[str, Any]]:
        """The decisions, as pages show them."""
        with self._lock:
            return _shown(decisions.load(self.path))

    def decide(self, verdict: str, items: list[Any]) -> list[dict[str, Any]]:
        """Writes decisions down. Raises ``ValueError`` for what means nothing, and as :func:`decisions.change`."""
        chosen = [self._chosen(item) for item in items]
        with self._lock:
            match verdict:
                case "undo":
                    left = decisions.change(self.path, drop=[own.key for own in chosen])
                case "keep" | "remove":
                    left = decisions.change(self.path, [replace(own, verdict=verdict) for own in chosen])
                case "example" if all(own.fingerprint for own in chosen):
                    left = decisions.change(self.path, [replace(own, verdict="keep", example=True) for own in chosen])
                case _:
                    raise ValueError(f"verdict: found {verdict!r}; allowed: keep, remove, example, undo")
        return _shown(left)

    def _chosen(self, item: Any) -> Decided:
        if not isinstance(item, dict):
            raise ValueError("items: each is an object with rule and fingerprint")
        rule, fingerprint = str(item.get("rule")), str(item.get("fingerprint", ""))
        if fingerprint == "" and rule in self._rules:
            return Decided(rule, "remove")
        if (rule, fingerprint) not in self._known:
            raise ValueError("items: no such removal in this review")
        return self._known[rule, fingerprint]


def _text(cleaned: Cleaned, start: int, end: int) -> str:
    return cleaned.document.text[start:end].strip()


def _shown(decided: list[Decided]) -> list[dict[str, Any]]:
    return [
        {"rule": own.rule, "fingerprint": own.fingerprint, "verdict": own.verdict, "example": own.example}
        for own in decided
    ]


class Server(ThreadingHTTPServer):
    """Serves the report in ``folder`` and takes decisions for ``book``, on a free port unless one is named."""

    daemon_threads = True

    def __init__(self, folder: Path, book: Book, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.folder, self.book = folder, book
        self.token = secrets.token_urlsafe(24)
        self.hosts = {f"{name}:{self.server_port}" for name in ("127.0.0.1", "localhost")}

    @property
    def address(self) -> str:
        """The first page's, with the token."""
        return f"http://127.0.0.1:{self.server_port}/{self.token}/index.html"


class _RefusedError(Exception):
    """A request that is not answered, with the status that says why."""

    def __init__(self, status: HTTPStatus, why: str = "") -> None:
        super().__init__(why or status.phrase)
        self.status = status


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = sys_version = "cleaner"
    timeout = 30

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def _answer(self, handle: Any) -> None:
        try:
            kind, body = handle(self._place())
            self._send(HTTPStatus.OK, kind, body)
        except _RefusedError as refused:
            self._send(refused.status, "text/plain; charset=utf-8", str(refused).encode())
        except (CleanerError, OSError) as error:
            self._send(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", str(error).encode())

    def _place(self) -> str:
        """What is asked for, below the token."""
        if self.headers.get("Host") not in self.server.hosts:
            raise _RefusedError(HTTPStatus.MISDIRECTED_REQUEST)
        if self.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise _RefusedError(HTTPStatus.FORBIDDEN)
        token, _, place = self.path.partition("?")[0].removeprefix("/").partition("/")
        if not hmac.compare_digest(token.encode(), self.server.token.encode()):
            raise _RefusedError(HTTPStatus.NOT_FOUND)
        return place

    def _get(self, place: str) -> tuple[str, bytes]:
        if place == "api/decisions":
            return "application/json", json.dumps(self.server.book.decided()).encode()
        if not _FILES.fullmatch(place):
            raise _RefusedError(HTTPStatus.NOT_FOUND)
        path = self.server.folder / place
        if not path.is_file():
            raise _RefusedError(HTTPStatus.NOT_FOUND)
        return _TYPES[path.suffix], path.read_bytes()

    def _post(self, place: str) -> tuple[str, bytes]:
        origin = self.headers.get("Origin", "")
        if not origin.startswith("http://") or origin.removeprefix("http://") not in self.server.hosts:
            raise _RefusedError(HTTPStatus.FORBIDDEN)
        if place != "api/decide":
            raise _RefusedError(HTTPStatus.NOT_FOUND)
        request = self._request()
        try:
            left = self.server.book.decide(str(request.get("verdict")), list(request["items"]))
        except (KeyError, TypeError, ValueError) as error:
            raise _RefusedError(HTTPStatus.BAD_REQUEST, str(error)) from None
        return "application/json", json.dumps(left).encode()

    def _request(self) -> Mapping[str, Any]:
        if self.headers.get_content_type() != "application/json":
            raise _RefusedError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _MOST:
            # what is still on its way would cut the answer off
            self.rfile.read(min(int(length), 4 * _MOST) if length.isdecimal() else 0)
            raise _RefusedError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            request = json.loads(self.rfile.read(int(length)))
        except (ValueError, RecursionError):
            request = None
        if not isinstance(request, dict):
            raise _RefusedError(HTTPStatus.BAD_REQUEST)
        return request

    def _send(self, status: HTTPStatus, kind: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", f"{REVIEW_POLICY}; frame-ancestors 'none'")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-store")
        if status != HTTPStatus.OK:
            self.close_connection = True  # what is left of a refused request is not read
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing: addresses hold the token."""
