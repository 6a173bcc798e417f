/**
 * The program behind {@code ./workbook}: it puts the commands together and gives the overview. What
 * a command does is in {@link workbook.cli.command} and {@link workbook.cli.watch}.
 */
package workbook.cli;
