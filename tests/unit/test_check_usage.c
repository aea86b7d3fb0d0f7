/* SPDX-License-Identifier: MIT */
/* Rules about what code does: two names for one thing, words that have owners, unions in use. */
#include "testing.h"

#include "check/check.h"
#include "check/load/pack_load.h"
#include "check_fixture.h"

#define PTDESC                                                                                     \
	"struct ptdesc { long pt_flags; union { struct list_head pt_list;"                         \
	" struct callback_head pt_rcu_head; struct { long _pad_1; void *pmd_huge_pte; }; };"       \
	" void *_pad_2; union { long pt_index; void *pt_mm; atomic_t pt_share_count; };"           \
	" long ptl; int __page_type; atomic_t __page_refcount; };"
#define KERNEL .records = PAGE PTDESC
#define PT "{'name': 'ptdesc'}"

/* An access of FUNCTION at FILE:LINE, and the end of a list of them. */
#define USE(file, line, function, record, field, kind)                                             \
	{                                                                                          \
		record, field, PL_ACCESS_##kind, {{file, line}, 1, function, NULL}, NULL, NULL     \
	}
#define CALL(file, line, function, record, field, callee)                                          \
	{                                                                                          \
		record, field, PL_ACCESS_ADDRESS, {{file, line}, 1, function, NULL}, callee, NULL  \
	}
#define END                                                                                        \
	{                                                                                          \
		NULL, NULL, PL_ACCESS_READ, {{NULL, 0}, 0, NULL, NULL}, NULL, NULL                 \
	}

#define ALIAS RULE("alias", ", 'file_by_file': ['mm', 'include/*']")

/* Put in by one name, and looked up by the other. */
static const struct pl_access gmap[] = {
	USE("arch/s390/mm/gmap.c", 20, "shadow", "ptdesc", "pt_index", WRITE),
	USE("arch/s390/mm/gmap.c", 31, "find", "page", "index", READ),
	USE("arch/s390/mm/gmap.c", 40, "find", "page", "private", READ),
	END,
};

/* The same, after somebody has cleaned it up. */
static const struct pl_access gmap_fixed[] = {
	USE("arch/s390/mm/gmap.c", 20, "shadow", "ptdesc", "pt_index", WRITE),
	USE("arch/s390/mm/gmap.c", 31, "find", "ptdesc", "pt_index", READ),
	USE("fs/file.c", 1, "other", "page", "index", READ),
	END,
};

/* Two files of one directory, of which each member of the list is a name of its own bytes. */
static const struct pl_access pgd_list[] = {
	CALL("arch/x86/mm/fault.c", 9, "sync", "page", "lru", "container_of"),
	CALL("arch/x86/mm/pgtable.c", 5, "add", "ptdesc", "pt_list", "list_add"),
	USE("arch/x86/mm/pgtable.c", 7, "del", "ptdesc", "pt_list.next", READ),
	CALL("arch/x86/xen/mmu.c", 9, "pin", "page", "lru", "container_of"),
	END,
};

/* In mm/ every file has its own subject, and only one of them uses both names. */
static const struct pl_access in_mm[] = {
	USE("mm/filemap.c", 3, "a", "page", "index", WRITE),
	USE("mm/table.c", 4, "b", "ptdesc", "pt_index", READ),
	USE("mm/both.c", 5, "c", "ptdesc", "pt_list.prev", WRITE),
	USE("mm/both.c", 6, "d", "page", "lru.prev", READ),
	USE("mm/both.c", 7, "d", "page", "lru.next", READ),
	{"page", NULL, PL_ACCESS_READ, {{"mm/table.c", 9}, 1, "copy", NULL}, NULL, NULL},
	END,
};

static const struct pl_access flags[] = {
	USE("arch/a.c", 1, "f", "page", "flags", READ),
	USE("arch/a.c", 2, "f", "ptdesc", "pt_flags", WRITE),
	END,
};

/* A path that one record has and another has not is not the same in both. */
static const struct pl_access one_path[] = {
	USE("arch/a.c", 1, "f", "ptdesc", "index", READ),
	USE("arch/a.c", 2, "f", "page", "index", READ),
	USE("arch/a.c", 3, "f", "ptdesc", "pt_index", READ),
	END,
};

