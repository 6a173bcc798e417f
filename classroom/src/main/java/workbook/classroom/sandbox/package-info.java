/**
 * What a submission runs in: bubblewrap, a container or a mere process, the jars that it may see
 * and the database server that it may reach. It reads no verdicts.
 */
package workbook.classroom.sandbox;
