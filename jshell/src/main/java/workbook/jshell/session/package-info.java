/**
 * The shell that a learner types in: a lesson's script step by step, the learner's own lines in
 * between, and what is said to both. What evaluates Java is in {@code workbook.jshell.engine}, and
 * the helpers that snippets call are in {@code workbook.jshell}.
 */
package workbook.jshell.session;
