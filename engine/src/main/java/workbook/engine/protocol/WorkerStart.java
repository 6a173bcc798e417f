package workbook.engine.protocol;

/**
 * What a worker has to know before its first request.
 *
 * @param seal what each of its lines has to carry
 * @param socket the Unix socket that leads to the database server, where there is no network; null
 *     where there is one
 * @param port the port of this machine that leads there; of no meaning without a socket
 * @param preparesDatabases whether it may take databases before a check asks for them
 */
public record WorkerStart(String seal, String socket, int port, boolean preparesDatabases) {}
