package workbook.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static workbook.connect.OddStrings.one;
import static workbook.connect.OddStrings.some;
import static workbook.grading.Errors.assertThrown;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import workbook.connect.Connector.Settings;
import workbook.grading.Check;

/** Exercise 1.2: from strings to settings that can be trusted. */
interface SettingsChecks {
  int SECTIONS = 200;

  /** Keys that mean something elsewhere, and nothing here. */
  Map<String, String> OTHER_KEYS =
      Stream.of(
              "hostname hostaddr server servername address url pghost HOST Host",
              "portnumber pgport PORT Port database databasename db dbName DBNAME name schema",
              "service pgdatabase username user_name login role pguser USER User owner",
              "pass passwd pwd pgpassword passfile PASSWORD Password secret")
          .flatMap(keys -> Stream.of(keys.split(" ")))
          .collect(Collectors.toUnmodifiableMap(key -> key, key -> "9"));

  /** The answer to check, made anew. */
  Connector answer();

  @Check(exercise = "1.2", points = 2)
  default void settings_hold_what_the_section_says() {
    assertHolds(
        "host, port, dbname, user and password",
        sectionWith(Map.of("application", "shelves")),
        List.of("db.example.org", 5433, "library", "reader", "s3cret"));
    assertHolds(
        "settings of a section that has neither host nor port",
        Map.of("dbname", "library", "user", "reader", "password", "s3cret"),
        List.of("localhost", 5432, "library", "reader", "s3cret"));
    assertHolds(
        "settings of a section whose host and port are empty",
        sectionWith(Map.of("host", "", "port", "")),
        List.of("localhost", 5432, "library", "reader", "s3cret"));
    assertHolds(
        "settings of a section whose host and password are blanks: that is not empty",
        sectionWith(Map.of("host", " ", "user", " reader", "password", "  ")),
        List.of(" ", 5433, "library", " reader", "  "));
    for (String odd : OddStrings.WHOLE) {
      assertHolds(
          "all but the port are %s: each is taken as it is".formatted(odd),
          sectionWith(Map.of("host", odd, "dbname", odd, "user", odd, "password", odd)),
          List.of(odd, 5433, odd, odd, odd));
    }
    assertHolds(
        "settings of a section that also has the keys HOST, Port, username and db",
        sectionWith(Map.of("HOST", "x", "Port", "y", "username", "z", "db", "w")),
        List.of("db.example.org", 5433, "library", "reader", "s3cret"));
    Map<String, String> others = new TreeMap<>(OTHER_KEYS);
    others.putAll(Map.of("dbname", "library", "user", "reader", "password", "s3cret"));
    assertHolds(
        "settings of a section that has neither host nor port, but other keys in plenty",
        others,
        List.of("localhost", 5432, "library", "reader", "s3cret"));
    assertKeepsBoth();
    for (long seed = 1; seed <= SECTIONS; seed++) {
      assertHoldsGenerated(OddStrings.random(seed), seed);
    }
  }

  // One answer, as a program has, makes settings of two sections.
  private void assertKeepsBoth() {
    Connector answer = answer();
    Map<String, String> one = new TreeMap<>(Map.of("dbname", "a", "user", "b", "password", "c"));
    Settings first = answer.settings(sectionWith(Map.of()));
    Settings second = answer.settings(Collections.unmodifiableMap(one));

    assertThat(List.of(first.host(), first.port(), first.dbname(), first.user(), first.password()))
        .as("the settings of %s, after others were made of %s", sectionWith(Map.of()), one)
        .isEqualTo(List.of("db.example.org", 5433, "library", "reader", "s3cret"));
    assertThat(List.of(second.host(), second.port(), second.dbname(), second.user()))
        .as("settings of %s, after others were made of %s", one, sectionWith(Map.of()))
        .isEqualTo(List.of("localhost", 5432, "a", "b"));
  }

  private void assertHoldsGenerated(Random random, long seed) {
    Object host = random.nextInt(3) == 0 ? "localhost" : some(random);
    Object port = random.nextInt(3) == 0 ? 5432 : 1 + random.nextInt(65535);
    List<Object> values = List.of(host, port, some(random), some(random), some(random));
    Map<String, String> section = new HashMap<>();
    List<String> keys = List.of("host", "port", "dbname", "user", "password");
    for (int i = 0; i < keys.size(); i++) {
      section.put(keys.get(i), values.get(i).toString());
    }
    if (host.equals("localhost") && random.nextBoolean()) {
      section.remove("host");
    }
    if (port.equals(5432) && random.nextBoolean()) {
      section.put("port", "");
    }
    section.put(one(random, List.of("hostname", "PASSWORD", "sslmode", "", "Dbname")), "other");
    Map<String, String> before = Map.copyOf(section);
    Map<String, String> handed =
        random.nextBoolean() ? section : Collections.unmodifiableMap(section);

    String situation = "settings of the section %s (seed %s)";
    assertHolds(situation.formatted(new TreeMap<>(before), seed), handed, values);
    int changed = 2 + random.nextInt(3);
    Map<String, String> other = new HashMap<>(section);
    other.put(keys.get(changed), "other");
    List<Object> changedValues = new ArrayList<>(values);
    changedValues.set(changed, "other");
    assertHolds("the same but for one: " + new TreeMap<>(other), other, changedValues);
    assertThat(section).as("the section that was handed in, afterwards").isEqualTo(before);
  }

