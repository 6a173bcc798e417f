package workbook.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReturnedTest {
  /** What an answer has to do. */
  interface Contract {
    List<Thing> things();

    Map<String, String> map();

    default Optional<String> maybe() {
      return Optional.of("maybe");
    }

    BigDecimal price();

    Cursor cursor();

    default Named named() {
      return null;
    }

    <T> T any(T given);

    int number(long a, int b, double c, String d);
  }

  /** A part of the contract. */
  interface Cursor {
    List<String> next();
  }

  /** A part with values only. */
  interface Named {
    String name();
  }

  /** A value. */
  record Thing(String name, List<String> parts, int number) {}

  /** Equals everything. */
  private static class Equal<T> extends AbstractList<T> {
    private final List<T> elements;

    private Equal(List<T> elements) {
      this.elements = elements;
    }

    @Override
    public T get(int index) {
      return elements.get(index);
    }

    @Override
    public int size() {
      return elements.size();
    }

    @Override
    public boolean equals(Object other) {
      return true;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** An answer that returns what equals everything. */
  private static class Sly implements Contract {
    @Override
    public List<Thing> things() {
      return new Equal<>(List.of(new Thing("a", new Equal<>(List.of("b")), 1)));
    }

    @Override
    public Map<String, String> map() {
      return new AbstractMap<>() {
        @Override
        public Set<Entry<String, String>> entrySet() {
          return Map.of("key", "value").entrySet();
        }

        @Override
        public boolean equals(Object other) {
          return true;
        }

        @Override
        public int hashCode() {
          return 0;
        }
      };
    }

    @Override
    public BigDecimal price() {
      return new BigDecimal("1.50");
    }

    @Override
    public Cursor cursor() {
      return () -> new Equal<>(List.of("c"));
    }

    @Override
    public <T> T any(T given) {
      return given;
    }

    @Override
    public int number(long a, int b, double c, String d) {
      return (int) (a + b + c) + d.length();
    }
  }

  /** An answer that returns what it was given. */
  private static final class Fixed extends Sly {
    private final Map<String, String> map;
    private final List<Thing> things;
    private final Named named;

    private Fixed(Map<String, String> map, List<Thing> things, Named named) {
      this.map = map;
      this.things = things;
      this.named = named;
    }

    @Override
    public List<Thing> things() {
      return things;
    }

    @Override
    public Map<String, String> map() {
      return map;
    }

    @Override
    public Named named() {
      return named;
    }
  }

  private static Contract answer(Contract answer) {
    return Returned.by(Contract.class, answer);
  }

  /** Asked for first by two threads at once. */
  interface AtOnce {
    List<String> names();
  }

  @Test
  void two_threads_may_be_the_first_to_ask_for_a_contract() throws Exception {
    CyclicBarrier both = new CyclicBarrier(2);
    Callable<List<String>> first =
        () -> {
          both.await();
          return Returned.by(AtOnce.class, () -> List.of("Ann")).names();
        };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (Future<List<String>> names : threads.invokeAll(List.of(first, first))) {
        assertThat(names.get()).containsExactly("Ann");
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void collections_maps_and_records_are_copied_with_what_they_hold() {
    Contract answer = answer(new Sly());

    assertThat(answer.things()).isNotEqualTo(List.of());
    assertThat(answer.things()).isEqualTo(List.of(new Thing("a", List.of("b"), 1)));
    assertThat(answer.things().get(0)).isNotEqualTo(new Thing("a", List.of(), 1));
    assertThat(answer.map()).isEqualTo(Map.of("key", "value")).isNotEqualTo(Map.of());
    assertThat(answer.cursor().next()).isEqualTo(List.of("c")).isNotEqualTo(List.of());
  }

  @Test
  void the_rest_comes_as_it_is() {
    Contract answer = answer(new Sly());
    Object given = new Object();

    assertThat(answer.any(given)).isSameAs(given);
    assertThat(answer.maybe()).contains("maybe");
    assertThat(answer.price()).isEqualTo(new BigDecimal("1.50"));
    assertThat(answer.number(1, 2, 3, "four")).isEqualTo(10);
    assertThat(Returned.classOf(answer)).isEqualTo(Sly.class);
    assertThat(Returned.classOf("text")).isEqualTo(String.class);
  }

  @Test
  void a_plain_list_is_handed_on_since_a_check_may_look_at_it_again() {
    List<Thing> plain = new ArrayList<>(List.of(new Thing("a", List.of("b"), 1)));
    Contract answer =
        new Sly() {
          @Override
          public List<Thing> things() {
            return plain;
          }
        };

    assertThat(answer(answer).things()).isSameAs(plain);
  }

  @Test
  void null_stays_null() {
    Contract nothing =
        new Sly() {
          @Override
          public List<Thing> things() {
            List<Thing> things = new ArrayList<>();
            things.add(null);
            things.add(new Thing(null, null, 0));
            return things;
          }

          @Override
          public Cursor cursor() {
            return null;
          }
        };

    assertThat(answer(nothing).cursor()).isNull();
    assertThat(answer(nothing).things()).containsExactly(null, new Thing(null, null, 0));
  }

  @Test
  void elements_have_to_be_of_their_type() {
    Contract other =
        new Sly() {
          @Override
          @SuppressWarnings({"unchecked", "rawtypes"})
          public List<Thing> things() {
            return (List) List.of(new Object());
          }

          @Override
          public BigDecimal price() {
            return new BigDecimal("1") {
              private static final long serialVersionUID = 1;

              @Override
              public boolean equals(Object other) {
                return true;
              }

              @Override
              public int hashCode() {
                return 0;
              }
            };
          }
        };

    assertThatThrownBy(() -> answer(other).things())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Thing")
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> answer(other).price()).isInstanceOf(AssertionError.class);
  }

  /** What is right for who reads it once, and in one way. */
  static Stream<Supplier<Object>> contradictions() {
    Map<String, String> noGet =
        new AbstractMap<>() {
          @Override
          public Set<Entry<String, String>> entrySet() {
            return Map.of("key", "value").entrySet();
          }

          @Override
          public String get(Object key) {
            return null;
          }
        };
    Map<String, String> once =
        new AbstractMap<>() {
          private int times;

          @Override
          public int size() {
            return 1;
          }

          @Override
          public String get(Object key) {
            return "value";
          }

          @Override
          public boolean containsKey(Object key) {
            return true;
          }

          @Override
          public Set<Entry<String, String>> entrySet() {
            return times++ == 0 ? Map.of("key", "value").entrySet() : Set.of();
          }
        };
    List<Thing> first =
        new AbstractList<>() {
          @Override
          public Thing get(int index) {
            return new Thing("a", List.of(), 1);
          }

          @Override
          public Iterator<Thing> iterator() {
            return List.of(new Thing("a", List.of(), 1), new Thing("b", List.of(), 2)).iterator();
          }

          @Override
          public int size() {
            return 2;
          }
        };
    int[] calls = {0};
    Named flips = () -> calls[0]++ == 0 ? "right" : "wrong";
    return Stream.of(
        () -> answer(new Fixed(noGet, List.of(), null)).map(),
        () -> answer(new Fixed(once, List.of(), null)).map(),
        () -> answer(new Fixed(Map.of(), first, null)).things(),
        () -> answer(new Fixed(Map.of(), List.of(), flips)).named());
  }

  @ParameterizedTest
  @MethodSource("contradictions")
  void what_contradicts_itself_is_refused(Supplier<Object> returned) {
    assertThatThrownBy(returned::get)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("contradicts itself");
  }

  @Test
  void unusual_collections_that_are_consistent_are_copied() {
    Map<String, String> sorted = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    sorted.put("key", "value");
    List<Thing> things = new Vector<>(List.of(new Thing("a", List.of(), 1)));
    Contract answer = answer(new Fixed(sorted, Collections.unmodifiableList(things), () -> "name"));

    assertThat(answer.map()).isEqualTo(Map.of("key", "value"));
    assertThat(answer.things()).isEqualTo(things);
    assertThat(answer.named().name()).isEqualTo("name");
  }

  @Test
  void what_is_thrown_comes_through_itself_even_if_it_is_not_declared() {
    IOException undeclared = new IOException("odd");
    Contract throwing =
        new Sly() {
          @Override
          public Map<String, String> map() {
            throw ReturnedTest.<RuntimeException>hidden(undeclared);
          }

          @Override
          public List<Thing> things() {
            return new Equal<>(List.of()) {
              @Override
              public Iterator<Thing> iterator() {
                throw new IllegalStateException("lazy");
              }
            };
          }
        };

    assertThatThrownBy(() -> answer(throwing).map()).isSameAs(undeclared);
    assertThatThrownBy(() -> answer(throwing).things()).hasMessage("lazy");
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> E hidden(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
