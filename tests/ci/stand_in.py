#!/usr/bin/python3
# SPDX-License-Identifier: MIT
"""What recipes call and the tests have not: make, cmake, apt-get, reviewdog, sbatch, under the name that it is called by.

Each writes its command line to $STAND_IN/log, and does what the recipe needs of it, no more; what the real one would
refuse, it refuses. $STAND_IN/empty holds the architectures whose headers make forgets to generate.
"""
import os
import pathlib
import shutil
import subprocess
import sys

HOME = pathlib.Path(os.environ["STAND_IN"])
TREES = pathlib.Path(__file__).resolve().parents[2] / "testdata/trees"
# Of which configured tree one of another architecture is made, and the option that it has instead.
CONFIGURED = {"x86_64": ("x86_64", ""), "arm": ("arm", ""), "s390": ("s390x", ""), "arm64": ("x86_64", "ARM64")}


def note(*words):
    with open(HOME / "log", "a", encoding="utf-8") as log:
        print(*words, file=log)


def refuse(message):
    print(f"{pathlib.Path(sys.argv[0]).name}: {message}", file=sys.stderr)
    sys.exit(2)


def configure(arch, build):
    """What "make defconfig" leaves behind."""
    model, option = CONFIGURED[arch]
    for name in (".config", "include/generated/autoconf.h"):
        text = (TREES / model / name).read_text(encoding="utf-8")
        if option:
            text = text.replace("X86_64", option).replace("X86", option)
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        (build / name).write_text(text, encoding="utf-8")


def prepare(arch, build):
    """What "make prepare" adds to it."""
    for name in ("include/generated/bounds.h", "include/config/kernel.release"):
        (build / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(TREES / CONFIGURED[arch][0] / name, build / name)


def make(arguments):
    variables = {name: os.environ[name] for name in ("ARCH", "LLVM") if name in os.environ}
    targets = [word for word in arguments if not word.startswith("-") and "=" not in word]
    variables.update(word.split("=", 1) for word in arguments if not word.startswith("-") and "=" in word)
    source = pathlib.Path.cwd()
    arch = variables.get("ARCH", "x86_64")
    if not (source / "Makefile").exists() or "VERSION = " not in (source / "Makefile").read_text(encoding="utf-8"):
        refuse("*** No rule to make target 'defconfig'.  Stop.")
    if arch not in CONFIGURED:
        refuse(f"arch/{arch}/Makefile: No such file or directory")
    if targets != ["defconfig", "prepare"]:
        refuse(f"these are not the targets that a recipe needs: {targets}")
    if arch != "x86_64" and not variables.get("LLVM"):
        refuse("there is no cross compiler here")
    build = source / variables.get("O", ".")
    configure(arch, build)
    if build != source:
        (build / "Makefile").write_text(f"include {source}/Makefile\n", encoding="utf-8")
    if (source / "UNPREPARABLE").exists():
        refuse("*** [Kbuild:44: arch/x86/kernel/asm-offsets.s] Error 1")
    forgotten = HOME / "empty"
    if not forgotten.exists() or arch not in forgotten.read_text(encoding="utf-8").split():
        prepare(arch, build)


def cmake(arguments):
    state = pathlib.Path("build/release/state")
    if arguments == ["--preset", "release"]:
        if not pathlib.Path("CMakePresets.json").exists():
            refuse("could not read presets from here")
        state.parent.mkdir(parents=True)
        state.write_text("configured", encoding="utf-8")
    elif arguments == ["--build", "--preset", "release"] and state.read_text(encoding="utf-8") == "configured":
        state.write_text("built", encoding="utf-8")
    elif len(arguments) == 4 and arguments[0] == "--install" and arguments[2] == "--prefix":
        built = pathlib.Path(arguments[1]) / "state"
        if not built.exists() or built.read_text(encoding="utf-8") != "built":
            refuse("there is nothing to install")
        program = pathlib.Path(arguments[3]) / "bin/pagelap"
        program.parent.mkdir(parents=True)
        program.symlink_to(os.environ["PAGELAP"])
    else:
        refuse(f"this is not how the recipes build: {arguments}")


def apt_get(arguments):
    if arguments != ["update"] and not (HOME / "updated").exists():
        refuse("there are no lists of packages")
    if arguments[0] not in ("update", "install"):
        refuse(f"invalid operation {arguments[0]}")
    (HOME / "updated").touch()


def reviewdog(arguments):
    if not os.environ.get("REVIEWDOG_GITHUB_API_TOKEN"):
        refuse("REVIEWDOG_GITHUB_API_TOKEN is not set")
    known = {"-f=rdjsonl", "-name=pagelap", "-reporter=github-pr-review", "-filter-mode=nofilter"}
    if set(arguments) != known:
        refuse(f"flags: {set(arguments) ^ known}")
    (HOME / "comments").write_text(sys.stdin.read(), encoding="utf-8")


def sbatch(arguments):
    """Runs the tasks one after the other, here; a job that depends on another comes later anyway."""
    options = [word for word in arguments if word.startswith("--")]
    script = arguments[len(options):]
    tasks = [word for word in options if word.startswith("--array=0-")]
    status = []
    for task in range(int(tasks[0].removeprefix("--array=0-")) + 1) if tasks else [None]:
        extra = {} if task is None else {"SLURM_ARRAY_TASK_ID": str(task)}
        status.append(subprocess.run(["bash", *script], check=False, env={**os.environ, **extra},
                                     stdout=None if task is None else subprocess.DEVNULL).returncode)
    if "--parsable" in options:
        print(1)
    elif any(status):
        sys.exit(max(status))


def main():
    name = pathlib.Path(sys.argv[0]).name
    note(name, *sys.argv[1:])
    {"make": make, "cmake": cmake, "apt-get": apt_get, "reviewdog": reviewdog, "sbatch": sbatch}[name](sys.argv[1:])


if __name__ == "__main__":
    main()
