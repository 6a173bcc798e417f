/**
 * The teacher's commands, added to the learner's as a service. The students' copy of the workbook
 * does without this module, so nothing outside of it may refer to it.
 */
package workbook.classroom;
