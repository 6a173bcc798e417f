/**
 * The learner's own database: its server, {@code db_info.ini}, its state in words, and query
 * results as tables. Its data stays; no check ever runs on it.
 */
package workbook.engine.playground;
