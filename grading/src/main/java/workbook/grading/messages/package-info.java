/**
 * What SQLSTATEs and libraries' own messages mean, in a learner's words. What a check's failure
 * says as a whole is {@code workbook.grading.Verdict}'s.
 */
package workbook.grading.messages;
