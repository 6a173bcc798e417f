package workbook.connect;

import static java.util.Collections.unmodifiableMap;
import static java.util.Locale.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static workbook.connect.OddStrings.any;
import static workbook.connect.OddStrings.one;
import static workbook.connect.OddStrings.some;
import static workbook.connect.SettingsChecks.sectionWith;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import workbook.grading.Check;

/** Exercise 1.3: environment variables win. */
interface OverrideChecks {
  int ENVIRONMENTS = 200;

  /** Keys in lower case that no variable stands for. */
  List<String> OTHER_KEYS =
      List.of(
          ("sslmode pghost pgport pgdatabase pguser pgpassword database db dbnames name hostname "
                  + "hostaddr server address url username login role pass passwd passfile service")
              .split(" "));

  /** Each key and its variable. */
  Map<String, String> VARIABLES =
      new TreeMap<>(
          Map.of(
              "host", "PGHOST",
              "port", "PGPORT",
              "dbname", "PGDATABASE",
              "user", "PGUSER",
              "password", "PGPASSWORD"));

  /** Variables that mean something elsewhere, and nothing here. */
  List<String> OTHER_VARIABLES =
      List.of(
          ("PGSSLMODE pghost PGDBNAME PGHOSTADDR PgUser PGPASSFILE PGSERVICE PGUSERNAME PGPASS "
                  + "PGPWD PGDB HOST PORT DATABASE DBNAME USER USERNAME LOGNAME PASSWORD host port "
                  + "dbname user password DATABASE_URL PG_HOST PG_PORT PG_USER PG_PASSWORD "
                  + "POSTGRES_USER POSTGRES_PASSWORD POSTGRES_DB DB_HOST DB_USER")
              .split(" "));

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.3", points = 1)
  default void variables_win_over_the_section_and_fill_its_gaps() {
    Map<String, String> section =
        new HashMap<>(Map.of("host", "db.example.org", "port", "5433", "user", "old"));
    Map<String, String> environment =
        Map.of(
            "PGHOST", "10.0.0.7",
            "PGPORT", "6000",
            "PGDATABASE", "library",
            "PGUSER", "reader",
            "PGPASSWORD", " s3cret ");

    Map<String, String> result = overridden(section, environment, true);

    assertThat(copied(result))
        .as("all five variables are set: each value as it is, under the section's own key")
        .isEqualTo(
            Map.of(
                "host", "10.0.0.7",
                "port", "6000",
                "dbname", "library",
                "user", "reader",
                "password", " s3cret "));
    assertThat(copied(overridden(section, Map.of("PGHOST", "", "PGPORT", "6000"), true)))
        .as("PGHOST is set and empty, PGPORT is 6000, and the section is %s",
            new TreeMap<>(section))
        .isEqualTo(Map.of("host", "db.example.org", "port", "6000", "user", "old"));
    for (String odd : OddStrings.WHOLE) {
      Map<String, String> all = new HashMap<>();
      VARIABLES.values().forEach(variable -> all.put(variable, odd));
      assertThat(copied(overridden(section, all, true)))
          .as("all five variables are %s", odd)
          .isEqualTo(
              Map.of("host", odd, "port", odd, "dbname", odd, "user", odd, "password", odd));
    }
    for (long seed = 1; seed <= ENVIRONMENTS; seed++) {
      assertOverrides(OddStrings.random(seed), seed);
    }
    assertKeepsBoth();
  }

  // One answer, as a program has, is asked twice.
  private void assertKeepsBoth() {
    Connector answer = answer();
    Map<String, String> first = answer.override(Map.of("host", "a"), Map.of("PGUSER", "b"));
    Map<String, String> second = answer.override(Map.of("port", "1"), Map.of("PGDATABASE", "c"));

    assertThat(Arrays.asList(copied(first), copied(second)))
        .as("section {host=a} under {PGUSER=b}, and then, by the same answer, {port=1} under"
            + " {PGDATABASE=c}")
        .isEqualTo(
            List.of(Map.of("host", "a", "user", "b"), Map.of("port", "1", "dbname", "c")));
  }

