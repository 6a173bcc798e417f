/**
 * PostgreSQL servers, embedded, in Docker or at a URL, and PostgreSQL's own programs. What is in a
 * server, its databases and roles, is {@link workbook.engine.databases}'s.
 */
package workbook.engine.postgres;
