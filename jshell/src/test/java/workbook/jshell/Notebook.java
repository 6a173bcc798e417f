package workbook.jshell;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import workbook.jshell.Script.Example;

/**
 * A script as a Jupyter notebook, nbformat 4.5.
 *
 * @param file where it is kept
 * @param text its JSON
 */
record Notebook(Path file, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The notebook of a script, with the outputs that its file has already. */
  static Notebook of(Script script) throws IOException {
    return of(script, Map.of());
  }

  /**
   * The notebook of a script. An output in its file stays if it is what the script records.
   *
   * @param outputs what came out of a real run, for what has no such output yet
   */
  static Notebook of(Script script, Map<Example, List<String>> outputs) throws IOException {
    Iterator<List<String>> kept = NotebookOutputs.read(file(script)).iterator();
    ObjectNode notebook = JSON.createObjectNode();
    Cells cells = new Cells(notebook.putArray("cells"), Script.read(Scripts.START));
    for (Example example : script.examples()) {
      boolean isCode = !example.code().isEmpty();
      List<String> before = isCode && kept.hasNext() ? kept.next() : List.of();
      cells.add(example, best(example.output(), before, outputs.get(example)));
    }
    ObjectNode metadata = notebook.putObject("metadata");
    metadata
        .putObject("kernelspec")
        .put("display_name", "Java (PostgreSQL workbook)")
        .put("language", "java")
        .put("name", "postgresql-workbook");
    metadata
        .putObject("language_info")
        .put("file_extension", ".jshell")
        .put("mimetype", "text/x-java-source")
        .put("name", "java");
    notebook.put("nbformat", 4).put("nbformat_minor", 5);
    DefaultIndenter indenter = new DefaultIndenter(" ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    return new Notebook(file(script), JSON.writer(printer).writeValueAsString(notebook) + "\n");
  }

  // A record with an ellipsis matches itself, but nothing prints that.
  private static List<String> best(List<String> recorded, List<String> before, List<String> real) {
    if (!before.equals(recorded) && new Recorded(recorded).matches(before)) {
      return before;
    }
    return real == null ? recorded : real;
  }

  private static Path file(Script script) {
    return Scripts.FOLDER.resolve("notebooks").resolve(Scripts.name(script) + ".ipynb");
  }

  void write() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** Cells, numbered as they come. */
  private static final class Cells {
    private static final String HIDDEN = "source_hidden";

    private final ArrayNode cells;
    private final Script start;
    private int executed;

    private Cells(ArrayNode cells, Script start) {
      this.cells = cells;
      this.start = start;
    }

    // What JShell imports at its start comes before the first code: one line that need not be read.
    private void addImports() {
      String imports = String.join(" ", start.examples().get(0).code());
      addCode(List.of(imports), List.of()).withObject("/metadata/jupyter").put(HIDDEN, true);
    }

    void add(Example example, List<String> output) {
      if (!example.prose().isEmpty()) {
        // A notebook is one folder deeper than its script.
        source(
            cell("markdown"),
            example.prose().stream().map(line -> line.replace("](../", "](../../")).toList());
      }
      if (!example.code().isEmpty()) {
        if (executed == 0) {
          addImports();
        }
        addCode(example.code(), output);
      }
    }

    private ObjectNode addCode(List<String> code, List<String> output) {
      ObjectNode cell = cell("code").put("execution_count", ++executed);
      source(cell, code);
      ArrayNode outputs = cell.putArray("outputs");
      int values = hasValue(code) && !output.isEmpty() ? 1 : 0;
      List<String> printed = output.subList(0, output.size() - values);
      if (!printed.isEmpty()) {
        lines(
            outputs.addObject().put("name", "stdout").put("output_type", "stream"),
            "text",
            printed);
      }
      if (values > 0) {
        ObjectNode result =
            outputs
                .addObject()
                .put("output_type", "execute_result")
                .put("execution_count", executed);
        result.putObject("metadata");
        lines(
            result.putObject("data"), "text/plain", output.subList(printed.size(), output.size()));
      }
      return cell;
    }

    // The scripts end what has no value with a semicolon or a brace.
    private static boolean hasValue(List<String> code) {
      return !code.get(code.size() - 1).matches(".*[;}]|\\s*//.*");
    }

    private ObjectNode cell(String type) {
      ObjectNode cell = cells.addObject().put("cell_type", type);
      cell.put("id", "cell-" + cells.size()).putObject("metadata");
      return cell;
    }

    private static void source(ObjectNode cell, List<String> lines) {
      lines(cell, "source", lines);
    }

    private static void lines(ObjectNode node, String field, List<String> lines) {
      ArrayNode array = node.putArray(field);
      for (int i = 0; i < lines.size(); i++) {
        array.add(lines.get(i) + (i < lines.size() - 1 ? "\n" : ""));
      }
    }
  }
}
