/**
 * PostgreSQL's own programs, such as {@code initdb} and {@code pg_ctl}: unpacked, checked for
 * damage, and run. It knows nothing of the servers that are made with them.
 */
package workbook.engine.programs;
