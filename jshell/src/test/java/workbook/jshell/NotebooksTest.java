package workbook.jshell;

import static org.assertj.core.api.Assertions.assertThat;

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
