/**
 * What an answer may refer to, and the look through its bytecode before any of it runs. It judges
 * references only: whether an answer is right is for checks to say.
 */
package workbook.grading.allowed;
