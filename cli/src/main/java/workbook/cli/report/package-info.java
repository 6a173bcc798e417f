/**
 * The results of checks: as text for a terminal, as JSON for other tools, and kept as a learner's
 * progress. Reports on a class are the classroom's.
 */
package workbook.cli.report;
