#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# bot.sh RANGE [OPTION]...: what do the commits of RANGE (as for git rev-list; merges are left out) find that their
# parents did not have? Each is checked out into a working tree of its own, in TMPDIR, and held against its parent.
# Standard output has the new findings and nothing else, one a line: "file:line: severity: message [RULE]". Which commit
# they are of, and what could not be told, is on standard error. check.sh, which lies beside this script, says what is
# configured. Options are for the "pagelap check" that compares: --fail-on, --suppressions.
# Exit code: 0 nothing new; 1 something new, at or above --fail-on; 2 no such thing, but some commit could not be told;
# 3 usage.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

say() {
    echo "${0##*/}: $*" >&2
}

# A single name would be all of its history.
if [[ ${1:-} != *..* && ${1:-} != *^[!-]* ]]; then
    say "a range of commits is wanted, as in ${0##*/} origin/master..HEAD or ${0##*/} HEAD^!"
    exit 3
fi
range=$1
shift
commits=$(git rev-list --reverse --topo-order --no-merges "$range" --) || exit 3

work=$(mktemp -d) || exit 2
trap 'git worktree remove --force "$work/tree" || true; rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM
git worktree add --quiet --detach --no-checkout "$work/tree" HEAD || exit 2
export PAGELAP_BUILD=$work/build

# Makes the report of a commit, COMMIT.json; the exit code of check.sh is kept beside it.
report() { # COMMIT
    local status=0
    [[ ! -e $work/$1.status ]] || return 0
    git -C "$work/tree" checkout --quiet --force --detach "$1" || return 2
    (cd "$work/tree" && "$here/check.sh" --quiet --fail-on none --format "json:$work/$1.json" >&2) || status=$?
    [[ $status -le 2 ]] || return "$status"
    echo "$status" >"$work/$1.status"
}

# Whether all of a report could be read. It is no baseline otherwise: what it lacks would seem new.
is_whole() { # COMMIT
    pagelap check --quiet --fail-on none --format "plain:$work/whole" "$work/$1.json" 2>/dev/null
}

# Prints what is new in a commit. Status: as the exit code.
compare() { # COMMIT PARENT [OPTION]...
    local commit=$1 parent=$2 status=0
    shift 2
    pagelap check --quiet --baseline "$work/$parent.json" --format "plain:$work/new" "$@" "$work/$commit.json" ||
        status=$?
    [[ $status -le 2 ]] || return "$status"
    grep -v ': error: could not tell: ' "$work/new" || true
    grep ': error: could not tell: ' "$work/new" >&2 || true
    if [[ $status -eq 0 ]]; then
        status=$(<"$work/$commit.status")
    fi
    return "$status"
}

tell() { # COMMIT [OPTION]...
    local commit=$1 parent
    shift
    if ! parent=$(git rev-parse --verify --quiet "$commit^"); then
        say "it has no parent to be held against"
        return 2
    fi
    report "$parent" || return
    report "$commit" || return
    if ! is_whole "$parent"; then
        say "its parent could not be read"
        return 2
    fi
    compare "$commit" "$parent" "$@"
}

result=0
for commit in $commits; do
    say "$(git show --no-patch --format='%h ("%s")' "$commit")"
    status=0
    tell "$commit" "$@" || status=$?
    case $status in
    0) say "nothing new" ;;
    1)
        say "NEW FINDINGS"
        result=1
        ;;
    2)
        say "could not tell"
        [[ $result -eq 1 ]] || result=2
        ;;
    *) exit 3 ;;
    esac
done
exit "$result"
