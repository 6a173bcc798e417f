package workbook.classroom.submissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.classroom.submissions.Submission.AnswerText;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.Course;

class SubmissionsTest {
  private final Course course =
      Course.read(Path.of("../cli/src/test/resources").toAbsolutePath().normalize());
  private final List<String> warnings = new ArrayList<>();
  @TempDir private Path folder;
  private Path submissions;

  @BeforeEach
  void make_a_folder() throws IOException {
    submissions = Files.createDirectory(folder.resolve("hand-ins"));
  }

  @Test
  void a_zip_in_the_zip_of_a_class_is_opened() throws IOException {
    byte[] own = zip("work/MySample.java", "Ann's", "__MACOSX/work/._MySample.java", "no text");
    byte[] all =
        zip(
            "class/Ann Lee_11_assignsubmission_file_/hand-in.zip",
            own,
            "class/Bob Ray_12_assignsubmission_file_/MySample.java",
            "Bob's",
            "__MACOSX/class/._Bob",
            "no text");
    Path zip = Files.write(folder.resolve("all.zip"), all);

    List<Submission> found = Submissions.find(zip, course, warnings::add);

    assertThat(found).extracting(Submission::student).containsExactly("Ann Lee", "Bob Ray");
    assertThat(found).extracting(this::answer).containsExactly("Ann's", "Bob's");
    assertThat(found).flatExtracting(Submission::notes).isEmpty();
    assertThat(warnings).isEmpty();
  }

  @Test
  void a_class_unpacked_one_folder_deeper_is_found_and_said() throws IOException {
    write("class/ann/MySample.java", "Ann's");
    write("class/bob/answers/MySample.java", "Bob's");

    assertThat(find()).extracting(Submission::student).containsExactly("ann", "bob");
    assertThat(warnings)
        .containsExactly("The hand-ins are taken from class, the one folder there.");
  }

  @Test
  void one_students_folders_are_no_class() throws IOException {
    write("ann/lesson-01-sample/MySample.java", "Ann's");
    write("ann/lesson-01-sample-old/MySample.java", "older");

    assertThat(find()).extracting(Submission::student).containsExactly("ann");
    assertThat(warnings).isEmpty();
  }

  @Test
  void names_that_canvas_gives_are_understood() throws IOException {
    write("anon_RFZkq_101_MySample.java", "anonymous");
    write("LATE_anon_Xy12z_102_MySample.java", "late");
    write("leeann_LATE_11_77_MySample.java", "Canvas");

    assertThat(find())
        .extracting(it -> it.student() + "/" + it.id() + "/" + answer(it) + "/" + it.notes())
        .containsExactlyInAnyOrder(
            "anon_RFZkq//anonymous/[]",
            "anon_Xy12z//late/[MySample.java was handed in late]",
            "leeann/11/Canvas/[MySample.java was handed in late]");
  }

  @Test
  void names_that_blackboard_gives_are_understood() throws IOException {
    write("Lesson 1_jdoe_attempt_2026-11-20-11-05-33_MySample.java", "Blackboard");
    write("Lesson 1_jdoe_attempt_2026-11-20-11-05-33.txt", "what Blackboard says of it");

    assertThat(find())
        .extracting(it -> it.student() + "/" + it.id() + "/" + answer(it) + "/" + it.notes())
        .containsExactly("jdoe//Blackboard/[]");
  }

  @Test
  void names_that_brightspace_gives_are_understood() throws IOException {
    write("12345-67890 - Bob Ray - Nov 20, 2026 1105 PM/MySample.java", "Brightspace");

    assertThat(find())
        .extracting(it -> it.student() + "/" + it.id() + "/" + answer(it) + "/" + it.notes())
        .containsExactly("Bob Ray/12345/Brightspace/[]");
    assertThat(warnings).isEmpty();
  }

  @Test
  void the_newest_of_several_attempts_counts() throws IOException {
    write("Ann Lee 7/2026-11-20-11-05-33/MySample.java", "newest");
    write("Ann Lee 7/2026-11-20-11-05-33.ceg/MySample.java", "a copy of VPL's");
    write("Ann Lee 7/2026-11-19-23-05-33/MySample.java", "older");
    write("Lesson 1_jdoe_attempt_2026-11-09-11-05-33_MySample.java", "older");
    write("Lesson 1_jdoe_attempt_2026-11-10-11-05-33_MySample.java", "newest");
    write("12345-1 - Bob Ray - Nov 9, 2026 1105 PM/MySample.java", "older");
    write("12345-2 - Bob Ray - Nov 10, 2026 105 AM/MySample.java", "newest");

    assertThat(find())
        .hasSize(3)
        .allSatisfy(it -> assertThat(answer(it)).isEqualTo("newest"))
        .allSatisfy(
            it ->
                assertThat(it.notes())
                    .singleElement()
                    .asString()
                    .startsWith("of 2 attempts the newest is graded: 2026-11-"));
  }

