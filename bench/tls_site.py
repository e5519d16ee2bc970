"""The demo with the settings of production behind nginx with TLS: what a public page really sends.

Needs root, for the ports 80 and 443 that absolute addresses and scanners go by, nginx and openssl.
"""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
BARE = ROOT / "bench" / "peers" / "bare_page"
APPLICATION_PORT = 8471
HOST = "localhost"


@dataclass(frozen=True)
class TLSSite:
    """`authority` is the certificate that a client has to trust; all names lead to this machine."""

    folder: Path
    authority: Path
    hub: str = HOST

    def clinic(self, slug: str) -> str:
        """The host of a clinic of the demo."""
        return f"{slug}.{HOST}"

    def repack(self, slug: str, path: str) -> None:
        """Ask the application itself for a page until it gets no smaller, as every page does that
        is asked for again (clinics/edge/repacking.py), then let nginx forget its copy: after its
        minute it asks anew.
        """
        sizes = [self._bytes_of(slug, path)]
        while len(sizes) < 4 or sizes[-1] < sizes[-3]:
            time.sleep(0.2)
            sizes.append(self._bytes_of(slug, path))
        for kept in (self.folder / "nginx-cache").glob("*"):
            kept.unlink()

    def _bytes_of(self, slug: str, path: str) -> int:
        """Of a page in brotli, as the application has it at the moment."""
        headers = {"Host": self.clinic(slug), "X-Forwarded-Proto": "https", "Accept-Encoding": "br"}
        address = f"http://127.0.0.1:{APPLICATION_PORT}{path}"
        with urlopen(Request(address, headers=headers), timeout=20) as answer:
            return len(answer.read())


@contextmanager
def tls_site(folder: Path, *, bare: bool = False) -> Iterator[TLSSite]:
    """Serves the demo until the block ends; `folder` keeps its database and pictures for next time.

    `bare` leaves out articles and pictures, which take a minute to make. A RuntimeError says which
    program does not run.
    """
    if os.geteuid() != 0:
        raise RuntimeError("The ports 80 and 443 are for root only: run this as root.")
    folder.mkdir(parents=True, exist_ok=True)
    environment = _environment(folder)
    for command in (["migrate", "--verbosity", "0"], ["load_demo", *(["--bare"] * bare)],
                    ["collectstatic", "--no-input", "--verbosity", "0"]):  # fmt: skip
        _run([sys.executable, "manage.py", *command], environment)
    authority = _certificates(folder)
    programs = [
        subprocess.Popen(  # noqa: S603 - our own programs, here and below
            [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind",
             f"127.0.0.1:{APPLICATION_PORT}", "--threads", "8", "--no-control-socket",
             "--log-level", "warning"],
            env=environment, cwd=ROOT,
        ),
        subprocess.Popen(["nginx", "-c", str(_nginx_conf(folder))]),  # noqa: S603, S607
    ]  # fmt: skip
    try:
        for port in (APPLICATION_PORT, 80, 443):
            _wait_for(port, programs)
        yield TLSSite(folder, authority)
    finally:
        for program in programs:
            program.terminate()
        for program in programs:
            program.wait(timeout=20)


def _environment(folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.production",
        "SECRET_KEY": _kept_secret(folder / "secret"),
        "ADMIN_HOST": HOST,
        "PORT": "443",
        "VAR_DIR": str(folder),
        "TRUST_PROXY": "1",
        "CLINICS_ALLOW_FICTIONAL_NUMBERS": "1",
        "DEMO_PASSWORD": secrets.token_urlsafe(16),
    }


def _kept_secret(file: Path) -> str:
    if not file.exists():
        file.write_text(secrets.token_urlsafe(50))
    return file.read_text()


def _certificates(folder: Path) -> Path:
    """An authority of our own, and a certificate by it for the hub and every clinic."""
    authority, names = folder / "authority.pem", folder / "names.cnf"
    if authority.exists():
        return authority
    names.write_text(f"subjectAltName=DNS:{HOST},DNS:*.{HOST},DNS:dallas.{HOST},"
                     f"DNS:delray-beach.{HOST},DNS:kairos.{HOST}\n")  # fmt: skip
    made = ["-days", "365", "-newkey", "rsa:2048", "-nodes"]
    _run(["openssl", "req", "-x509", *made, "-subj", "/CN=Bench authority",
          "-keyout", str(folder / "authority.key"), "-out", str(authority)])  # fmt: skip
    _run(["openssl", "req", "-new", *made[2:], "-subj", f"/CN={HOST}",
          "-keyout", str(folder / "site.key"), "-out", str(folder / "site.csr")])  # fmt: skip
    _run(["openssl", "x509", "-req", "-days", "365", "-in", str(folder / "site.csr"),
          "-CA", str(authority), "-CAkey", str(folder / "authority.key"), "-CAcreateserial",
          "-extfile", str(names), "-out", str(folder / "site.pem")])  # fmt: skip
    return authority


def _nginx_conf(folder: Path) -> Path:
    text = (ROOT / "bench" / "nginx.conf").read_text()
    values = {"FOLDER": folder, "MEDIA": folder / "media", "BARE": BARE, "PORT": APPLICATION_PORT}
    for name, value in values.items():
        text = text.replace(f"@{name}@", str(value))
    file = folder / "nginx.conf"
    file.write_text(text)
    return file


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603
        command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")


def _wait_for(port: int, programs: list[subprocess.Popen[bytes]]) -> None:
    for _attempt in range(300):
        if any(program.poll() is not None for program in programs):
            raise RuntimeError("gunicorn or nginx has ended: its last lines are above.")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"Nothing listens on port {port}.")
