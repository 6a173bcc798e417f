/** What stands between an answer and the driver, and sees what goes by. */
package workbook.grading.jdbc;
