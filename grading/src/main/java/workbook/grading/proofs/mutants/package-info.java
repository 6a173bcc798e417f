/**
 * A plug-in for PIT: mutators for what people get wrong in SQL and in calls of JDBC and Jdbi, and
 * the verdict on the mutants that survive. Only {@code mvn -Pmutation} loads it; no worker and no
 * learner's class path has PIT.
 */
package workbook.grading.proofs.mutants;