/* Told in the order of code, whose directories may be shorter further down. */
static const struct pl_access two_pairs[] = {
	USE("arch/s390/mm/gmap.c", 20, "f", "ptdesc", "pt_index", WRITE),
	USE("arch/s390/mm/gmap.c", 31, "f", "page", "index", READ),
	USE("fs/a.c", 1, "f", "page", "flags", READ),
	USE("fs/a.c", 2, "f", "ptdesc", "pt_flags", WRITE),
	USE(NULL, 0, "f", "page", "lru.next", READ),
	END,
};

static const struct pl_access nothing[] = {END};

static void two_names_of_one_thing_are_found(void **state)
{
	(void)state;
	expect_cases(
		{{KERNEL, .code = gmap},
		 PT,
		 ALIAS,
		 "R error ptdesc.pt_index index 0:256+64: ptdesc.pt_index and page.index are the "
		 "same "
		 "bytes 32-39, and one subsystem uses both names"},
		{{KERNEL, .code = gmap_fixed}, PT, ALIAS, SILENT},
		{{KERNEL, .code = nothing}, PT, ALIAS, SILENT}, {{KERNEL}, PT, ALIAS, SILENT},
		{{KERNEL, .code = pgd_list},
		 PT,
		 ALIAS,
		 "R error ptdesc.pt_list lru 0:64+128: ptdesc.pt_list and page.lru are the same "
		 "bytes "
		 "8-23, and one subsystem uses both names"},
		{{KERNEL, .code = in_mm},
		 PT,
		 ALIAS,
		 "R error ptdesc.pt_list lru 0:64+128: ptdesc.pt_list and page.lru are the same "
		 "bytes "
		 "8-23, and one subsystem uses both names"},
		{{KERNEL, .code = flags},
		 PT,
		 ALIAS,
		 "R error ptdesc.pt_flags flags 0:0+64: ptdesc.pt_flags and page.flags are the "
		 "same "
		 "bytes 0-7, and one subsystem uses both names"},
		{{KERNEL, .code = one_path},
		 PT,
		 ALIAS,
		 "R error ptdesc.pt_index index 0:256+64: ptdesc.pt_index and page.index are the "
		 "same bytes 32-39, and one subsystem uses both names"},
		{{KERNEL, .code = two_pairs},
		 PT,
		 ALIAS,
		 "R error ptdesc.pt_index index 0:256+64: ptdesc.pt_index and page.index are the "
		 "same bytes 32-39, and one subsystem uses both names\n"
		 "R error ptdesc.pt_flags flags 0:0+64: ptdesc.pt_flags and page.flags are the "
		 "same bytes 0-7, and one subsystem uses both names"},
		{{KERNEL, .code = flags},
		 PT,
		 RULE("alias", ", 'except': [{'members': ['pt_flags'], 'reason': 'by design'}]"),
		 SILENT},
		{{KERNEL, .code = gmap},
		 PT,
		 RULE("alias", ", 'where': {'members': ['pt_list']}"),
		 SILENT},
		/* What a member is, as a whole or by a part of it. */
		{{KERNEL, .code = gmap},
		 PT,
		 RULE("alias", ", 'where': {'classes': ['list']}"),
		 SILENT},
		{{KERNEL, .code = gmap},
		 PT,
		 RULE("alias", ", 'where': {'types': ['long']}, 'except': [{'classes': ['list'],"
			       " 'reason': 'x'}]"),
		 "R error ptdesc.pt_index index 0:256+64: ptdesc.pt_index and page.index are the "
		 "same bytes 32-39, and one subsystem uses both names"},
		{{KERNEL, .code = gmap},
		 PT,
		 RULE("alias", ", 'except': [{'types': ['long'], 'reason': 'x'}]"),
		 SILENT},
		{{KERNEL, .code = pgd_list},
		 PT,
		 RULE("alias",
		      ", 'where': {'types': ['struct list_head'], 'members': ['pt_list']}"),
		 "R error ptdesc.pt_list lru 0:64+128: ptdesc.pt_list and page.lru are the same "
		 "bytes 8-23, and one subsystem uses both names"},
		{{KERNEL, .code = pgd_list},
		 PT,
		 RULE("alias", ", 'except': [{'classes': ['list'], 'members': ['pt_list'],"
			       " 'reason': 'x'}]"),
		 SILENT});
}

