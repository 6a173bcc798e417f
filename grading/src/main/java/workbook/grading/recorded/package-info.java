/** What the lessons' own programs print, and what the server saw of them, to be recorded. */
package workbook.grading.recorded;
