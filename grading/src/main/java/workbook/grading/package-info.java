/**
 * What checks are written with: {@code @Check}, a fresh database for each, failures in a learner's
 * words. How a check's process is started is {@link workbook.engine}'s, what proves checks is in
 * {@link workbook.grading.proofs}.
 */
package workbook.grading;
