/**
 * What a command and a worker say to each other, one JSON object a line, and the relay that carries
 * a worker's database sessions. Records only: who says what when is the runner's and the worker's.
 */
package workbook.engine.protocol;
