package workbook.grading.allowed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.grading.allowed.ForbiddenReferences.Reference;

class ForbiddenReferencesTest {
  private static final String HEAD =
      """
      package lesson;
      import java.io.*;
      import java.nio.file.*;
      import java.sql.*;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.concurrent.atomic.*;
      import java.util.function.*;
      import java.util.stream.*;
      import javax.sql.DataSource;
      import org.jdbi.v3.core.*;
      import org.jdbi.v3.core.mapper.reflect.*;
      class %s { interface Contract {}
      Object answer(DataSource dataSource, Connection connection, Jdbi jdbi) throws Throwable {
      %s
      }
      }
      """;

  // Code, and what of it no exercise needs.
  private static final List<String> FORBIDDEN =
      List.of(
          "return String.class.getMethods(); | java.lang.Class.getMethods",
          "return Class.forName(\"X\"); | java.lang.Class.forName",
          "java.lang.reflect.Method m = null; return m; | java.lang.reflect.Method",
          "return java.lang.invoke.MethodHandles.lookup(); | java.lang.invoke.MethodHandles",
          "Supplier<Object> s = Runtime::getRuntime; return s; | java.lang.Runtime",
          "Runtime.getRuntime().halt(0); return 1; | java.lang.Runtime",
          "return new ProcessBuilder(\"ls\").start(); | java.lang.ProcessBuilder",
          "return ProcessHandle.current(); | java.lang.ProcessHandle",
          "return StackWalker.getInstance(); | java.lang.StackWalker",
          "return new Throwable().getStackTrace(); | java.lang.Throwable.getStackTrace",
          "new SQLException().printStackTrace(new PrintWriter(\"x\")); return 1;"
              + " | java.lang.Throwable.printStackTrace",
          "return Thread.getAllStackTraces(); | java.lang.Thread.getAllStackTraces",
          "return Thread.currentThread().getThreadGroup(); | java.lang.ThreadGroup",
          "new Thread() { void all() { enumerate(new Thread[9]); } }.all(); return 1;"
              + " | java.lang.Thread.enumerate",
          "System.setOut(null); return 1; | java.lang.System.setOut",
          "System.setProperty(\"a\", \"b\"); return 1; | java.lang.System.setProperty",
          "return ServiceLoader.load(String.class); | java.util.ServiceLoader",
          "return ResourceBundle.getBundle(\"x\"); | java.util.ResourceBundle",
          "return new ObjectInputStream(null).readObject(); | java.io.ObjectInputStream",
          "return new FileOutputStream(FileDescriptor.out); | java.io.FileDescriptor",
          "return new FileInputStream(\"x\").getFD(); | java.io.FileDescriptor",
          "return dataSource.unwrap(Object.class); | javax.sql.DataSource.unwrap",
          "return new org.postgresql.ds.PGSimpleDataSource().unwrap(Object.class);"
              + " | javax.sql.DataSource.unwrap",
          "return ((Wrapper) dataSource).unwrap(Object.class); | java.sql.Wrapper",
          "DriverManager.registerDriver(null); return 1; | java.sql.DriverManager.registerDriver",
          "return FieldMapper.of(String.class); | org.jdbi.v3.core.mapper.reflect.FieldMapper",
          "return AtomicLongFieldUpdater.newUpdater(String.class, \"x\");"
              + " | java.util.concurrent.atomic.AtomicLongFieldUpdater",
          "return Thread.currentThread().getContextClassLoader(); | java.lang.ClassLoader",
          "return new com.fasterxml.jackson.databind.ObjectMapper();"
              + " | com.fasterxml.jackson.databind.ObjectMapper",
          "return org.assertj.core.api.Assertions.assertThat(1);"
              + " | org.assertj.core.api.Assertions",
          "throw workbook.grading.Returned.copy(null, null) == null ? null : new Error();"
              + " | workbook.grading.Returned",
          "return workbook.support.NotAttempted.raised(); | workbook.support.NotAttempted",
          "return java.lang.management.ManagementFactory.getRuntimeMXBean();"
              + " | java.lang.management.ManagementFactory",
          "java.util.logging.Logger.getLogger(\"\").addHandler(null); return 1;"
              + " | java.util.logging.Handler");

