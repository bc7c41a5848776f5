"""The scripts, styles and pictures of the workspace, read once and named by what is in them."""

import posixpath
import re
import zlib
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from geodata.draw.assets_text import leaflet, leaflet_style

PREFIX = "/static"
FOR_GOOD = "public, max-age=31536000, immutable"
DIGITS = 16
MEDIA_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}
"""By the ending of a file; nothing else is served."""
IMPORT = re.compile(r"""^(?:import|export)\b[^;"]*"(\.[^"]+)";""", re.MULTILINE)


@dataclass(frozen=True)
class Assets:
    """All static files. `digest` is made of all of them, so an address always means the same bytes."""

    files: dict[str, bytes]
    digest: str

    def address(self, name: str) -> str:
        """Return the address of a file; raises KeyError where there is none."""
        if name not in self.files:
            raise KeyError(name)
        return f"{PREFIX}/{self.digest}/{name}"

    def modules(self, name: str) -> list[str]:
        """Return the addresses of all modules that a script imports, so that a page can ask for them at once."""
        found = {name: None}
        waiting = [name]
        while waiting:
            importer = waiting.pop()
            for path in IMPORT.findall(self.files[importer].decode()):
                module = posixpath.normpath(posixpath.join(posixpath.dirname(importer), path))
                if module not in found:
                    found[module] = None
                    waiting.append(module)
        return [self.address(module) for module in found if module != name]


def read_assets() -> Assets:
    """Read the files of the package, and Leaflet."""
    found = dict(sorted(_below(files("api.web") / "static", "")))
    found["leaflet/leaflet.js"] = leaflet("leaflet-src.esm.js").encode()
    found["leaflet/leaflet.css"] = leaflet_style().encode()
    digest = sha256()
    for name, data in found.items():
        digest.update(f"{name} {len(data)}\n".encode() + data)
    return Assets(found, digest.hexdigest()[:DIGITS])


def serve_assets(app: FastAPI, assets: Assets) -> None:
    """Let anybody read the files: nothing in them is a secret."""

    async def serve(request: Request) -> Response:
        data, etag = assets.files.get(name := request.path_params["name"]), f'"{assets.digest}"'
        if data is None:
            raise HTTPException(404, "There is no such file.")
        is_present = request.path_params["digest"] == assets.digest
        headers = {"ETag": etag, "Cache-Control": FOR_GOOD if is_present else "no-cache", "Vary": "Accept-Encoding"}
        if request.headers.get("if-none-match") == etag:
            return Response(b"", 304, headers)
        if "deflate" in request.headers.get("accept-encoding", ""):
            data, headers = _packed(data), {**headers, "Content-Encoding": "deflate"}
        return Response(data, headers=headers, media_type=MEDIA_TYPES[name.rpartition(".")[2]])

    app.add_route(PREFIX + "/{digest}/{name:path}", serve, include_in_schema=False)


@cache
def _packed(data: bytes) -> bytes:
    return zlib.compress(data)


def _below(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir():
            found += _below(entry, f"{path}{entry.name}/")
        elif entry.name.rpartition(".")[2] in MEDIA_TYPES:
            found.append((f"{path}{entry.name}", entry.read_bytes()))
    return found
