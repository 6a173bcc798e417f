package workbook.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.engine.ProjectRoot;

/**
 * A Markdown file of the workbook.
 *
 * @param file where it is
 * @param lines its lines
 */
record Page(Path file, List<String> lines) {
  static final Path ROOT = ProjectRoot.find();

  private static final Set<String> SKIPPED = Set.of("target", ".git", ".workbook", "node_modules");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)]\\(([^)\\s]+)\\)");

  /** All pages, by name. */
  static List<Page> all() {
    List<Page> pages = new ArrayList<>();
    try {
      Files.walkFileTree(
          ROOT,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes is) {
              return SKIPPED.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes is) throws IOException {
              if (file.toString().endsWith(".md")) {
                pages.add(new Page(file, Files.readAllLines(file)));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pages.sort((one, other) -> one.file.compareTo(other.file));
    return pages;
  }

  /** The text of any file. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A text whose indentation and line ends do not matter. */
  static String flat(String text) {
    return text.strip().lines().map(String::strip).collect(Collectors.joining("\n"));
  }

  /** Where a line is, in words. */
  String at(int line) {
    return ROOT.relativize(file) + ":" + line;
  }

  /** The blocks between fences, diagrams excepted. */
  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String fence = lines.get(i).strip();
      if (fence.startsWith("```")) {
        int start = i;
        List<String> code = new ArrayList<>();
        for (i++; !lines.get(i).strip().equals("```"); i++) {
          code.add(lines.get(i));
        }
        String above = start == 0 ? "" : lines.get(start - 1).strip();
        blocks.add(new Block(this, start + 1, fence.substring(3), above, String.join("\n", code)));
      }
    }
    blocks.removeIf(block -> block.language().equals("mermaid"));
    return blocks;
  }

  /** The links outside of blocks. */
  List<Link> links() {
    List<Link> links = new ArrayList<>();
    boolean fenced = false;
    for (int i = 0; i < lines.size(); i++) {
      fenced ^= lines.get(i).strip().startsWith("```");
      Matcher link = LINK.matcher(lines.get(i));
      while (!fenced && link.find()) {
        links.add(new Link(this, i + 1, link.group(1), link.group(2)));
      }
    }
    return links;
  }

  /** The names by which its headings can be linked to. */
  Set<String> anchors() {
    return lines.stream()
        .filter(line -> line.matches("#+ .*"))
        .map(line -> line.replaceFirst("#+ ", "").strip().toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  /**
   * A block of code or output.
   *
   * @param page where it is
   * @param line the line of its opening fence, from 1
   * @param language the word behind the fence
   * @param above the line above it
   * @param code what it shows
   */
  record Block(Page page, int line, String language, String above, String code) {
    /** What the comment above it says of it after such a word, or null. */
    String told(String word) {
      Matcher comment = Pattern.compile("<!-- " + word + ": (.+) -->").matcher(above);
      return comment.matches() ? comment.group(1) : null;
    }

    @Override
    public String toString() {
      return page.at(line) + ", ```" + language + ":\n" + code.indent(2);
    }
  }

  /**
   * A link.
   *
   * @param page where it is
   * @param line its line, from 1
   * @param text what it shows
   * @param target where it leads
   */
  record Link(Page page, int line, String text, String target) {
    @Override
    public String toString() {
      return page.at(line) + ": [" + text + "](" + target + ")";
    }
  }
}