#define OWNED                                                                                      \
	RULE("owned", ", 'on': ['_refcount'], 'owners': ['include/ref.h', 'mm/*'],"                \
		      " 'harmless': ['wake_*']")

static const struct pl_access fragments[] = {
	CALL("arch/s390/mm/pgalloc.c", 60, "alloc", "page", "_refcount", "atomic_xor_bits"),
	USE("arch/s390/mm/pgalloc.c", 90, "free", "page", "_refcount.counter", WRITE),
	USE("arch/s390/mm/pgalloc.c", 95, "look", "page", "_refcount", READ),
	END,
};

static const struct pl_access owners[] = {
	USE("include/ref.h", 5, "get", "page", "_refcount", READ_WRITE),
	USE("mm/deep/inside.c", 5, "set", "page", "_refcount", WRITE),
	CALL("fs/dax.c", 6, "wake", "page", "_refcount", "wake_up"),
	USE("fs/dax.c", 7, "look", "page", "_refcount", READ),
	USE("fs/dax.c", 8, "other", "page", "page_type", WRITE),
	END,
};

static const struct pl_access by_another_name[] = {
	USE("fs/dax.c", 8, "set", "ptdesc", "__page_refcount", WRITE),
	END,
};

#define FOLIO                                                                                      \
	"struct folio { long flags; long rest[7]; long _flags_1; long more[5]; int _mapcount_1;"   \
	" atomic_t _refcount_1; long last; };"

/* The same word of the second host is another word. */
static const struct pl_access on_tail[] = {
	USE("fs/dax.c", 8, "set", "folio", "_refcount_1", WRITE),
	END,
};

/* By two names in turns: a finding for each, in the order of their first places. */
static const struct pl_access in_turns[] = {
	USE("fs/a.c", 1, "a", "ptdesc", "__page_refcount", WRITE),
	USE("fs/a.c", 2, "a", "page", "_refcount", READ_WRITE),
	USE("fs/b.c", 3, "b", "ptdesc", "__page_refcount.counter", WRITE),
	USE("fs/b.c", 4, "b", "page", "_refcount.counter", WRITE),
	USE("fs/b.c", 5, "b", "page", "private", WRITE),
	END,
};

static void words_have_owners(void **state)
{
	(void)state;
	expect_cases(
		{{KERNEL, .code = fragments},
		 PT,
		 OWNED,
		 "R error page._refcount - 0:416+32: page._refcount on bytes 52-55 is changed by "
		 "code that does not own it"},
		{{KERNEL, .code = owners}, PT, OWNED, SILENT}, {{KERNEL}, PT, OWNED, SILENT},
		{{KERNEL, .code = by_another_name},
		 PT,
		 OWNED,
		 "R error ptdesc.__page_refcount _refcount.counter 0:416+32: "
		 "ptdesc.__page_refcount on bytes 52-55 is changed by code that does not own it"},
		{{KERNEL, .code = in_turns},
		 PT,
		 OWNED,
		 "R error ptdesc.__page_refcount _refcount.counter 0:416+32: "
		 "ptdesc.__page_refcount on bytes 52-55 is changed by code that does not own it\n"
		 "R error page._refcount - 0:416+32: page._refcount on bytes 52-55 is changed by "
		 "code that does not own it"},
		{{KERNEL, .code = in_turns},
		 PT,
		 RULE("owned", ", 'on': ['_refcount', 'private'], 'owners': ['fs/a.c']"),
		 "R error ptdesc.__page_refcount _refcount.counter 0:416+32: "
		 "ptdesc.__page_refcount on bytes 52-55 is changed by code that does not own it\n"
		 "R error page._refcount - 0:416+32: page._refcount on bytes 52-55 is changed by "
		 "code that does not own it\n"
		 "R error page.private - 0:320+64: page.private on bytes 40-47 is changed by code "
		 "that does not own it"},
		{{.records = PAGE FOLIO, .code = on_tail},
		 "{'name': 'folio', 'pages': 2}",
		 OWNED,
		 SILENT},
		{{KERNEL, .arch = "arm", .code = fragments},
		 PT,
		 RULE("owned", ", 'on': ['_refcount'], 'owners': ['mm/*'],"
			       " 'where': {'archs': ['s390x']}"),
		 SILENT},
		{{KERNEL, .code = fragments},
		 PT,
		 RULE("owned", ", 'on': ['_refcount'], 'owners': ['mm/*'],"
			       " 'where': {'types': ['long']}"),
		 SILENT},
		{{KERNEL, .code = fragments},
		 PT,
		 RULE("owned", ", 'on': ['_refcount'], 'owners': ['mm/*'],"
			       " 'except': [{'classes': ['atomic'], 'reason': 'x'}]"),
		 SILENT});
}

