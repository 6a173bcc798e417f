package workbook.classroom.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.classroom.marking.SampleClass;

/**
 * Opens the page in a real browser. Its name keeps it out of the ordinary build, since not
 * everybody has Chromium; {@code .ci/run} installs that and runs it by name.
 */
class IndexPageInChromium {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 300})
  void the_browser_sees_what_was_written_and_runs_nothing(int students) throws Exception {
    Path page = write(students);

    Document seen = Jsoup.parse(run(page, "--dump-dom"));

    assertThat(seen.select("table.map tbody td[aria-label]")).hasSize(students * 100);
    assertThat(seen.select("article h3").first().text()).isEqualTo(SampleClass.NAMES.get(0));
    assertThat(seen.select("script, img")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 30, 300})
  void it_prints(int students) throws Exception {
    Path pdf = folder.resolve("page.pdf");

    run(write(students), "--print-to-pdf=" + pdf, "--no-pdf-header-footer");

    assertThat(new String(Files.readAllBytes(pdf), StandardCharsets.ISO_8859_1))
        .startsWith("%PDF-")
        .contains("%%EOF");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void it_is_light_by_day_and_dark_by_night(boolean dark) throws Exception {
    Path picture = folder.resolve("page.png");
    List<String> options =
        new ArrayList<>(List.of("--screenshot=" + picture, "--window-size=900,700"));
    if (dark) {
      options.add("--blink-settings=preferredColorScheme=0");
    }

    run(write(30), options.toArray(String[]::new));

    int corner = ImageIO.read(picture.toFile()).getRGB(2, 2) & 0xff;
    assertThat(corner < 64).as("the corner's blue is %s of 255", corner).isEqualTo(dark);
  }

  private Path write(int students) throws IOException {
    return Files.writeString(folder.resolve("page.html"), IndexPage.of(SampleClass.of(students)));
  }

  private String run(Path page, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--user-data-dir=" + folder.resolve("profile")));
    command.addAll(List.of(options));
    command.add(page.toUri().toString());
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(folder.resolve("errors").toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("Chromium has ended").isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("errors"))).isZero();
    return Files.readString(output);
  }
}
