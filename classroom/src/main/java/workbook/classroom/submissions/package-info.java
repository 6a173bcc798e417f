/**
 * Finds what each student handed in: in folders and zips, under the names that learning platforms
 * give, and which of several files counts. It runs and grades nothing.
 */
package workbook.classroom.submissions;
