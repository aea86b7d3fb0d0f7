# SPDX-License-Identifier: MIT
"""A copy of the project to break, built so that one file that changed means one compilation and one link."""

import contextlib
import hashlib
import json
import os
import shlex
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
PREPARED = ("-DCMAKE_BUILD_TYPE=RelWithDebInfo", "-DPAGELAP_WERROR=ON", "-DPAGELAP_HARDEN=OFF", "-DBUILD_SHARED_LIBS=ON",
            "-DCMAKE_LINK_DEPENDS_NO_SHARED=ON")
# Without line numbers, objects of the same code are the same. The interface of a library may not change it, either.
FLAGS = "-O2 -g0 -DNDEBUG -fno-semantic-interposition"
# Every place of the code has its own line, and says when it is reached.
TRACED = "-O0 -g -fsanitize-coverage=trace-pc"
REACH_SIZE = 16 << 20


def run(command, cwd, **more):
    """Runs COMMAND, which has to succeed."""
    done = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False, **more)
    if done.returncode:
        raise RuntimeError(f"{shlex.join(command) if isinstance(command, list) else command}\n{done.stdout[-4000:]}")
    return done.stdout


def ignored(_directory, names):
    return [name for name in names if name in (".git", "build", "__pycache__") or name.startswith("build-")]


def digest(*paths):
    """Of the names and contents of all files in PATHS that are copied."""
    whole = hashlib.sha256()
    for path in paths:
        if os.path.isdir(path):
            names = os.listdir(path)
            names = sorted(set(names) - set(ignored(path, names)))
            whole.update(repr([(name, digest(os.path.join(path, name))) for name in names]).encode())
        elif os.path.exists(path):
            whole.update(content(path))
    return whole.hexdigest()


def content(path):
    with open(path, "rb") as file:
        return file.read()


class Tree:
    """The copy in SCRATCH of the project at SOURCE, and its builds."""

    def __init__(self, source, scratch):
        self.source = source
        self.scratch = scratch
        self.root = os.path.join(scratch, "tree")
        self.build = os.path.join(self.root, "build")
        self.library = os.path.join(self.build, "analyzer/libpagelap.so")
        self.traced = os.path.join(scratch, "traced")
        self.traced_library = os.path.join(self.traced, "analyzer/libpagelap.so")
        self.reach_file = os.path.join(scratch, "reach")
        self.interrupted = os.path.join(scratch, "interrupted")
        self.commands = {}
        self.link = None

    def prepare(self):
        """Copies and builds. What was built before stays, where it is the same."""
        os.makedirs(self.root, exist_ok=True)
        if os.path.exists(self.interrupted):  # its object is broken, and newer than its source
            os.unlink(content(self.interrupted).decode())
            os.unlink(self.interrupted)
        for name in os.listdir(self.root):
            path = os.path.join(self.root, name)
            if name == "build":
                continue
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
        shutil.copytree(self.source, self.root, symlinks=True, ignore=ignored, dirs_exist_ok=True)
        run(["cmake", "-G", "Ninja", "-S", self.root, "-B", self.build, *PREPARED,
             f"-DCMAKE_C_FLAGS_RELWITHDEBINFO={FLAGS}"], self.root)
        run(["ninja", "-C", self.build], self.root)
        with open(os.path.join(self.build, "compile_commands.json"), encoding="utf-8") as file:
            for entry in json.load(file):
                # As a part of the library: tests may compile a file of the analyzer once more.
                if "/pagelap.dir/" in entry["command"]:
                    self.commands[entry["file"]] = shlex.split(entry["command"])
        self.link = run(["ninja", "-C", self.build, "-t", "commands", "analyzer/libpagelap.so"],
                        self.root).strip().split("\n")[-1]

    def prepare_traced(self):
        """The same library again, which says what of it is reached."""
        with open(self.reach_file, "wb") as file:
            file.truncate(REACH_SIZE)
        recorder = os.path.join(self.scratch, "reach.o")
        run(["gcc", "-O2", "-fPIC", "-c", os.path.join(HERE, "reach.c"), "-o", recorder,
             f'-DREACH_FILE="{self.reach_file}"', f"-DREACH_SIZE={REACH_SIZE}"], self.scratch)
        run(["cmake", "-G", "Ninja", "-S", self.root, "-B", self.traced, *PREPARED, "-DBUILD_TESTING=OFF",
             f"-DCMAKE_C_FLAGS_RELWITHDEBINFO={TRACED}", f"-DCMAKE_SHARED_LINKER_FLAGS={recorder}"], self.root)
        run(["ninja", "-C", self.traced, "pagelap"], self.root)

    def compile(self, path, output):
        """Whether PATH compiles; to OUTPUT."""
        command = list(self.commands[path])
        command[command.index("-o") + 1] = output
        return subprocess.run(command, cwd=self.build, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0

    def object_of(self, path):
        command = self.commands[path]
        return os.path.join(self.build, command[command.index("-o") + 1])

    def link_library(self):
        run(["sh", "-c", self.link], self.build)

    @contextlib.contextmanager
    def replaced_library(self, other):
        """With the library OTHER in the place of the library."""
        shutil.copyfile(other, self.library)
        try:
            yield
        finally:
            self.link_library()


class Broken:
    """With one LINE of a file AFTER the break. MEANT says whether it compiles, to something that is not the same."""

    def __init__(self, tree, file, index, after):
        self.tree = tree
        self.path = os.path.join(tree.root, file)
        self.index = index
        self.after = after
        self.meant = False

    def __enter__(self):
        self.stat = os.stat(self.path)
        self.before = content(self.path)
        self.object = self.tree.object_of(self.path)
        self.unbroken = content(self.object)
        lines = self.before.decode().split("\n")
        lines[self.index] = self.after
        with open(self.path, "w", encoding="utf-8") as file:
            file.write("\n".join(lines))
        broken = os.path.join(self.tree.scratch, "broken.o")
        self.meant = self.tree.compile(self.path, broken) and content(broken) != self.unbroken
        if self.meant:
            with open(self.tree.interrupted, "w", encoding="utf-8") as file:
                file.write(self.object)
            shutil.copyfile(broken, self.object)
            self.tree.link_library()
        return self

    def __exit__(self, *_):
        with open(self.path, "wb") as file:
            file.write(self.before)
        os.utime(self.path, ns=(self.stat.st_atime_ns, self.stat.st_mtime_ns))
        if self.meant:
            with open(self.object, "wb") as file:
                file.write(self.unbroken)
            self.tree.link_library()
            os.unlink(self.tree.interrupted)