  // What is expected is made along with both maps, each variable with a fate of its own.
  private void assertOverrides(Random random, long seed) {
    Map<String, String> section = new HashMap<>();
    Map<String, String> environment = new LinkedHashMap<>();
    Map<String, String> expected = new HashMap<>();
    VARIABLES.forEach(
        (key, variable) -> {
          if (random.nextBoolean()) {
            section.put(key, any(random, 3));
          }
          if (random.nextInt(3) > 0) {
            environment.put(variable, one(random, List.of("", " ", "\t", "a\n", some(random))));
          }
          String given = environment.getOrDefault(variable, "");
          if (!given.isEmpty() || section.containsKey(key)) {
            expected.put(key, given.isEmpty() ? section.get(key) : given);
          }
        });
    for (String key : OTHER_KEYS) {
      if (random.nextInt(3) == 0) {
        section.put(key, any(random, 2));
        expected.put(key, section.get(key));
      }
    }
    for (String other : List.of("PGSSLMODE", "pghost", "PGDBNAME", "PGHOSTADDR", "PgUser", "")) {
      if (random.nextInt(3) == 0) {
        environment.put(other, "other");
      }
    }

    Map<String, String> result = copied(overridden(section, environment, random.nextBoolean()));
    VARIABLES.forEach(
        (key, variable) ->
            assertThat(shown(key, result))
                .withFailMessage(
                    "The key %s is %s in the section; %s is %s in the environment.%n"
                        + "expected: %s%n but was: %s%nAll of it: %s under %s (seed %s)",
                    key, shown(key, section), variable, shown(variable, environment),
                    shown(key, expected), shown(key, result),
                    OddStrings.shown(section), OddStrings.shown(environment), seed)
                .isEqualTo(shown(key, expected)));
    assertThat(result)
        .as(
            "the section %s under the environment %s (seed %s)",
            OddStrings.shown(section), OddStrings.shown(environment), seed)
        .isEqualTo(expected);
  }

  private static String shown(String key, Map<String, String> map) {
    String value = map == null ? null : map.get(key);
    return value == null ? "not there" : '"' + OddStrings.shown(value) + '"';
  }

  @Check(exercise = "1.3", points = 1)
  default void what_is_unset_or_empty_changes_nothing() {
    Map<String, String> section = sectionWith(Map.of("application", "shelves"));
    Map<String, String> before = Map.copyOf(section);
    Map<String, String> environment =
        Map.of("PGUSER", "", "PGPASSWORD", "", "PATH", "/bin", "host", "wrong", "USER", "wrong");
    Map<String, String> others =
        Map.of("PGSSLMODE", "require", "PGPASSFILE", "a", "PGHOSTADDR", "b", "PGDBNAME", "wrong");
    Map<String, String> small =
        Map.of("pghost", "wrong", "PgPort", "1", "pgdatabase", "wrong", "PGUSER ", "wrong");

    for (Map<String, String> silent : List.of(environment, others, small)) {
      assertThat(copied(overridden(section, silent, true)))
          .as("none of the five variables says anything in %s", new TreeMap<>(silent))
          .isEqualTo(before);
    }
    Map<String, String> elsewhere = new HashMap<>();
    OTHER_VARIABLES.forEach(other -> elsewhere.put(other, "wrong"));
    for (Map<String, String> some : List.of(before, Map.<String, String>of())) {
      assertThat(copied(overridden(some, elsewhere, true)))
          .as("the section %s, and none of the five variables is in %s", some, elsewhere.keySet())
          .isEqualTo(some);
    }
    overridden(section, Map.of("PGHOST", "10.0.0.7", "PGDATABASE", "x"), false);
    assertAsksNoProperties(section);
  }

  // The variables of this process cannot be set here (a worker's has all five, and they are wrong);
  // its properties can.
  private void assertAsksNoProperties(Map<String, String> section) {
    List<String> names =
        VARIABLES.entrySet().stream()
            .flatMap(it -> Stream.of(it.getValue(), it.getValue().toLowerCase(ROOT)))
            .filter(name -> System.getProperty(name) == null)
            .toList();
    try {
      names.forEach(name -> System.setProperty(name, "property"));
      assertThat(copied(overridden(section, Map.of("PGUSER", ""), true)))
          .as("the environment has PGUSER only, empty; system properties have %s", names)
          .isEqualTo(Map.copyOf(section));
      assertThat(copied(overridden(Map.of(), Map.of(), true)))
          .as("section and environment are empty; system properties have %s", names)
          .isEqualTo(Map.of());
    } finally {
      names.forEach(System::clearProperty);
    }
  }

  private Map<String, String> overridden(
      Map<String, String> section, Map<String, String> environment, boolean locked) {
    Map<String, String> before = Map.copyOf(section);
    Map<String, String> variables = new LinkedHashMap<>(environment);
    Map<String, String> result;
    try {
      result =
          locked
              ? answer().override(unmodifiableMap(section), unmodifiableMap(variables))
              : answer().override(section, variables);
    } catch (RuntimeException e) {
      throw new AssertionError(
          "The section %s under the environment %s; %s.%nexpected: a map%n but was: %s"
              .formatted(
                  new TreeMap<>(before),
                  new TreeMap<>(environment),
                  locked ? "neither map can be changed" : "both maps are the caller's",
                  e),
          e);
    }
    assertThat(section).as("the map that was handed in, afterwards").isEqualTo(before);
    assertThat(variables)
        .as("the environment that was handed in, afterwards")
        .isEqualTo(environment);
    return result;
  }

  private static Map<String, String> copied(Map<String, String> map) {
    return map == null ? null : new HashMap<>(map);
  }
}
