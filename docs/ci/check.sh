#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# check.sh [OPTION]...: prepares some configurations of the kernel tree that it is called in, and runs "pagelap check"
# on all of them, with the options. What the environment says:
#   PAGELAP_CONFIGS  which: ARCH/CONFIG..., x86_64/defconfig and arm64/defconfig unless set. Targets are called
#                    ARCH-CONFIG
#   PAGELAP_BUILD    where they are built, and kept for the next time: the folder "pagelap" in git's own unless set
#   LLVM             as for the kernel's makefile: 1 unless set, so that no cross compiler is needed
# Exit code: that of pagelap, but 2 in place of 0 where a configuration could not be prepared.
set -euo pipefail

read -r -d '' -a configs <<<"${PAGELAP_CONFIGS:-x86_64/defconfig arm64/defconfig}" || true
build=${PAGELAP_BUILD:-$(git rev-parse --absolute-git-dir)/pagelap}
export LLVM=${LLVM-1}

# A patch that breaks an assertion may keep the tree from being prepared. Then what was prepared before it is still
# there: enough to say what is broken, but not that nothing is.
unprepared=''
sources=()
mkdir -p "$build" || exit 2
for config in "${configs[@]}"; do
    if [[ ! $config =~ ^[a-z0-9_]+/[A-Za-z0-9_.-]+$ ]]; then
        echo "${0##*/}: '$config' of PAGELAP_CONFIGS is not ARCH/CONFIG" >&2
        exit 3
    fi
    name=${config/\//-}
    if ! make -s -j"$(nproc)" "O=$build/$name" "ARCH=${config%%/*}" "${config#*/}" prepare \
        </dev/null >"$build/$name.log" 2>&1; then
        echo "${0##*/}: $name could not be prepared:" >&2
        tail -n 20 "$build/$name.log" >&2
        unprepared=yes
    fi
    sources+=("$name=$build/$name")
done

status=0
pagelap check "$@" -- "${sources[@]}" || status=$?
[[ $status -ne 0 || -z $unprepared ]] || status=2
exit "$status"
