# SPDX-License-Identifier: MIT
"""Answers of witnesses that take long, kept beside the kernels that scripts/fetch-kernel keeps.

An answer is found again only if everything is the same that it came from: the bytes of the file, the question, and the
program itself with all libraries that it loads. What it says is kept as it said it, so that who reads it may change.
"""

import functools
import hashlib
import os
import re
import shutil
import subprocess
import tempfile

from leaves import WitnessError, run

_BLOCK = 1 << 22


def _digest(path):
    digest = hashlib.blake2b(digest_size=32)
    with open(path, "rb") as file:
        for block in iter(lambda: file.read(_BLOCK), b""):
            digest.update(block)
    return digest.hexdigest()


@functools.lru_cache(maxsize=None)
def _program(name):
    """The digests of the program and of its libraries."""
    path = shutil.which(name)
    if not path:
        raise WitnessError(f"{name} is not installed")
    done = subprocess.run(["ldd", path], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    libraries = re.findall(r"(/\S+) \(0x", done.stdout)
    if done.returncode or not libraries:
        return None
    return [_digest(library) for library in [path, *libraries]]


def cache():
    """Where scripts/fetch-kernel keeps what it brings."""
    return os.environ.get("PAGELAP_CACHE") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "pagelap")


def _key(command, path):
    program = _program(command[0])
    if not program:
        return None
    # What a program makes of its input may depend on the language of the messages, and on nothing else of a user's.
    parts = [*program, *command, os.environ.get("LC_ALL", ""), os.environ.get("LANG", ""), _digest(path)]
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=32).hexdigest()


def _keep(place, text):
    os.makedirs(os.path.dirname(place), exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(place), delete=False, encoding="utf-8") as file:
        file.write(text)
    os.replace(file.name, place)


def ask(command, path, output_suffices=False):
    """What COMMAND says of the file at PATH, which is its last argument; see leaves.run()."""
    key = _key(command, path)
    place = os.path.join(cache(), "answers", key) if key else None
    if place and os.path.exists(place):
        with open(place, encoding="utf-8") as file:
            return file.read()
    text = run([*command, os.fspath(path)], output_suffices=output_suffices)
    if place:
        _keep(place, text)
    return text
