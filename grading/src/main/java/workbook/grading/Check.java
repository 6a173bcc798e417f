package workbook.grading;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A graded test: it belongs to an exercise and is worth points. */
@Documented
@Test
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Check {
  /** The id of the exercise, such as {@code "1.1"}. */
  String exercise();

  /** What passing it earns, in whole points. */
  int points();

  /** The time it may take, in seconds; 0 stands for {@link GradingExtension#DEADLINE}. */
  int deadline() default 0;
}
