#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# git bisect run bisect.sh [OPTION]...: is the tree good, going by check.sh, which lies beside this script and takes the
# options?
# Exit code: 0 good; 1 bad; 125 pagelap could not tell, so git tries another commit; 128 and up something is wrong with
# the command, so git stops.
set -uo pipefail

"$(dirname "${BASH_SOURCE[0]}")/check.sh" "$@"
status=$?
case $status in
0 | 1) exit "$status" ;;
2) exit 125 ;;
3) exit 131 ;;
*) exit 255 ;;
esac
