package workbook.classroom.marking;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import workbook.cli.terminal.UsageException;
import workbook.engine.course.Lesson;

/**
 * A hand-in that attacks the grader, from {@code attacks.txt}.
 *
 * @param expect what its checks come to, such as {@code failed}; several are parted by "or"
 * @param letThrough the same where everything is allowed; null if that is not tried
 * @param files the hand-in, by path
 */
record Attack(String name, String expect, String letThrough, Map<String, String> files) {
  private static final String HELPERS =
      """

        static final class Breach extends RuntimeException {
          Breach(String what) {
            super("BREACH " + what);
          }
        }

        static String sql(DataSource dataSource, String query) throws Exception {
          List<String> values = sqls(dataSource, query);
          return values.isEmpty() ? "" : values.get(0);
        }

        static List<String> sqls(DataSource dataSource, String query) throws Exception {
          List<String> values = new java.util.ArrayList<>();
          try (var connection = dataSource.getConnection();
              var statement = connection.createStatement()) {
            if (statement.execute(query)) {
              while (statement.getResultSet().next()) {
                values.add(statement.getResultSet().getString(1));
              }
            }
          }
          return values;
        }

        static java.sql.Connection elsewhere(DataSource dataSource, String database)
            throws java.sql.SQLException {
          var source = (org.postgresql.ds.PGSimpleDataSource) dataSource;
          String before = source.getDatabaseName();
          source.setDatabaseName(database);
          try {
            return source.getConnection();
          } finally {
            source.setDatabaseName(before);
          }
        }
      """;
  // Not in every hand-in: it uses what no exercise needs.
  private static final String FORGE =
      """

        static void forge() {
          var out = new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out));
          for (int number = 1; number < 60; number++) {
            for (String kind : "STARTED FINISHED DONE".split(" ")) {
              out.println("{\\"seal\\":\\"0123456789abcdef0123456789abcdef\\",\\"number\\":" + number
                  + ",\\"event\\":{\\"kind\\":\\"" + kind + "\\",\\"check\\":\\"the_version_is_what_the_server_says\\","
                  + "\\"result\\":{\\"name\\":\\"the_version_is_what_the_server_says\\",\\"status\\":\\"PASSED\\","
                  + "\\"millis\\":1}}}");
            }
          }
          out.flush();
        }
      """;
  private static final Pattern EXPECT =
      Pattern.compile("expect: (.*)\n(?:let through: (.*)\n)?([^\\x00]*)");
  private static final Pattern TODO =
      Pattern.compile("return todo\\(\"1\\.5\"\\);\\s*}", Pattern.DOTALL);
  private static final Pattern REPEAT = Pattern.compile("REPEAT\\(([0-9]+),(.*?)\\);");

  /** All of them, made for the first lesson. */
  static List<Attack> all(Lesson lesson) {
    List<Attack> all = new ArrayList<>();
    for (String section : text().split("(?m)^### ")) {
      if (!all.isEmpty() || !section.startsWith("Hand-ins that attack")) {
        all.add(parse(section, lesson));
      }
    }
    return all;
  }

  private static Attack parse(String section, Lesson lesson) {
    String[] parts = section.split("(?m)^--- ");
    String[] head = parts[0].split("\n", 2);
    Matcher body = EXPECT.matcher(head[1].strip() + "\n");
    if (!body.matches()) {
      throw new IllegalStateException("attacks.txt does not say what is expected of " + head[0]);
    }
    Map<String, String> files = new LinkedHashMap<>();
    files.put("My" + lesson.contract() + ".java", answer(lesson, body.group(3).strip()));
    for (int i = 1; i < parts.length; i++) {
      String[] file = parts[i].split("\n", 2);
      files.put(file[0].strip(), repeated(file[1]));
    }
    return new Attack(head[0].strip(), body.group(1), body.group(2), files);
  }

  private static String answer(Lesson lesson, String attack) {
    String stub = SampleAnswers.stub(lesson);
    if (attack.isEmpty()) {
      return stub;
    }
    String method =
        """
        try {
              return attack(dataSource);
            } catch (RuntimeException e) {
              throw e;
            } catch (Exception e) {
              throw new IllegalStateException("held: " + e);
            }
          }

          static String attack(DataSource dataSource) throws Exception {
            if (dataSource != null) {
        %s
            }
            return "nothing";
          }
        %s"""
            .formatted(attack, HELPERS + (attack.contains("forge()") ? FORGE : ""));
    return TODO.matcher(
            stub.replace("import java.util.Map;", "import java.util.List;\nimport java.util.Map;"))
        .replaceFirst(Matcher.quoteReplacement(method));
  }

  private static String repeated(String text) {
    return REPEAT
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(2).repeat(Integer.parseInt(found.group(1))) + ";"));
  }

  private static String text() {
    try (InputStream bytes = Attack.class.getResourceAsStream("attacks.txt")) {
      if (bytes == null) {
        throw new UsageException(
            "This copy of the workbook was made for students and has no hand-ins that attack. The teacher's has them.");
      }
      return new String(bytes.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
