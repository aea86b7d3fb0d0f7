/* SPDX-License-Identifier: MIT */
/* Names from outside in HTML, Markdown and reStructuredText. */
#include "testing.h"

#include "report/escape.h"

typedef void escaper(struct pl_strbuf *out, const char *text);

static void expect(escaper *escape, const char *text, const char *wanted)
{
	struct pl_strbuf out = PL_STRBUF_INIT;

	escape(&out, text);
	assert_false(pl_strbuf_failed(&out));
	assert_string_equal(out.text, wanted);
	pl_strbuf_release(&out);
}

static void html_is_text_and_attribute(void **state)
{
	(void)state;
	expect(pl_html_text, "<script>alert('1' & \"2\")</script>",
	       "&lt;script&gt;alert(&#39;1&#39; &amp; &quot;2&quot;)&lt;/script&gt;");
	expect(pl_html_text, "a\tb\nc\001d\177", "a b c&#xfffd;d&#xfffd;");
	expect(pl_html_text, "", "");
}

static void html_names_may_be_broken(void **state)
{
	(void)state;
	expect(pl_html_name, "lru.next_one<", "lru.<wbr>next_<wbr>one&lt;");
	expect(pl_html_name, "__page_", "_<wbr>_<wbr>page_");
}

static void other_encodings_are_latin_1(void **state)
{
	(void)state;
	expect(pl_html_text, "\xc3\xa4\xe4", "\xc3\xa4&#xe4;");
	expect(pl_markdown_text, "\xc3\xa4\xe4", "\xc3\xa4\xc3\xa4");
	expect(pl_rst_text, "\xe4", "\\\\xe4");
	expect(pl_rst_literal, "a\xe4", "``a\\xe4``");
}

static void utf8_is_told_from_what_is_not(void **state)
{
	(void)state;
	assert_int_equal(pl_utf8_length(""), 0);
	assert_int_equal(pl_utf8_length("a"), 1);
	assert_int_equal(pl_utf8_length("\xc3\xa4"), 2);
	assert_int_equal(pl_utf8_length("\xe4\xb8\xad"), 3);
	assert_int_equal(pl_utf8_length("\xf0\x9f\x90\xa7"), 4);
	assert_int_equal(pl_utf8_length("\xc3"), 0);	     /* cut short */
	assert_int_equal(pl_utf8_length("\xc0\xaf"), 0);     /* '/' in two bytes */
	assert_int_equal(pl_utf8_length("\xe0\x80\xaf"), 0); /* in three */
	assert_int_equal(pl_utf8_length("\xed\xa0\x80"), 0); /* half of a pair */
	assert_int_equal(pl_utf8_length("\xf4\x90\x80\x80"), 0);
	assert_int_equal(pl_utf8_length("\xff"), 0);
}

static void markdown_has_no_markup_left(void **state)
{
	(void)state;
	expect(pl_markdown_text, "a*b*c`d|e\n# [x](y) <b> @me ~z~",
	       "a\\*b\\*c\\`d\\|e \\# \\[x\\](y) \\<b\\> \\@me \\~z\\~");
	expect(pl_markdown_text, "http://x a: b \\", "http\\://x a: b \\\\");
	expect(pl_markdown_text, "x86_64 _a_ b_", "x86_64 \\_a\\_ b\\_");
	expect(pl_markdown_text, "\xc3\xa4\xe4\xbf*", "\xc3\xa4\xc3\xa4\xc2\xbf\\*");
}

static void code_in_markdown_stays_in_its_cell(void **state)
{
	(void)state;
	expect(pl_markdown_cell_code, "struct list_head *", "`struct list_head *`");
	expect(pl_markdown_cell_code, "a|b\nc", "`a\\|b c`");
	expect(pl_markdown_cell_code, "a``b`", "``` a``b` ```");
	expect(pl_markdown_cell_code, "", "");
	expect(pl_markdown_cell_code, "\xc3\xa4\xe4\xbf|", "`\xc3\xa4\xc3\xa4\xc2\xbf\\|`");
}

static void rst_has_no_markup_left(void **state)
{
	(void)state;
	expect(pl_rst_text, "a *b* `c` |d| \\\n", "a \\*b\\* \\`c\\` \\|d\\| \\\\ ");
	expect(pl_rst_text, "a_b c_ d__e `f`_", "a_b c\\_ d\\__e \\`f\\`\\_");
	expect(pl_rst_text, "- a", "\\- a");
	expect(pl_rst_text, ".. raw:: html", "\\.. raw\\:\\: html");
	expect(pl_rst_text, ":a: b: c:8 d::", "\\:a: b: c:8 d\\:\\:");
	expect(pl_rst_text, "====", "\\====");
	expect(pl_rst_literal, "struct list_head *", "``struct list_head *``");
	expect(pl_rst_literal, "a`b", "a\\`b");
	expect(pl_rst_literal, " a", " a");
	expect(pl_rst_literal, "", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_is_text_and_attribute),
		cmocka_unit_test(html_names_may_be_broken),
		cmocka_unit_test(other_encodings_are_latin_1),
		cmocka_unit_test(utf8_is_told_from_what_is_not),
		cmocka_unit_test(markdown_has_no_markup_left),
		cmocka_unit_test(code_in_markdown_stays_in_its_cell),
		cmocka_unit_test(rst_has_no_markup_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
