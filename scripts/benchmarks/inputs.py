# SPDX-License-Identifier: MIT
"""The kernels that are measured on, and the programs of others."""
import os
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
RUNNING = "/sys/kernel/btf/vmlinux"


def output(command):
    """The stdout of a command, empty if it cannot be had."""
    try:
        return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                              text=True, check=False).stdout
    except OSError:
        return ""


def first_line(command):
    return (output(command).strip().splitlines() or ["?"])[0]


def bpftool():
    return shutil.which("bpftool", path=os.environ["PATH"] + ":/usr/sbin:/usr/local/sbin")


def fetch_vmlinux():
    command = [os.path.join(ROOT, "scripts/fetch-kernel"), "vmlinux", "trixie", "amd64",
               r"^linux-image-6\.12[^-]*-amd64-dbg$"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(2)
    return done.stdout.splitlines()[0]


def fetch_headers(names):
    """The trees whose names match, as a dictionary of directories; those that cannot be had are left out."""
    done = subprocess.run([os.path.join(ROOT, "scripts/fetch-headers"), names], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, text=True, check=False)
    return dict(line.split("=", 1) for line in done.stdout.splitlines())
