/**
 * PostgreSQL's protocol as a trace reads it: bytes, messages, values and encodings. It knows
 * nothing of sessions, and keeps no record.
 */
package workbook.engine.trace.wire;
