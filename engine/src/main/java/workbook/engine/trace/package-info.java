/**
 * The conversation between programs and a PostgreSQL server, made visible: a relay that reads the
 * protocol on its way, or a client's own sockets that do, and the record of it. It changes nothing
 * that passes through, judges nothing, and is not there when no trace was asked for.
 */
package workbook.engine.trace;
