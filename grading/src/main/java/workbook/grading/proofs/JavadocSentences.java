package workbook.grading.proofs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.util.DocTrees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Parts a Javadoc comment into sentences: of its body, of its list items, of its block tags. */
final class JavadocSentences {
  /** What a paragraph begins with that permits unusual answers, and demands nothing. */
  static final String PERMISSION = "Also right: ";

  private static final Set<String> BLOCKS = Set.of("p", "ul", "ol", "li", "pre", "table", "tr");
  // Neither inside code nor at its end, a full stop ends a sentence.
  private static final char UNBREAKABLE = '\u00a0';
  private static final char JOINER = '\u2060';

  private final DocTrees trees;
  private final List<String> sentences = new ArrayList<>();
  private final StringBuilder block = new StringBuilder();
  private boolean preformatted;

  JavadocSentences(DocTrees trees) {
    this.trees = trees;
  }

  /** The sentences, without tags, with single spaces in place of all white space. */
  List<String> of(DocCommentTree comment) {
    addBlock(comment.getFullBody());
    for (DocTree tag : comment.getBlockTags()) {
      if (tag instanceof ParamTree param) {
        block.append(param.getName()).append(' ');
        addBlock(param.getDescription());
      } else if (tag instanceof ReturnTree returned) {
        addBlock(returned.getDescription());
      } else if (tag instanceof ThrowsTree thrown) {
        block.append(thrown.getExceptionName()).append(' ');
        addBlock(thrown.getDescription());
      }
    }
    return sentences;
  }

  /** A text as {@link #of} gives it; names are as pages show them, without package and hash. */
  static String normalised(String text) {
    return text.replace(String.valueOf(JOINER), "")
        .replace(UNBREAKABLE, ' ')
        .replaceAll("\\s+", " ")
        .replaceAll("\\b([a-z][a-z0-9]*\\.)+(?=[A-Z])", "")
        .replaceAll("(?<=\\w)#(?=\\w)", ".")
        .replaceAll("(?<!\\w)#(?=[a-z])", "")
        .strip();
  }

  private void addBlock(List<? extends DocTree> content) {
    content.forEach(this::append);
    endBlock();
  }

  private void append(DocTree tree) {
    if (tree instanceof TextTree text) {
      appendText(text.getBody());
    } else if (tree instanceof LiteralTree literal) {
      appendCode(literal.getBody().getBody());
    } else if (tree instanceof LinkTree link) {
      if (link.getLabel().isEmpty()) {
        appendCode(link.getReference().getSignature());
      } else {
        link.getLabel().forEach(this::append);
      }
    } else if (tree instanceof EntityTree entity) {
      block.append(trees.getCharacters(entity));
    } else if (tree instanceof StartElementTree element) {
      startOrEnd(element.getName().toString(), true);
    } else if (tree instanceof EndElementTree element) {
      startOrEnd(element.getName().toString(), false);
    }
  }

  private void startOrEnd(String element, boolean start) {
    if (BLOCKS.contains(element)) {
      endBlock();
      preformatted = start && element.equals("pre");
    }
  }

  private void appendText(String text) {
    if (preformatted) {
      appendCode(text);
    } else {
      block.append(text);
    }
  }

  private void appendCode(String code) {
    block.append(code.replaceAll("\\s", String.valueOf(UNBREAKABLE))).append(JOINER);
  }

  private void endBlock() {
    String text = block.toString().strip();
    String prefix = text.startsWith(PERMISSION) ? PERMISSION : "";
    Arrays.stream(text.substring(prefix.length()).split("(?<=[.!?])\\s+|(?<=[.!?]\\))\\s+"))
        .map(JavadocSentences::normalised)
        .filter(sentence -> !sentence.isEmpty())
        .forEach(sentence -> sentences.add(prefix + sentence));
    block.setLength(0);
  }
}