  @Test
  void names_in_windows_code_page_stay_apart() throws IOException {
    byte[] zip =
        zip(
            Charset.forName("IBM850"),
            "M\u00fcller/MySample.java",
            "1",
            "M\u00f6ller/MySample.java",
            "2");
    Path file = Files.write(folder.resolve("all.zip"), zip);

    List<Submission> found = Submissions.find(file, course, warnings::add);

    assertThat(found).extracting(Submission::student).containsExactly("M\u00f6ller", "M\u00fcller");
    assertThat(found).extracting(this::answer).containsExactly("2", "1");
  }

  @Test
  void a_zip_in_a_students_zip_is_opened() throws IOException {
    Files.write(submissions.resolve("ann.zip"), zip("deep.zip", zip("MySample.java", "Ann's")));

    assertThat(only()).extracting(this::answer).isEqualTo("Ann's");
  }

  @Test
  void links_and_second_entries_of_one_name_in_a_zip_are_told_of() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (String text : List.of("first", "second")) {
        put(zip, "MySample.java", text, UnixStat.FILE_FLAG);
        put(zip, "Helper.java", "package workbook.sample; // " + text, UnixStat.FILE_FLAG);
      }
    }
    Files.write(submissions.resolve("ann.zip"), bytes.toByteArray());
    bytes.reset();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      put(zip, "MySample.java", "/etc/passwd", UnixStat.LINK_FLAG);
    }
    Files.write(submissions.resolve("bob.zip"), bytes.toByteArray());

    List<Submission> found = find();

    assertThat(answer(found.get(0))).isEqualTo("first");
    assertThat(found.get(0).files().get(1).notes().toString())
        .contains("MySample.java is graded, not MySample.java (another entry of the zip");
    assertThat(found.get(0).notes())
        .extracting(Note::toString)
        .containsExactly("of two entries of one name in the zip, the first is taken: Helper.java");
    assertThat(found.get(1).notes())
        .extracting(Note::toString)
        .containsExactly(
            "MySample.java is not graded: it is a symbolic link, which is not followed");
  }

  private static void put(ZipArchiveOutputStream zip, String name, String text, int kind)
      throws IOException {
    ZipArchiveEntry entry = new ZipArchiveEntry(name);
    entry.setUnixMode(kind | 0644);
    zip.putArchiveEntry(entry);
    zip.write(text.getBytes(StandardCharsets.UTF_8));
    zip.closeArchiveEntry();
  }

  @Test
  void a_number_that_a_browser_added_does_not_win() throws IOException {
    write("ann/MySample (1).java", "another");
    write("ann/MySample.java", "Ann's");

    Submission ann = only();

    assertThat(answer(ann)).isEqualTo("Ann's");
    assertThat(ann.files().get(1).notes())
        .extracting(Note::toString)
        .containsExactly(
            "there is more than one MySample.java, and they differ:"
                + " MySample.java is graded, not MySample (1).java");
  }

  @Test
  void what_is_in_a_zip_beside_an_answer_does_not_win_and_does_no_harm() throws IOException {
    write("ann/answers/MySample.java", "Ann's");
    Files.write(submissions.resolve("ann/old.zip"), zip("MySample.java", "older"));
    Files.write(submissions.resolve("ann/odd.zip"), withUnknownMethod(zip("MySample.java", "odd")));

    Submission ann = only();

    assertThat(answer(ann)).isEqualTo("Ann's");
    assertThat(ann.files().get(1).notes())
        .extracting(Note::toString)
        .containsExactly(
            "there is more than one MySample.java, and they differ: answers/MySample.java"
                + " is graded, not old.zip/MySample.java, odd.zip/MySample.java");
  }

  @Test
  void a_zip_packed_in_an_odd_way_is_one_students_trouble() throws IOException {
    Files.write(submissions.resolve("ann.zip"), withUnknownMethod(zip("MySample.java", "odd")));

    assertThat(only().notes())
        .extracting(Note::toString)
        .containsExactly("MySample.java is not graded: it is damaged, or no zip");
  }

  @Test
  void a_zip_that_is_locked_with_a_password_is_not_called_damaged() throws IOException {
    Files.write(submissions.resolve("ann.zip"), locked(zip("MySample.java", "secret")));

    assertThat(only().notes())
        .extracting(Note::toString)
        .containsExactly("MySample.java is not graded: it is locked with a password");
  }

  @Test
  void what_is_not_looked_at_is_told() throws IOException {
    write("ann/solution.7z", "packed");
    write("bob/report.pdf", "written");
    write("eve/MySample.java", "Eve's");
    write("eve/Helper.java", "hers");
    write("eve/SampleChecks.java", "handed out");
    Files.createDirectory(submissions.resolve("zoe"));

    assertThat(find())
        .extracting(submission -> submission.student() + " " + submission.notes())
        .containsExactly(
            "ann [not opened, since it is no zip: solution.7z]",
            "bob [there is no answer in it, but report.pdf]",
            "eve [not taken, since it is in no answer's package: Helper.java]",
            "zoe [there is no file in it]");
  }

  @Test
  void a_students_own_name_of_a_file_makes_no_other_student() throws IOException {
    write("leeann_11_77_MySample.java", "Ann's");
    write("raybob_12_78_x_11_assignsubmission_file_MySample.java", "Bob's");

    assertThat(find())
        .extracting(it -> it.student() + "/" + it.id())
        .containsExactly("leeann/11", "raybob/12");
  }

  @Test
  void two_students_of_one_number_are_refused() throws IOException {
    write("Ann Lee_11_assignsubmission_file_/MySample.java", "Ann's");
    write("Bob Ray_11_assignsubmission_file_/MySample.java", "Bob's");

    assertThatThrownBy(this::find)
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Two students have the number 11: Ann Lee and Bob Ray.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Mysample.java", "MySample.java.txt", "MySample.txt", "mysample (2).JAVA"})
  void an_almost_right_name_is_taken_and_told_of(String name) throws IOException {
    write("ann/" + name, "Ann's");

    AnswerText answer = only().files().get(1);

    assertThat(answer.text()).isEqualTo("Ann's");
    assertThat(answer.notes().toString())
        .contains(name + " is graded, although its name is not MySample.java");
  }

  @Test
  void what_is_as_it_was_handed_out_never_counts_for_more() throws IOException {
    String stub = Files.readString(course.lessons().get(0).pristineAnswer());
    write("ann/src/main/java/workbook/sample/MySample.java", stub);
    write("ann/MySample (1).java", "finished");

    assertThat(answer(only())).isEqualTo("finished");
  }

  @Test
  void classes_of_the_same_package_beside_an_answer_are_taken_along() throws IOException {
    write("ann/MySample.java", "package workbook.sample; class MySample extends Helper {}");
    write("ann/Helper.java", "// hers\npackage workbook.sample;\nclass Helper {}");
    write("ann/Other.java", "package other; class Other {}");
    write("ann/SampleChecks.java", "package workbook.sample; class SampleChecks {}");

    Submission ann = only();

    assertThat(ann.files().get(1).helpers()).containsOnlyKeys("Helper.java");
    assertThat(ann.files().get(1).notes().toString()).contains("with it is taken Helper.java");
    assertThat(ann.notes().toString()).contains("Other.java").doesNotContain("Checks");
  }

  @Test
  void a_class_named_like_one_of_the_workbooks_is_told_of() throws IOException {
    write(
        "ann/MySample.java", "package workbook.sample; class MySample extends ReferenceSample {}");
    write("ann/ReferenceSample.java", "package workbook.sample; class ReferenceSample {}");
    write("ann/Sample.java", "handed out");

    assertThat(only().notes().toString())
        .isEqualTo(
            "[not taken, since the workbook has a class of that name; it needs another:"
                + " ReferenceSample.java]");
  }

  @Test
  void a_class_of_the_same_package_in_another_folder_is_taken_unless_one_is_beside()
      throws IOException {
    write("ann/MySample.java", "package workbook.sample; class MySample extends Helper {}");
    write("ann/Near.java", "package workbook.sample; class Near { int right; }");
    write("ann/backup/Near.java", "package workbook.sample; class Near { int old; }");
    write("ann/util/Helper.java", "package workbook.sample; class Helper {}");

    Submission ann = only();

    assertThat(ann.files().get(1).helpers()).containsOnlyKeys("Helper.java", "Near.java");
    assertThat(ann.files().get(1).helpers().get("Near.java")).contains("right");
    assertThat(ann.notes()).isEmpty();
  }

  @Test
  void a_note_for_a_report_without_names_has_none() throws IOException {
    write("ann/MySample_AnnLee.java", "Ann's");

    Submission ann = only().anonymous("student-1");

    assertThat(ann.notes())
        .extracting(Note::toString)
        .containsExactly("there is no MySample.java, but [a file], which is not graded");
  }

  private Submission only() {
    List<Submission> found = find();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private List<Submission> find() {
    return Submissions.find(submissions, course, warnings::add);
  }

  private String answer(Submission submission) {
    return submission.files().get(1).text();
  }

  private void write(String path, String text) throws IOException {
    Path file = submissions.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  // Method 93 takes a library that is not here: 8 in the entry's head and in the directory.
  private static byte[] locked(byte[] zip) {
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    zip[6] |= 1;
    zip[text.indexOf("PK\u0001\u0002") + 8] |= 1;
    return zip;
  }

  private static byte[] withUnknownMethod(byte[] zip) {
    zip[8] = 93;
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    zip[text.indexOf("PK\u0001\u0002") + 10] = 93;
    return zip;
  }

  // Names and contents by turns; a content is text or bytes.
  private static byte[] zip(Object... entries) throws IOException {
    return zip(StandardCharsets.UTF_8, entries);
  }

  private static byte[] zip(Charset names, Object... entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, names)) {
      for (int i = 0; i < entries.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) entries[i]));
        zip.write(
            entries[i + 1] instanceof byte[] content
                ? content
                : ((String) entries[i + 1]).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
