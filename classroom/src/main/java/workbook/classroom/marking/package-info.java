/**
 * From a class's submissions to its results: {@code grade}, {@code merge}, the journal that lets a
 * killed run go on, and the self-test with its attacks. How results look is {@link
 * workbook.classroom.report}'s.
 */
package workbook.classroom.marking;