#define COLIVE RULE("colive", "")

static const struct pl_access sharing[] = {
	USE("arch/x86/mm/pgtable.c", 5, "set", "ptdesc", "pt_mm", WRITE),
	USE("include/linux/mm.h", 7, "share", "ptdesc", "pt_share_count", READ_WRITE),
	END,
};

/* One member of each union, and an address of another union's. */
static const struct pl_access one_each[] = {
	USE("arch/powerpc/mm/frag.c", 5, "set", "ptdesc", "pt_share_count", WRITE),
	CALL("arch/powerpc/mm/frag.c", 6, "add", "ptdesc", "pt_list", "list_add"),
	END,
};

static const struct pl_access lists[] = {
	CALL("a.c", 1, "a", "ptdesc", "pt_list", "list_add"),
	CALL("a.c", 2, "b", "ptdesc", "pt_rcu_head", "call_rcu"),
	USE("a.c", 3, "c", "ptdesc", "pmd_huge_pte", READ),
	USE("a.c", 4, "c", "ptdesc", "_pad_1", WRITE),
	END,
};

/* One member that is a union within, as a lock is: its parts share their bytes with each other. */
#define LOCKED                                                                                     \
	"struct ptdesc { long pt_flags; struct { union { int val; struct { char locked; char"      \
	" pending; }; }; } ptl; };"

static const struct pl_access locking[] = {
	CALL("a.c", 1, "a", "ptdesc", "ptl", "spin_lock"),
	USE("a.c", 2, "a", "ptdesc", "ptl.val", READ),
	USE("a.c", 3, "a", "ptdesc", "ptl.pending", WRITE),
	END,
};

static void members_of_one_union_in_use_are_found(void **state)
{
	(void)state;
	expect_cases(
		{{KERNEL, .code = sharing},
		 PT,
		 COLIVE,
		 "R error ptdesc.pt_share_count index 0:256+32: ptdesc.pt_share_count on bytes "
		 "32-35 "
		 "shares its bytes with pt_mm, and all are in use"},
		{{KERNEL, .code = one_each}, PT, COLIVE, SILENT}, {{KERNEL}, PT, COLIVE, SILENT},
		{{.records = PAGE LOCKED, .code = locking}, PT, COLIVE, SILENT},
		{{KERNEL, .code = lists},
		 PT,
		 COLIVE,
		 "R error ptdesc.pt_rcu_head lru.next 0:64+128: ptdesc.pt_rcu_head on bytes 8-23 "
		 "shares "
		 "its bytes with pt_list, and all are in use\n"
		 "R error ptdesc.pmd_huge_pte lru.prev 0:128+64: ptdesc.pmd_huge_pte on bytes "
		 "16-23 "
		 "shares its bytes with pt_list and pt_rcu_head, and all are in use"},
		{{KERNEL, .bits = 32, .code = sharing},
		 PT,
		 RULE("colive", ", 'where': {'members': ['pt_mm', 'pt_share_count'], 'bits': 32}"),
		 "R error ptdesc.pt_share_count index 0:128+32: ptdesc.pt_share_count on bytes "
		 "16-19 "
		 "shares its bytes with pt_mm, and all are in use"},
		{{KERNEL, .code = sharing},
		 PT,
		 RULE("colive", ", 'where': {'members': ['pt_mm', 'pt_share_count'], 'bits': 32}"),
		 SILENT});
}

static void expect_evidence(const struct pl_evidence *evidence, const char *file, unsigned line,
			    const char *function, const char *what)
{
	assert_string_equal(evidence->spot.place.file, file);
	assert_int_equal(evidence->spot.place.line, line);
	assert_string_equal(evidence->spot.function, function);
	assert_string_equal(evidence->what, what);
}

