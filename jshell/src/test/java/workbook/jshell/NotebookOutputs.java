package workbook.jshell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The outputs in a notebook's file, cell by cell. */
final class NotebookOutputs {
  private NotebookOutputs() {}

  /** What came out of each cell of code, but for the imports; none if there is no such file. */
  static List<List<String>> read(Path file) throws IOException {
    List<List<String>> outputs = new ArrayList<>();
    if (Files.exists(file)) {
      for (JsonNode cell : new ObjectMapper().readTree(file.toFile()).path("cells")) {
        String source = cell.path("source").path(0).asText();
        if (cell.path("cell_type").asText().equals("code")
            && !source.startsWith("import java.io")) {
          outputs.add(lines(cell));
        }
      }
    }
    return outputs;
  }

  private static List<String> lines(JsonNode cell) {
    List<String> lines = new ArrayList<>();
    for (JsonNode output : cell.path("outputs")) {
      JsonNode text =
          output.has("text") ? output.path("text") : output.path("data").path("text/plain");
      text.forEach(line -> lines.add(line.asText().stripTrailing()));
    }
    return lines;
  }
}
