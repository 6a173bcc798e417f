package workbook.engine.course;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A method, field or type of a file's outermost class.
 *
 * @param name its name; a method's ends in a parenthesis, for a variable may have the same name
 * @param from where it begins, annotations included, from 0
 * @param to where it ends, from 0, exclusive
 * @param uses the names in it that may be those of other members
 */
record Member(String name, int from, int to, Set<String> uses) {

  static List<Member> of(CompilationUnitTree unit, SourcePositions positions) {
    return unit.getTypeDecls().stream()
        .filter(ClassTree.class::isInstance)
        .flatMap(type -> ((ClassTree) type).getMembers().stream())
        .filter(member -> positions.getStartPosition(unit, member) >= 0)
        .map(member -> of(member, unit, positions))
        .toList();
  }

  private static Member of(Tree member, CompilationUnitTree unit, SourcePositions positions) {
    Set<String> uses = new HashSet<>();
    new Uses().scan(member, uses);
    return new Member(
        name(member),
        (int) positions.getStartPosition(unit, member),
        (int) positions.getEndPosition(unit, member),
        uses);
  }

  private static String name(Tree member) {
    if (member instanceof MethodTree method) {
      return method.getName() + "(";
    }
    if (member instanceof VariableTree field) {
      return field.getName().toString();
    }
    return member instanceof ClassTree type ? type.getSimpleName().toString() : "";
  }

  private static final class Uses extends TreeScanner<Void, Set<String>> {
    @Override
    public Void visitIdentifier(IdentifierTree identifier, Set<String> uses) {
      uses.add(identifier.getName().toString());
      return null;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Set<String> uses) {
      if (call.getMethodSelect() instanceof IdentifierTree method) {
        uses.add(method.getName() + "(");
      }
      return super.visitMethodInvocation(call, uses);
    }

    @Override
    public Void visitMemberReference(MemberReferenceTree reference, Set<String> uses) {
      uses.add(reference.getName() + "(");
      return super.visitMemberReference(reference, uses);
    }

    // What a type declares itself hides what is around it.
    @Override
    public Void visitClass(ClassTree type, Set<String> uses) {
      Set<String> inside = new HashSet<>();
      super.visitClass(type, inside);
      type.getMembers().forEach(member -> inside.remove(name(member)));
      uses.addAll(inside);
      return null;
    }
  }
}
