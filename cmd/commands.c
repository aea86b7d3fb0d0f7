/* SPDX-License-Identifier: MIT */
#include "command.h"

const struct command commands[] = {
	{"check", "hold the overlays against the rules; the exit code is the gate", check_run,
	 &check_table},
	{"completion", "write what shells need to complete command lines", completion_run,
	 &completion_table},
	{"diff", "say what changed between two kernels or saved reports", diff_run, &diff_table},
	{"layout", "map the overlays of a host record byte by byte", layout_run, &layout_table},
	{"merge", "join saved reports into one", merge_run, &merge_table},
	{"rules", "tell about the rules, and look through the files that say them", rules_run,
	 &rules_table},
	{"usage", "tell which code touches which field", usage_run, &usage_table},
};

const size_t n_commands = sizeof(commands) / sizeof(*commands);
