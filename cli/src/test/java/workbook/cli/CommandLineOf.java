package workbook.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Help.Ansi;
import workbook.cli.terminal.CommandContext;
import workbook.cli.terminal.Style;

/** Runs commands in a folder without lessons, where PostgreSQL is unpacked once. */
public record CommandLineOf(Path root, Map<String, String> environment) {

  public static CommandLineOf user(Map<String, String> environment) throws IOException {
    Path root = Files.createDirectories(Path.of("target", "a wörkbook").toAbsolutePath());
    return new CommandLineOf(root, environment);
  }

  public Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandContext context =
        new CommandContext(root, new PrintWriter(out), new PrintWriter(err), environment);
    Style style = Style.of(Ansi.OFF, StandardCharsets.UTF_8);
    int status = Workbook.run(context, style, arguments);
    return new Outcome(status, out.toString(), err.toString());
  }

  public record Outcome(int status, String out, String err) {}
}