  private static final List<String> ALLOWED =
      List.of(
          "record R(String a, long b) {} return new R(\"x\", 1).equals(new R(\"y\", 2)) + \"\" + 1;",
          "return Stream.of(1, 2).collect(Collectors.groupingBy(i -> i % 2, TreeMap::new,"
              + " Collectors.counting()));",
          "return java.util.regex.Pattern.compile(\"a+\").matcher(\"aa\").replaceAll(String::valueOf);",
          "try (Scanner in = new Scanner(Path.of(\"x\"))) { return in.nextLine(); }",
          "return Files.readAllLines(Path.of(\"x\")).stream().map(String::strip).toList();",
          "return String.format(Locale.ROOT, \"%s\", LocalDate.now()) + System.getenv(\"PGHOST\");",
          "var pool = Executors.newFixedThreadPool(2); try { return pool.submit(() -> 1).get(); }"
              + " finally { pool.shutdown(); }",
          "Thread t = new Thread(() -> System.out.println(1)); t.setDaemon(true); t.start(); t.join();"
              + " return Thread.currentThread().isInterrupted();",
          "enum E { A, B } return switch (E.valueOf(\"A\")) { case A -> 1; case B -> 2; };",
          "System.exit(1); return 1;",
          "try { return connection.unwrap(org.postgresql.PGConnection.class).getCopyAPI(); }"
              + " catch (SQLException e) { e.printStackTrace(); throw e; }",
          "return jdbi.withHandle(h -> h.createQuery(\"x\").map(ConstructorMapper.of(String.class)).list());",
          "return System.getLogger(\"x\").isLoggable(System.Logger.Level.INFO);",
          "Locale.setDefault(Locale.ROOT); TimeZone.setDefault(TimeZone.getTimeZone(\"UTC\")); return 1;",
          "return new Random(1).nextInt() + UUID.randomUUID().toString() + Objects.hash(1, 2);",
          "Connection c = DriverManager.getConnection(\"jdbc:postgresql:x\"); return c.isValid(1);",
          "class Own extends Exception { Own() { super(\"x\"); } } throw new Own();",
          "assert connection != null : \"no connection\"; return new int[][] {{1}}.clone();",
          "synchronized (this) { wait(1); } return getClass().getSimpleName();",
          "Contract c = new Contract() {}; return c;",
          "return new AtomicReference<>(new CompletableFuture<String>()).get().thenApply(s -> s + 1);",
          "return java.text.NumberFormat.getInstance().format(new java.math.BigDecimal(\"1.5\"));");

  @TempDir private static Path folder;

  private static List<String> forbidden() {
    return FORBIDDEN;
  }

  private static List<String> allowed() {
    return ALLOWED;
  }

  // All at once, since the compiler takes its time to start.
  @BeforeAll
  static void compile() throws IOException {
    List<String> sources = new ArrayList<>();
    for (int i = 0; i < FORBIDDEN.size(); i++) {
      sources.add(source("Forbidden" + i, FORBIDDEN.get(i).split(" \\| ")[0]));
    }
    for (int i = 0; i < ALLOWED.size(); i++) {
      sources.add(source("Allowed" + i, ALLOWED.get(i)));
    }
    List<String> arguments =
        new ArrayList<>(List.of("-g", "-nowarn", "-proc:none", "-d", folder.toString()));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(sources);
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void names_what_no_exercise_needs_and_its_line(String code) throws Exception {
    String what = code.split(" \\| ")[1];

    assertThat(in("Forbidden" + FORBIDDEN.indexOf(code), List.of()))
        .extracting(Reference::message)
        .contains(
            "uses "
                + what
                + " in line 16, which no exercise needs"
                + (what.endsWith("forName") ? ": the driver is found without it" : ""));
  }

  @ParameterizedTest
  @MethodSource("allowed")
  void lets_through_what_learners_write(String code) throws Exception {
    assertThat(in("Allowed" + ALLOWED.indexOf(code), List.of())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("forbidden")
  void lets_through_what_a_teacher_allows(String code) throws Exception {
    String type = "Forbidden" + FORBIDDEN.indexOf(code);
    List<String> more = in(type, List.of()).stream().map(Reference::what).toList();

    assertThat(in(type, more)).isEmpty();
  }

  @Test
  void lets_through_a_package_that_a_teacher_allows() throws Exception {
    int runtime = FORBIDDEN.indexOf("Runtime.getRuntime().halt(0); return 1; | java.lang.Runtime");

    assertThat(in("Forbidden" + runtime, List.of("java.lang"))).isEmpty();
  }

  private static Collection<Reference> in(String type, List<String> more) throws IOException {
    List<byte[]> classes = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder.resolve("lesson"))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.getFileName().toString().matches(type + "([$].*)?[.]class")) {
          classes.add(Files.readAllBytes(file));
        }
      }
    }
    assertThat(classes).isNotEmpty();
    return new ForbiddenReferences(AllowedApi.read(more), name -> name.startsWith("lesson."))
        .in(classes);
  }

  private static String source(String type, String code) throws IOException {
    return Files.writeString(folder.resolve(type + ".java"), HEAD.formatted(type, code)).toString();
  }
}
