/**
 * Small things that all of the engine needs: files and folders, locks between processes, deadlines,
 * digests, the workbook's own folder. What knows of lessons, servers or checks is in the packages
 * below.
 */
package workbook.engine;