  private void assertHolds(String situation, Map<String, String> section, List<Object> values) {
    Settings it = settingsOf(situation, section, values.toString());
    assertThat(Arrays.asList(it.host(), it.port(), it.dbname(), it.user(), it.password()))
        .as(situation)
        .isEqualTo(values);
  }

  @Check(exercise = "1.2", points = 1)
  default void a_port_that_is_no_port_is_an_error() throws Exception {
    for (int port : List.of(1, 9, 10, 1023, 32768, 65535)) {
      String situation = "port=%s, which is in the range".formatted(port);
      Settings settings =
          settingsOf(situation, sectionWith(Map.of("port", "" + port)), "the port " + port);

      assertThat(settings.port()).as(situation).isEqualTo(port);
    }
    for (String port :
        List.of(
            "0", "65536", "-1", "abc", "5432x", "99999999999", "5432 x", " 5432", "5432 ", " ",
            "54 32", "0x1538", "#1538", "5432.0", "5432.5", "5e3", "5_432", "5,432", "-5432", "+",
            "70968", "4294972728", "18446744073709557048", "99999", "5432;", "port", "5432\n",
            "\t5432", "00000", "+0", "-0", "065536", "+65536", "++5432", "5432d", "5432L",
            "%s", "50%", "{0}", "$1", "\\1", "'5432'", "\"5432\"",
            "9".repeat(400))) {
      assertNoPort(port);
    }
    assertShowsNothingElse();
    Map<String, Integer> spellings = new LinkedHashMap<>();
    spellings.putAll(Map.of("+5432", 5432, "05432", 5432, "0005432", 5432, "010", 10));
    spellings.put("\u0665\u0664\u0663\u0662", 5432);
    for (Map.Entry<String, Integer> spelling : spellings.entrySet()) {
      assertPortOrError(spelling.getKey(), spelling.getValue());
    }
  }

  private void assertNoPort(String port) throws Exception {
    String situation =
        "port=\"%s\"%s"
            .formatted(
                port.replace("\n", "\\n").replace("\t", "\\t"),
                port.equals(port.strip()) ? "" : ", which is no number because of the white space");
    IllegalArgumentException error =
        SettingsFileChecks.in(
            Locale.ROOT,
            () ->
                assertThrown(
                    situation,
                    IllegalArgumentException.class,
                    () -> answer().settings(sectionWith(Map.of("port", port))),
                    "port",
                    port));
    assertKeepsSecret(error, situation);
  }

  // The password may be the host, the dbname, the user or another value, too.
  private void assertShowsNothingElse() {
    Map<String, String> same = new TreeMap<>();
    for (String key : List.of("host", "dbname", "user", "password")) {
      same.put(key, "s3cret");
    }
    for (String port : List.of("abc", "65536", "0", " ")) {
      same.put("port", port);
      String situation = "port=%s, and all else is the same as the password".formatted(port);
      IllegalArgumentException error =
          assertThrown(
              situation,
              IllegalArgumentException.class,
              () -> answer().settings(sectionWith(same)),
              "port",
              port);
      assertKeepsSecret(error, situation);
    }
  }

  private void assertPortOrError(String spelt, int port) throws Exception {
    int read;
    try {
      read = answer().settings(sectionWith(Map.of("port", spelt))).port();
    } catch (RuntimeException e) {
      assertNoPort(spelt);
      return;
    }
    assertThat(read).as("port=%s, if it is accepted", spelt).isEqualTo(port);
  }

