/**
 * The watch screen: it looks out for saves, has what changed graded, shows verdicts and obeys keys.
 * Grading itself is the engine's.
 */
package workbook.cli.watch;
