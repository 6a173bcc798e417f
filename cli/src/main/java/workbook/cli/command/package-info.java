/**
 * The learner's commands, one class for each, with what only they need, and the interface by which
 * another module adds commands. {@code watch} has a package of its own.
 */
package workbook.cli.command;
