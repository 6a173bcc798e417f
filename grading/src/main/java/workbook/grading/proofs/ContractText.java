package workbook.grading.proofs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import workbook.support.Exercise;

/** The Javadoc of a contract, comment by comment, as the JDK's own compiler reads it. */
final class ContractText {
  private final List<Passage> passages = new ArrayList<>();

  private ContractText() {}

  /** Reads the comments of a source file, in its order. */
  static List<Passage> read(Path source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ContractText text = new ContractText();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of("-proc:none"), null, files.getJavaFileObjects(source));
      DocTrees comments = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        text.new Comments(comments).scan(unit, null);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.passages;
  }

  private final class Comments extends TreePathScanner<Void, Void> {
    private final DocTrees comments;

    private Comments(DocTrees comments) {
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      add(type.getSimpleName().toString(), type.getModifiers());
      return super.visitClass(type, unused);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      add(method.getName().toString(), method.getModifiers());
      return super.visitMethod(method, unused);
    }

    @Override
    public Void visitVariable(VariableTree variable, Void unused) {
      add(variable.getName().toString(), variable.getModifiers());
      return super.visitVariable(variable, unused);
    }

    private void add(String name, ModifiersTree modifiers) {
      DocCommentTree comment = comments.getDocCommentTree(getCurrentPath());
      if (comment != null) {
        passages.add(
            new Passage(exercise(modifiers), name, new JavadocSentences(comments).of(comment)));
      }
    }
  }

  private static String exercise(ModifiersTree modifiers) {
    return modifiers.getAnnotations().stream()
        .filter(
            annotation ->
                annotation.getAnnotationType().toString().equals(Exercise.class.getSimpleName()))
        .map(ContractText::id)
        .findFirst()
        .orElse("");
  }

  private static String id(AnnotationTree annotation) {
    for (ExpressionTree argument : annotation.getArguments()) {
      if (argument instanceof AssignmentTree given && given.getVariable().toString().equals("id")) {
        return (String) ((LiteralTree) given.getExpression()).getValue();
      }
    }
    throw new IllegalArgumentException("An exercise without an id: " + annotation);
  }

  /**
   * A comment.
   *
   * @param exercise the exercise whose method it describes; empty if it is a type's or another
   *     member's, which all exercises may be about
   * @param name what it describes
   * @param sentences its text without tags; single spaces in place of all white space
   */
  record Passage(String exercise, String name, List<String> sentences) {
    /** Whether an exercise's answer has to heed it. */
    boolean concerns(String id) {
      return exercise.isEmpty() || id.isEmpty() || exercise.equals(id);
    }

    /** The numbers of the sentences that a quote is taken from; none if it is not in here. */
    List<Integer> overlappedBy(String quote) {
      int begin = String.join(" ", sentences).indexOf(quote);
      List<Integer> found = new ArrayList<>();
      int at = 0;
      for (int number = 0; number < sentences.size() && begin >= 0; number++) {
        int end = at + sentences.get(number).length();
        if (begin < end && at < begin + quote.length()) {
          found.add(number);
        }
        at = end + 1;
      }
      return found;
    }
  }
}
