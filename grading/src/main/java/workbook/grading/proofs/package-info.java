/**
 * What proves checks: catalogued mistakes have to fail, alternatives to pass, and stubs to count as
 * not attempted. Tests of lessons use it; no learner's grading does.
 */
package workbook.grading.proofs;
