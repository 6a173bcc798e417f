package workbook.classroom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import workbook.classroom.SampleWorkbook.Outcome;
import workbook.cli.terminal.Exit;

/** One class of students, whose hand-ins differ in every way; graded once, looked at often. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GradeCommandTest {
  private static final String ADD = "return left + right;";
  private static final String ALLOWED = "java.io.FileDescriptor,java.lang.Runtime";
  private static final String USER =
      """
      try (var connection = dataSource.getConnection();
          var statement = connection.createStatement();
          var results = statement.executeQuery("SELECT current_user")) {
        results.next();
        return results.getString(1);
      }""";
  private static final String FORGED =
      """
      var out = new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
      for (String check : "one_and_two_make_three order_does_not_matter".split(" ")) {
        out.println("{\\"seal\\":\\"x\\",\\"number\\":1,\\"event\\":{\\"kind\\":\\"FINISHED\\",\\"check\\":\\""
            + check + "\\",\\"result\\":{\\"name\\":\\"" + check + "\\",\\"status\\":\\"PASSED\\"}}}");
      }
      out.flush();
      Runtime.getRuntime().halt(0);
      return 3;""";

  private Path temporary;
  private SampleWorkbook workbook;
  private Path submissions;
  private Path report;
  private Outcome outcome;

  @BeforeAll
  void grade_a_class(@TempDir Path folder) throws Exception {
    temporary = folder;
    workbook = new SampleWorkbook();
    submissions = Files.createDirectory(temporary.resolve("hand-ins"));
    report = temporary.resolve("report");
    write("ada/lesson-01-sample/src/main/java/workbook/sample/MySample.java", answer(ADD, USER));
    write("ada/lesson-01-sample/src/test/resources/workbook/sample/MySample.java", "the stub");
    zip(
        "Mia O'Neil_4711_assignsubmission_file_.zip",
        "__MACOSX/MySample.java",
        "junk",
        "work/MySample.java",
        "\ufeff" + answer(ADD, "System.exit(0); return \"\";"));
    write("doejane_LATE_42_99_MySample-2.java", answer(ADD, "return nobody;"));
    write("eve & co/MySample.java", answer("return left * right;", USER));
    write("ida/MySample.java", answer(ADD, USER.replace("current_user", "'<b>' || 6 * 7")));
    write("=1+1/README.txt", "I did nothing");
    write("mallory/MySample.java", answer(FORGED, USER));
    write("mallory/org/junit/jupiter/api/Assertions.java", "class Assertions {}");
    zip(
        "../" + submissions.getFileName() + "/zoe.zip",
        "../../evil/MySample.java",
        answer(ADD, USER));
    Files.write(submissions.resolve("broken.zip"), new byte[] {'P', 'K', 3, 4, 0});
    write("max.rar", "no zip");
    write("noa/MySample.java", answer("return String.class.getMethods().length;", USER));
    write("tim/mysample.java", answer(ADD, USER));
    write("pia/MySample.java", answer("return Helper.sum(left, right);", USER));
    write(
        "pia/Helper.java",
        "package workbook.sample;\nclass Helper { static int sum(int a, int b) { return a + b; } }");
    write("ute/MySample.java", answer("return todo(\"1.1\");", "return todo(\"1.2\");"));
    write(
        "uwe/MySample.java",
        Files.readString(submissions.resolve("ute/MySample.java")) + "// mine");
    write("notes.txt", "the teacher's own");

    outcome = grade();
  }

  @Test
  void every_hand_in_earns_what_it_deserves() {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(Exit.CHECKS_FAILED);
    assertThat(statuses("ada")).isEqualTo("PASSED PASSED PASSED");
    assertThat(statuses("Mia O'Neil")).isEqualTo("PASSED PASSED CRASHED");
    assertThat(statuses("doejane")).isEqualTo("DOES_NOT_COMPILE DOES_NOT_COMPILE DOES_NOT_COMPILE");
    assertThat(statuses("eve & co")).isEqualTo("FAILED PASSED PASSED");
    assertThat(statuses("=1+1")).isEmpty();
    assertThat(statuses("zoe")).isEqualTo("PASSED PASSED PASSED");
    assertThat(statuses("tim")).isEqualTo("PASSED PASSED PASSED");
    assertThat(statuses("pia")).isEqualTo("PASSED PASSED PASSED");
    assertThat(statuses("broken")).isEmpty();
  }

  @Test
  void what_nobody_touched_gets_what_it_would_get_if_it_were_run() {
    JsonNode students = json("results.json").get("students");
    JsonNode untouched = students.get(students.size() - 3);
    JsonNode run = students.get(students.size() - 2);

    assertThat(untouched.get("student").asText()).isEqualTo("ute");
    assertThat(untouched.get("lessons")).isEqualTo(run.get("lessons"));
    assertThat(statuses("uwe")).isEqualTo("NOT_ATTEMPTED NOT_ATTEMPTED NOT_ATTEMPTED");
  }

  @Test
  void what_a_check_that_failed_said_to_the_server_unfolds_on_the_page() throws IOException {
    String page = Files.readString(report.resolve("index.html"));

    assertThat(page)
        .containsPattern("<details><summary>.*</summary><pre>  ms  your code")
        .contains("SELECT &#39;&lt;b&gt;&#39; || 6 * 7  1 row: &#39;&lt;b&gt;42&#39;")
        .contains("1 session · 1 round trip");
    assertThat(page.split("<details>", -1)).as("one that failed with a database").hasSize(2);
    assertThat(report.resolve("results.json")).content().doesNotContain("6 * 7  1 row");
    assertThat(report.resolve("journal.jsonl")).content().contains("6 * 7  1 row");
  }

  @Test
  void a_forged_verdict_is_found_out() {
    assertThat(statuses("mallory")).isEqualTo("TAMPERING TAMPERING TAMPERING");
    assertThat(outcome.out()).contains("1 tried to write their own marks");
  }

  @Test
  void what_no_exercise_needs_is_neither_run_nor_called_tampering() {
    assertThat(statuses("noa")).isEqualTo("NOT_ALLOWED NOT_ALLOWED PASSED");
    assertThat(outcome.out()).containsPattern("noa .* 1 uses what no exercise needs");
    assertThat(json("results.json").toString())
        .contains("uses java.lang.Class.getMethods in line 11, which no exercise needs");
  }

  @Test
  void one_line_says_what_keeps_hand_ins_apart() {
    assertThat(outcome.out()).containsPattern("(?m)^Isolation: (bubblewrap|container|process)\\. ");
  }

  @Test
  void what_was_handed_in_otherwise_is_told() {
    assertThat(outcome.err()).contains("not graded: notes.txt.");
    assertThat(outcome.out())
        .containsPattern("broken .* the zip cannot be opened: it is damaged, or no zip")
        .containsPattern("max .* is no zip")
        .containsPattern("tim .* mysample.java is graded, although its name is not")
        .containsPattern("doejane .* 1 does not compile; MySample-2.java was handed in late");
  }

  @Test
  void what_cannot_be_meant_is_a_usage_error() {
    Path inside = submissions.resolve("report");

    assertThat(refused("--lesson", "7", "--out", report + "2"))
        .contains("no such lesson", "1 to 1");
    assertThat(refused("--jobs", "0", "--out", report + "2")).contains("--jobs 0");
    assertThat(refused("--out", inside.toString())).contains("is among the hand-ins");
    assertThat(inside).doesNotExist();
    assertThat(refused("--out", workbook.answer.toString())).contains("is a file");
    assertThat(refused("--self-test")).contains("leave out others");
  }

  private String refused(String... options) {
    List<String> command = new ArrayList<>(List.of("grade", submissions.toString()));
    command.addAll(List.of(options));
    Outcome told = workbook.run(command.toArray(String[]::new));
    assertThat(told.status()).isEqualTo(Exit.USAGE);
    return told.err();
  }

  @Test
  void a_spreadsheet_takes_no_name_for_a_formula() throws IOException {
    assertThat(report.resolve("grades.csv"))
        .content()
        .startsWith(
            "\"Student\",\"ID\",\"SIS User ID\",\"SIS Login ID\",\"Section\",\"Lesson 1: sample\"\r\n"
                + "\"    Points Possible\",\"\",\"\",\"\",\"\",\"7\"\r\n")
        .contains("\"'=1+1\",\"\",\"\",\"\",\"\",\"0\"\r\n")
        .contains("\"Mia O'Neil\",\"4711\",\"\",\"\",\"\",\"3\"\r\n")
        .contains("\"doejane\",\"42\",\"\",\"\",\"\",\"0\"\r\n");
  }

  @Test
  void junit_xml_is_xml() throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.resolve("junit.xml").toFile());

    assertThat(document.getElementsByTagName("testsuite").getLength()).isEqualTo(15);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(2);
  }

  @Test
  void students_read_what_to_do_next() throws IOException {
    assertThat(report.resolve("students/eve _ co/feedback.md"))
        .content()
        .contains("You earned **6 of 7** points.", "eve \\& co")
        .contains("### 1.1 Add two numbers: 2 of 3", "expected: 3", "./workbook hint 1.1");
    assertThat(report.resolve("students/doejane/feedback.md"))
        .content()
        .contains("does not compile", "cannot find symbol");
    assertThat(report.resolve("students/_1_1/feedback.md"))
        .content()
        .contains("Not handed in: there was no `MySample.java` to grade.");
  }

  @Test
  void a_run_that_was_killed_goes_on_where_it_was() throws IOException {
    String before = Files.readString(report.resolve("results.json"));
    Path journal = report.resolve("journal.jsonl");
    List<String> lines = Files.readAllLines(journal);
    String half = lines.get(lines.size() - 1).substring(0, 40);
    Files.writeString(journal, String.join("\n", lines.subList(0, lines.size() - 2)) + "\n" + half);
    Files.delete(report.resolve("results.json"));
    write("../report/students/gone/feedback.md", "of somebody who has another name now");
    write("../report/students/ada/remarks.txt", "the teacher's own");

    grade();

    assertThat(report.resolve("results.json")).hasContent(before);
    assertThat(Files.readAllLines(journal)).hasSize(lines.size() - 2 + 1 + 2);
    assertThat(report.resolve("students/gone")).doesNotExist();
    assertThat(report.resolve("students/ada/remarks.txt")).exists();
  }

  @Test
  void names_can_be_kept_out_of_a_report_and_given_back() throws IOException {
    write("../few/zoemueller_4711_99_MySample.java", answer(ADD, USER));
    Path secret = temporary.resolve("secret");
    Path key = temporary.resolve("secret-names.csv");
    String[] command = {
      "grade", temporary.resolve("few").toString(), "--anonymous", "--out", secret.toString()
    };

    workbook.run(command);
    String first = Files.readString(secret.resolve("results.json"));
    workbook.run(command);

    assertThat(first).doesNotContain("zoe", "4711").containsPattern("student-[0-9a-f]{8}");
    assertThat(secret.resolve("results.json")).hasContent(first);

    String out = temporary.resolve("named").toString();
    Outcome named =
        workbook.run("merge", secret.toString(), "--names", key.toString(), "--out", out);

    assertThat(named.status()).as(named.err()).isZero();
    assertThat(Path.of(out, "grades.csv")).content().contains("\"zoemueller\",\"4711\"", "\"7\"");
    Files.writeString(key, "");
    Outcome unknown =
        workbook.run("merge", secret.toString(), "--names", key.toString(), "--out", out);
    assertThat(unknown.status()).isEqualTo(Exit.USAGE);
    assertThat(unknown.err()).contains("No key says who student-");
    Files.writeString(key, "student-12345678;zoemueller;4711\n");
    Outcome damaged = workbook.run(command);
    assertThat(damaged.status()).isEqualTo(Exit.USAGE);
    assertThat(damaged.err()).contains("is no key any more: row 1");
    assertThat(key).hasContent("student-12345678;zoemueller;4711\n");
  }

  @Test
  void parts_that_were_graded_apart_become_one_report() throws IOException {
    List<String> parts = new ArrayList<>();
    for (String part : List.of("2", "1")) {
      Path place = Files.createDirectories(temporary.resolve("part" + part));
      // What is graded need not be graded again.
      Files.copy(report.resolve("journal.jsonl"), place.resolve("journal.jsonl"));
      parts.add(place.toString());
      workbook.run(
          "grade",
          submissions.toString(),
          "--shard",
          part + "/2",
          "--out",
          place.toString(),
          "--allow",
          ALLOWED);
    }

    Outcome merged =
        workbook.run("merge", parts.get(0), parts.get(1), "--out", temporary + "/whole");
    Outcome half = workbook.run("merge", parts.get(0), "--out", temporary + "/half");
    Outcome over =
        workbook.run("grade", submissions.toString(), "--shard", "1/2", "--out", parts.get(0));
    Outcome into = workbook.run("merge", parts.get(0), parts.get(1), "--out", parts.get(1));

    assertThat(merged.status()).as(merged.err()).isZero();
    assertThat(half.status()).isEqualTo(Exit.USAGE);
    assertThat(half.err()).contains("Part 1/2 is missing");
    assertThat(over.err()).contains("is the report of another class");
    assertThat(into.err()).contains("is one of the reports to merge");
    JsonNode students = json("../whole/results.json").get("students");
    assertThat(students).isEqualTo(json("results.json").get("students"));
    assertThat(temporary.resolve("whole/index.html")).content().contains(">zoe</a>");
  }

  @Test
  void a_folder_without_hand_ins_is_told() throws IOException {
    Path empty = Files.createDirectory(temporary.resolve("empty"));

    Outcome told = workbook.run("grade", empty.toString(), "--out", report + "2");

    assertThat(told.status()).isEqualTo(Exit.USAGE);
    assertThat(told.err()).contains("There are no hand-ins in ");
  }

  private Outcome grade() {
    return workbook.run(
        "grade",
        submissions.toString(),
        "--out",
        report.toString(),
        "--jobs",
        "2",
        "--allow",
        ALLOWED);
  }

  private String statuses(String student) {
    return StreamSupport.stream(json("results.json").get("students").spliterator(), false)
        .filter(found -> found.get("student").asText().equals(student))
        .flatMap(found -> StreamSupport.stream(found.findValues("status").spliterator(), false))
        .map(JsonNode::asText)
        .collect(Collectors.joining(" "));
  }

  private JsonNode json(String file) {
    try {
      return new ObjectMapper().readTree(report.resolve(file).toFile());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private String answer(String add, String user) throws IOException {
    workbook.answer(add, user);
    return Files.readString(workbook.answer);
  }

  private void write(String path, String text) throws IOException {
    Path file = submissions.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void zip(String path, String... entries) throws IOException {
    try (OutputStream bytes = Files.newOutputStream(submissions.resolve(path));
        ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry(entries[i]));
        zip.write(entries[i + 1].getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }
}
