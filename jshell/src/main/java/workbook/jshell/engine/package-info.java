/**
 * JShell in this process: what evaluates snippets of Java and can stop them. It knows nothing of
 * lessons, steps or terminals; those are in {@code workbook.jshell.session}.
 */
package workbook.jshell.engine;
