package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The notebooks are the scripts, in the format of Jupyter. */
class NotebooksTest {

  @Test
  void each_script_is_a_notebook_and_each_notebook_a_script() throws IOException {
    List<Notebook> expected = generated();
    if (Scripts.blessing()) {
      for (Notebook notebook : expected) {
        notebook.write();
      }
    }

    assertThat(files()).containsExactlyElementsOf(expected.stream().map(Notebook::file).toList());
    for (Notebook notebook : expected) {
      assertThat(Files.readString(notebook.file()))
          .as("%s; run with -Dbless to write it anew", notebook.file().getFileName())
          .isEqualToNormalizingNewlines(notebook.text());
    }
  }

  @Test
  void links_lead_somewhere() throws IOException {
    Pattern link = Pattern.compile("\\]\\((?!https?:)([^)#]+)");
    List<String> broken = new ArrayList<>();
    for (Path file : files()) {
      for (JsonNode cell : new ObjectMapper().readTree(file.toFile()).path("cells")) {
        if (cell.path("cell_type").asText().equals("markdown")) {
          link.matcher(cell.path("source").toString())
              .results()
              .map(found -> found.group(1))
              .filter(target -> !Files.exists(file.resolveSibling(target)))
              .forEach(broken::add);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void outputs_are_of_a_real_run() throws IOException {
    for (Path file : files()) {
      assertThat(NotebookOutputs.read(file))
          .as("outputs in %s that are a pattern, run with -Dbless", file.getFileName())
          .allSatisfy(
              output ->
                  assertThat(output)
                      .noneMatch(line -> line.matches(".*\\.\\.\\.@.*|.*\\.\\.\\. ms.*")));
    }
  }

  @Test
  void notebooks_keep_to_the_format() throws IOException {
    Schema schema = schema();

    for (Path file : files()) {
      assertThat(schema.validate(Files.readString(file), InputFormat.JSON))
          .as("%s", file)
          .isEmpty();
    }
  }

  @Test
  void the_format_refuses_what_is_no_notebook() throws IOException {
    String text =
        Files.readString(files().get(0))
            .replaceFirst("\"cell_type\" : \"code\"", "\"cell_type\" : \"java\"");

    assertThat(schema().validate(text, InputFormat.JSON)).isNotEmpty();
  }

  private static List<Notebook> generated() throws IOException {
    List<Notebook> notebooks = new ArrayList<>();
    for (Script script : Scripts.all()) {
      notebooks.add(Notebook.of(script));
    }
    return notebooks;
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Scripts.FOLDER.resolve("notebooks"))) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  private static Schema schema() throws IOException {
    try (InputStream text =
        NotebooksTest.class.getResourceAsStream("/nbformat/nbformat.v4.5.schema.json")) {
      return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(text);
    }
  }
}
