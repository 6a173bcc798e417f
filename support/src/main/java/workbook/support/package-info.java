/**
 * What a lesson's own code meets: {@code todo()}, {@code @Exercise}, the settings of a database and
 * the exception for a broken environment. It starts nothing and grades nothing; that is the
 * engine's and grading's.
 */
package workbook.support;
