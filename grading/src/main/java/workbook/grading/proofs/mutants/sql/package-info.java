/**
 * Wrong variants of a statement in SQL, made of its parse. How mutants come into a class is {@link
 * workbook.grading.proofs.mutants}'s.
 */
package workbook.grading.proofs.mutants.sql;