/* All places of the subject that uses both names, and none of a subject that uses one. */
static void findings_list_the_places(void **state)
{
	const struct kernel kernels[] = {{KERNEL, .code = pgd_list}, {0}};
	struct pl_pack *pack = check_pack(PT, ALIAS);
	struct pl_report *report = check_report(pack, kernels);
	const struct pl_finding *finding;

	(void)state;
	expect_ok(pl_check_report(pack, report));
	assert_int_equal(report->targets[0]->n_findings, 1);
	finding = &report->targets[0]->findings[0];
	assert_int_equal(finding->n_evidence, 3);
	expect_evidence(&finding->evidence[0], "arch/x86/mm/fault.c", 9, "sync",
			"takes the address of page.lru (container_of)");
	expect_evidence(&finding->evidence[1], "arch/x86/mm/pgtable.c", 5, "add",
			"takes the address of ptdesc.pt_list (list_add)");
	expect_evidence(&finding->evidence[2], "arch/x86/mm/pgtable.c", 7, "del",
			"reads ptdesc.pt_list.next");
	pl_report_free(report);
	pl_pack_free(pack);
}

/* Each finding has the places of its own member. */
static void findings_of_owners_list_their_places(void **state)
{
	const struct kernel kernels[] = {{KERNEL, .code = in_turns}, {0}};
	struct pl_pack *pack = check_pack(PT, OWNED);
	struct pl_report *report = check_report(pack, kernels);
	const struct pl_finding *findings;

	(void)state;
	expect_ok(pl_check_report(pack, report));
	assert_int_equal(report->targets[0]->n_findings, 2);
	findings = report->targets[0]->findings;
	assert_int_equal(findings[0].n_evidence, 2);
	expect_evidence(&findings[0].evidence[0], "fs/a.c", 1, "a",
			"writes ptdesc.__page_refcount");
	expect_evidence(&findings[0].evidence[1], "fs/b.c", 3, "b",
			"writes ptdesc.__page_refcount.counter");
	assert_int_equal(findings[1].n_evidence, 2);
	expect_evidence(&findings[1].evidence[0], "fs/a.c", 2, "a", "changes page._refcount");
	expect_evidence(&findings[1].evidence[1], "fs/b.c", 4, "b",
			"writes page._refcount.counter");
	pl_report_free(report);
	pl_pack_free(pack);
}

/* As much as a rule may tell, by two rules; then one more. */
static void a_rule_that_would_tell_too_much_gives_up(void **state)
{
	enum { MOST = 1 << 18 };
	static struct pl_access code[MOST + 2];
	const struct kernel kernels[] = {{KERNEL, .name = "k", .code = code}, {0}};
	struct pl_pack *pack =
		check_pack(PT, OWNED ", " RULE_OF("S", "owned", "error",
						  ", 'on': ['_refcount'], 'owners': ['mm/*']"));
	const struct pl_access one = USE("fs/a.c", 1, "a", "page", "_refcount", WRITE);
	struct pl_report *report;

	(void)state;
	for (unsigned i = 0; i < MOST; i++) {
		code[i] = one;
		code[i].spot.place.line = i + 2;
	}
	report = check_report(pack, kernels);
	expect_ok(pl_check_report(pack, report));
	assert_int_equal(report->n_failures, 0);
	assert_int_equal(report->targets[0]->n_findings, 2);
	pl_report_free(report);
	code[MOST] = one;
	report = check_report(pack, kernels);
	report->targets[0]->source.path = "vmlinux";
	expect_ok(pl_check_report(pack, report));
	assert_int_equal(report->targets[0]->n_findings, 0);
	assert_int_equal(report->n_failures, 2);
	assert_string_equal(report->failures[0].target, "k");
	assert_string_equal(report->failures[0].path, "vmlinux");
	assert_string_equal(report->failures[0].message,
			    "vmlinux: there is too much code in it for R");
	assert_string_equal(report->failures[1].message,
			    "vmlinux: there is too much code in it for S");
	pl_report_free(report);
	pl_pack_free(pack);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_names_of_one_thing_are_found),
		cmocka_unit_test(words_have_owners),
		cmocka_unit_test(members_of_one_union_in_use_are_found),
		cmocka_unit_test(findings_list_the_places),
		cmocka_unit_test(findings_of_owners_list_their_places),
		cmocka_unit_test(a_rule_that_would_tell_too_much_gives_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
