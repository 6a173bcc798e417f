package workbook.grading.proofs.mutants;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.pitest.classinfo.ClassName;
import org.pitest.classpath.CodeSource;
import org.pitest.coverage.CoverageDatabase;
import org.pitest.coverage.TestInfo;
import org.pitest.mutationtest.build.DefaultTestPrioritiser;
import org.pitest.mutationtest.build.TestPrioritiser;
import org.pitest.mutationtest.build.TestPrioritiserFactory;

/**
 * Finds the tests for a mutant in an annotation: no test runs code there, so all tests of the class
 * around it are meant.
 */
public final class AnnotationTests implements TestPrioritiserFactory {
  @Override
  public TestPrioritiser makeTestPrioritiser(
      Properties properties, CodeSource code, CoverageDatabase coverage) {
    TestPrioritiser byCoverage = new DefaultTestPrioritiser(coverage);
    return mutant -> {
      List<TestInfo> tests = byCoverage.assignTests(mutant);
      ClassName outermost =
          ClassName.fromString(mutant.getClassName().asJavaName().replaceFirst("\\$.*", ""));
      return tests.isEmpty() ? new ArrayList<>(coverage.getTestsForClass(outermost)) : tests;
    };
  }

  @Override
  public String description() {
    return "All tests of a class for mutants in its annotations";
  }
}
