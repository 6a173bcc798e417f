/**
 * What of a process's global state an answer may change or leave behind: its locale and time zone,
 * the connections of {@code DriverManager}. What it does in a database is seen elsewhere.
 */
package workbook.grading.globals;
