/**
 * The process that compiles an answer and runs its checks, and the compiler it does so with. It
 * reports each verdict as an event; which verdict counts in the end is the command's decision.
 */
package workbook.grading.worker;
