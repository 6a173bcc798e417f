/**
 * Pictures of a trace: lanes of text, and diagrams in Mermaid's language. It decides what a reader
 * sees, and reads no protocol.
 */
package workbook.engine.trace.drawing;
