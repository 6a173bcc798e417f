/**
 * A database for each check, made ahead of its use, on a throwaway server. It knows no way to start
 * a server; that is {@link workbook.engine.postgres}'s.
 */
package workbook.engine.databases;
