/**
 * The helpers that JShell scripts and notebooks use, the engine that makes JShell quick, and the
 * options it is started with. The scripts themselves lie beside, in {@code jshell/}.
 */
package workbook.jshell;
