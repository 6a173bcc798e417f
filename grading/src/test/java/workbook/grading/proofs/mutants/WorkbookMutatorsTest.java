package workbook.grading.proofs.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.pitest.classinfo.ClassByteArraySource;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.ClassloaderByteArraySource;
import org.pitest.mutationtest.engine.MutationDetails;
import org.pitest.mutationtest.engine.gregor.GregorMutater;

/** Mutates {@link Sample} as PIT does, and runs the mutants. */
class WorkbookMutatorsTest {
  private final ClassByteArraySource bytes =
      new ClassloaderByteArraySource(getClass().getClassLoader());
  private final GregorMutater mutater =
      new GregorMutater(bytes, method -> true, WorkbookMutators.all());

  @Test
  void every_mutator_has_an_id_of_its_own() {
    assertThat(WorkbookMutators.all())
        .extracting(mutator -> mutator.getGloballyUniqueId())
        .doesNotHaveDuplicates();
  }

  @Test
  void calls_are_exchanged() throws Exception {
    assertThat(mutant(Strip.class, "CALL_STRIPPED").call()).isEqualTo("\u2003");
    assertThat(mutant(Empty.class, "CALL_EMPTY").call()).isEqualTo(true);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(mutant(Lower.class, "CALL_LOCALE").call()).isEqualTo("\u0131");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void loops_end_early() throws Exception {
    assertThat(new Loop().call()).isEqualTo(123);
    assertThat(mutant(Loop.class, "LOOP_ENDS_EARLY").call()).isEqualTo(100);
  }

  @Test
  void handlers_catch_more_and_less() throws Exception {
    assertThat(new Catch().call()).isEqualTo("caught");
    assertThat(catchThrowable(() -> mutant(Catch.class, "CATCH_NARROWED").call()))
        .isInstanceOf(AssertionError.class);
    assertThat(mutantIds(Catch.class)).noneMatch(id -> id.startsWith("CATCH_WIDENED"));
  }

  @Test
  void sql_in_constants_and_annotations_is_changed() throws Exception {
    assertThat(mutant(Sql.class, "SQL_ORDER_BY_DROPPED").call()).isEqualTo("SELECT id FROM books");
    assertThat(mutantIds(Dao.class))
        .contains("SQL_WHERE_DROPPED_0", "SQL_RELATION_0")
        .doesNotContain("SQL_WHERE_DROPPED_1");
  }

  private List<String> mutantIds(Class<?> sample) {
    return mutater.findMutations(ClassName.fromClass(sample)).stream()
        .map(MutationDetails::getMutator)
        .toList();
  }

  private Callable<?> mutant(Class<?> sample, String mutator) throws Exception {
    MutationDetails mutation =
        mutater.findMutations(ClassName.fromClass(sample)).stream()
            .filter(details -> details.getMutator().startsWith(mutator))
            .findFirst()
            .orElseThrow();
    byte[] changed = mutater.getMutation(mutation.getId()).getBytes();
    ClassLoader loader =
        new ClassLoader(getClass().getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(sample.getName())
                ? defineClass(name, changed, 0, changed.length)
                : super.loadClass(name, resolve);
          }
        };
    return (Callable<?>) loader.loadClass(sample.getName()).getConstructor().newInstance();
  }

  public static final class Strip implements Callable<Object> {
    @Override
    public Object call() {
      return " \u2003 ".strip();
    }
  }

  public static final class Empty implements Callable<Object> {
    @Override
    public Object call() {
      return " ".isEmpty();
    }
  }

  public static final class Lower implements Callable<Object> {
    @Override
    public Object call() {
      return "I".toLowerCase(Locale.ROOT);
    }
  }

  public static final class Loop implements Callable<Object> {
    @Override
    public Object call() {
      int rounds = 0;
      for (String each : Collections.nCopies(123, "x")) {
        rounds += each.length();
      }
      return rounds;
    }
  }

  public static final class Catch implements Callable<Object> {
    @Override
    public Object call() {
      try {
        throw new AssertionError("an error");
      } catch (Throwable e) {
        return "caught";
      }
    }
  }

  public static final class Sql implements Callable<Object> {
    @Override
    public Object call() {
      return "SELECT id FROM books ORDER BY id";
    }
  }

  /** A SQL Object. */
  public interface Dao {
    @org.jdbi.v3.sqlobject.statement.SqlUpdate("DELETE FROM books WHERE id = :id")
    int remove(long id);
  }
}
