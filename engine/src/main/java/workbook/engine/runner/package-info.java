/**
 * Starts workers, has them check answers and follows what they report. It neither compiles answers
 * nor runs checks: that happens in the worker, {@code workbook.grading.worker}.
 */
package workbook.engine.runner;
