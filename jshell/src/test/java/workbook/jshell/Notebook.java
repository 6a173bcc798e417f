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
import java.util.List;
import workbook.jshell.Script.Example;

/**
 * A script as a Jupyter notebook, nbformat 4.5.
 *
 * @param file where it is kept
 * @param text its JSON
 */
record Notebook(Path file, String text) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Notebook of(Script script) throws IOException {
    ObjectNode notebook = JSON.createObjectNode();
    Cells cells = new Cells(notebook.putArray("cells"));
    cells.begin(Script.read(Scripts.START));
    script.examples().forEach(cells::add);
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
    return new Notebook(
        Scripts.FOLDER.resolve("notebooks").resolve(Scripts.name(script) + ".ipynb"),
        JSON.writer(printer).writeValueAsString(notebook) + "\n");
  }

  void write() throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text, StandardCharsets.UTF_8);
  }

  /** Cells, numbered as they come. */
  private static final class Cells {
    private final ArrayNode cells;
    private int executed;

    private Cells(ArrayNode cells) {
      this.cells = cells;
    }

    /** The imports that JShell makes at its start: in a notebook they are its first cell. */
    void begin(Script start) {
      addCode(start.examples().get(0).code(), List.of());
    }

    void add(Example example) {
      if (!example.prose().isEmpty()) {
        source(cell("markdown"), example.prose());
      }
      if (!example.code().isEmpty()) {
        addCode(example.code(), example.output());
      }
    }

    private void addCode(List<String> code, List<String> output) {
      ObjectNode cell = cell("code").put("execution_count", ++executed);
      source(cell, code);
      ArrayNode outputs = cell.putArray("outputs");
      if (!output.isEmpty()) {
        lines(
            outputs.addObject().put("name", "stdout").put("output_type", "stream"), "text", output);
      }
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
