"""The program opens no socket: the main job runs in a child process that may not."""

import os
import subprocess
import sys

import pytest

FORBID = """
import os, socket, sys

def forbidden(*args, **kwargs):
    with open(os.environ["SOCKETS_ASKED_FOR"], "a") as log:  # an exception alone could be swallowed
        log.write(f"{args!r}\\n")
    raise RuntimeError(f"a socket was asked for: {args!r}")

class Forbidden(socket.socket):
    __init__ = connect = connect_ex = bind = sendto = forbidden

socket.socket = socket.SocketType = Forbidden
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = socket.socketpair = forbidden

def hook(event, args):
    if event.startswith("socket."):
        forbidden(event, *args)

sys.addaudithook(hook)
"""


@pytest.fixture
def offline(tmp_path):
    """Runs commands in a Python that forbids sockets before anything else is imported."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(FORBID, encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])}
    env["SOCKETS_ASKED_FOR"] = str(tmp_path / "asked")

    def run(*args, **kwargs):
        command = [sys.executable, *map(str, args)]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False, **kwargs)

    return run


def test_a_socket_is_really_forbidden(offline, tmp_path):
    for code in (
        "import socket; socket.socket()",
        "import _socket; _socket.socket()",
        "import urllib.request as u; u.urlopen('http://localhost:9')",
    ):
        done = offline("-c", code)
        assert done.returncode == 1
        assert "a socket was asked for" in done.stderr
    swallowed = "import socket\ntry:\n    socket.socket()\nexcept Exception:\n    pass"
    assert offline("-c", swallowed).returncode == 0
    assert len((tmp_path / "asked").read_text("utf-8").splitlines()) >= 4


def test_import_suggest_and_export_need_no_socket(offline, tmp_path):
    article = tmp_path / "a.txt"
    article.write_text("“We oppose this,” Foreign Minister Qin Gang told Japan on Monday.", encoding="utf-8")
    project, out = tmp_path / "p.annot", tmp_path / "out"
    for args in (
        ("import", project, article),
        ("suggest", project),
        ("export", project, "--format", "jsonl", "--out", out),
        ("export", project, "--format", "conll", "--out", out),
        ("stats", project),
        ("check", project),
        ("backup", project),
    ):
        done = offline("-m", "annotator", *args)
        assert done.returncode == 0, done.stderr
    assert '"label":"PERSON"' in (out / "p.jsonl").read_text("utf-8")
    assert not (tmp_path / "asked").exists()


def test_the_stream_needs_no_socket(offline, tmp_path):
    done = offline("-m", "annotator", "suggest", "-", input='{"id": "1", "text": "Qin Gang said no."}\n')
    assert done.returncode == 0, done.stderr
    assert '"id":"1"' in done.stdout.replace(" ", "")
    assert not (tmp_path / "asked").exists()
