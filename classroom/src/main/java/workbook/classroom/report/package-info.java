/**
 * A class's results as files: JSON, CSV, JUnit XML, feedback for each student and the teacher's
 * page. It decides no verdict.
 */
package workbook.classroom.report;
