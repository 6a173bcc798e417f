package workbook.grading.allowed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The list of what an answer may refer to: classes, and members of them.
 *
 * <p>It is short on purpose: what no exercise needs is not on it, and so nothing that reads or
 * changes the grader from inside. The file {@code allowed-api.txt} says how it is written.
 */
public final class AllowedApi {
  private static final String FILE = "allowed-api.txt";

  private final Set<String> packages = new HashSet<>();
  private final Set<String> classes = new HashSet<>();
  private final Set<String> forbiddenClasses = new HashSet<>();
  private final Map<String, Set<String>> forbiddenMembers = new HashMap<>();
  private final Map<String, Set<String>> onlyMembers = new HashMap<>();
  private final Set<String> more;

  private AllowedApi(Collection<String> more) {
    this.more = Set.copyOf(more);
  }

  /**
   * Reads the list that comes with the grader.
   *
   * @param more classes, packages and members that are allowed besides, whatever the list says;
   *     {@code *} allows everything
   */
  public static AllowedApi read(Collection<String> more) {
    AllowedApi api = new AllowedApi(more);
    try (InputStream bytes = AllowedApi.class.getResourceAsStream(FILE);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          api.add(line.strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + FILE, e);
    }
    return api;
  }

  private void add(String line) {
    if (line.startsWith("+ ")) {
      putMembers(onlyMembers, line.substring(2));
    } else if (line.startsWith("- ") && line.contains(":")) {
      putMembers(forbiddenMembers, line.substring(2));
    } else if (line.startsWith("- ")) {
      forbiddenClasses.add(line.substring(2));
    } else if (line.endsWith(".*")) {
      packages.add(line.substring(0, line.length() - 2));
    } else {
      classes.add(line);
    }
  }

  private static void putMembers(Map<String, Set<String>> members, String line) {
    String[] parts = line.split(": *", 2);
    members.put(parts[0], Set.copyOf(List.of(parts[1].strip().split(" +"))));
  }

  /**
   * Whether an answer may refer to a class.
   *
   * @param name with dots, and {@code $} before the name of a nested class
   */
  boolean allows(String name) {
    if (more.contains("*")) {
      return true;
    }
    for (String part : outers(name)) {
      if (more.contains(part)) {
        return true;
      }
    }
    for (String part : outers(name)) {
      if (forbiddenClasses.contains(part)) {
        return false;
      }
    }
    String outer = outer(name);
    return classes.contains(outer) || packages.contains(packageOf(outer));
  }

  /** Whether an answer may call a method, or read a field, of a class that it may refer to. */
  boolean allows(String owner, String member, String descriptor) {
    if (more.contains("*")
        || more.contains(owner + "." + member)
        || outers(owner).stream().anyMatch(more::contains)) {
      return true;
    }
    Set<String> only = onlyMembers.get(owner);
    Set<String> forbidden = forbiddenMembers.getOrDefault(owner, Set.of());
    return (only == null || only.contains(member))
        && !forbidden.contains(member)
        && !forbidden.contains(member + descriptor);
  }

  // The class, those that it is nested in, and the package.
  private static List<String> outers(String name) {
    List<String> outers = new ArrayList<>();
    for (int end = name.length(); end > 0; end = name.lastIndexOf('$', end - 1)) {
      outers.add(name.substring(0, end));
    }
    outers.add(packageOf(outer(name)));
    return outers;
  }

  private static String outer(String name) {
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  private static String packageOf(String outer) {
    return outer.substring(0, Math.max(0, outer.lastIndexOf('.')));
  }
}
