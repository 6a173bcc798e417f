/**
 * What all commands need of the user's surroundings: streams and exit status, colours, programs on
 * the PATH, the choice of lesson and exercise, psql. It grades nothing.
 */
package workbook.cli.terminal;