  @Check(exercise = "1.2", points = 1)
  default void a_missing_value_is_an_error_that_does_not_tell_the_password() {
    Map<String, String> messages = new LinkedHashMap<>();
    for (String key : List.of("dbname", "user", "password")) {
      Map<String, String> empty = sectionWith(Map.of(key, ""));
      Map<String, String> missing = sectionWith(Map.of());
      missing.remove(key);

      Map<String, String> others = new TreeMap<>(OTHER_KEYS);
      others.putAll(missing);

      for (Map<String, String> section : List.of(missing, empty, others)) {
        String situation =
            section == empty
                ? key + " is empty"
                : key + " is missing" + (section == others ? ", but other keys are there" : "");
        IllegalArgumentException error =
            assertThrown(
                situation,
                IllegalArgumentException.class,
                () -> answer().settings(section),
                key);
        assertKeepsSecret(error, situation);
        messages.put(key, error.getMessage());
      }
    }
    assertTellsOneOfSeveral();
    assertKeepsThePortSecret();
    Set<String> different = new TreeSet<>(messages.values());
    assertThat(different)
        .withFailMessage(
            "Once the dbname is missing, once the user, once the password.%n"
                + "expected: three messages%n but was:%n%s",
            messages.entrySet().stream()
                .map(missing -> "without %s: «%s»".formatted(missing.getKey(), missing.getValue()))
                .collect(Collectors.joining("\n")))
        .hasSameSizeAs(messages.keySet());
  }

  // A right port may be the password, too.
  private void assertKeepsThePortSecret() {
    for (String key : List.of("dbname", "user")) {
      Map<String, String> same = new TreeMap<>();
      for (String each : List.of("host", "port", "dbname", "user", "password")) {
        same.put(each, each.equals(key) ? "" : "54329");
      }
      String situation = key + " is empty, and all else is the same, the password and the port too";
      IllegalArgumentException error =
          assertThrown(
              situation, IllegalArgumentException.class, () -> answer().settings(same), key);
      assertThat(messages(error).toString())
          .withFailMessage(
              "%s.%nexpected: a message without 54329, and causes without%n but was: %s",
              situation, messages(error))
          .doesNotContain("54329");
    }
  }

  // Each set of what may be wrong along with what is missing, and all else is the password.
  private void assertTellsOneOfSeveral() {
    assertThrown(
        "an empty section", IllegalArgumentException.class, () -> answer().settings(Map.of()));
    List<String> keys = List.of("dbname", "user", "password", "port");
    // 8 would be the port alone.
    for (int wrong : List.of(1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 15)) {
      Map<String, String> section = new TreeMap<>(Map.of("host", "s3cret", "port", "5433"));
      List<String> bad = new ArrayList<>();
      for (int i = 0; i < keys.size(); i++) {
        if ((wrong >> i & 1) == 0) {
          section.putIfAbsent(keys.get(i), "s3cret");
        } else {
          bad.add(keys.get(i));
        }
      }
      if (bad.contains("port")) {
        section.put("port", "65536");
      }
      String situation = "these are missing or, the port, wrong: " + bad;
      IllegalArgumentException error =
          assertThrown(
              situation, IllegalArgumentException.class, () -> answer().settings(section));
      String message = String.valueOf(error.getMessage());
      assertThat(bad)
          .withFailMessage(
              "%s.%nexpected: a message about any of them%n but was: %s", situation, message)
          .anyMatch(key -> message.contains(key.equals("port") ? "65536" : key));
      assertKeepsSecret(error, situation);
    }
  }

  private static void assertKeepsSecret(Throwable error, String situation) {
    StringWriter log = new StringWriter();
    error.printStackTrace(new PrintWriter(log));
    assertThat(log.toString())
        .withFailMessage(
            "%s, and the message tells the password. Who reads logs?%n"
                + "expected: no s3cret in it, nor in a cause's%n but was: %s",
            situation, messages(error))
        .doesNotContain("s3cret");
  }

  private static List<String> messages(Throwable error) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      messages.add(cause.getMessage());
    }
    return messages;
  }

  /** A section of five keys, with changes. */
  static Map<String, String> sectionWith(Map<String, String> changes) {
    Map<String, String> section = new LinkedHashMap<>();
    section.put("host", "db.example.org");
    section.put("port", "5433");
    section.put("dbname", "library");
    section.put("user", "reader");
    section.put("password", "s3cret");
    section.putAll(new TreeMap<>(changes));
    return section;
  }

  // Null is looked for here, since a failure's message would print the settings: exercise 1.6.
  private Settings settingsOf(String situation, Map<String, String> section, String expected) {
    Settings settings;
    try {
      settings = answer().settings(section);
    } catch (RuntimeException e) {
      throw new AssertionError(
          "[%s]%nexpected: %s, from the section %s%n but was: %s"
              .formatted(situation, expected, new TreeMap<>(section), e),
          e);
    }
    assertThat(settings == null)
        .withFailMessage(
            "[%s]%nexpected: %s, from the section %s%n but was: null",
            situation, expected, new TreeMap<>(section))
        .isFalse();
    return settings;
  }
}
