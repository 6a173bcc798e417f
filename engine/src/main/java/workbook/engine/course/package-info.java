/**
 * Lessons, exercises and checks as their sources have them, putting an exercise back to its stub,
 * and the reference's solution of one. It reads Java as text; it compiles and runs nothing.
 */
package workbook.engine.course;
