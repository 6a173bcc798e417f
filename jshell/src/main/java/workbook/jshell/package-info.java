/**
 * The helpers that JShell scripts and notebooks use, and the format of the scripts, which lie
 * beside, in {@code jshell/}. The shell that goes through them step by step has packages of its
 * own, and plain JShell needs none of those.
 */
package workbook.jshell;
