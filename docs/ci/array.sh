#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# array.sh [merge]: one task of a Slurm job array, or the join of all of them, in a kernel tree. Task I prepares
# configuration I of PAGELAP_CONFIGS and writes a report about it; "merge" joins the reports and gates. The environment:
#   PAGELAP_CONFIGS  which: ARCH/CONFIG...; as in check.sh
#   PAGELAP_BUILD    where they are built, and where the reports are: a folder that all nodes see
#   LLVM             as in check.sh
# Exit code: that of pagelap; 2 where a configuration could not be prepared, or its report is not there; 3 no such task.
#SBATCH --job-name=pagelap
#SBATCH --cpus-per-task=2
set -euo pipefail

read -r -d '' -a configs <<<"${PAGELAP_CONFIGS:-x86_64/defconfig arm64/defconfig s390/defconfig}" || true
build=${PAGELAP_BUILD:-$(git rev-parse --absolute-git-dir)/pagelap}
export LLVM=${LLVM-1}

if [[ ${1:-} == merge ]]; then
    reports=()
    for config in "${configs[@]}"; do
        reports+=("$build/${config/\//-}.json")
    done
    exec pagelap merge --format "json:$build/all.json" --format text -- "${reports[@]}"
fi

index=${SLURM_ARRAY_TASK_ID:-}
if [[ ! $index =~ ^[0-9]+$ || $index -ge ${#configs[@]} ]]; then
    echo "${0##*/}: which task? sbatch --array=0-$((${#configs[@]} - 1))" >&2
    exit 3
fi
config=${configs[index]}
name=${config/\//-}
mkdir -p "$build" || exit 2
rm -f "$build/$name.json"
if ! make -s "O=$build/$name" "ARCH=${config%%/*}" "${config#*/}" prepare </dev/null >"$build/$name.log" 2>&1; then
    tail -n 20 "$build/$name.log" >&2
    exit 2
fi
exec pagelap check -q --fail-on none --format "json:$build/$name.json" "$name=$build/$name"
