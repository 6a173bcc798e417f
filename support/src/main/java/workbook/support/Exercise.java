package workbook.support;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the method of a lesson's contract that an exercise asks for. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Exercise {
  /** The stable id, such as {@code "1.1"}: lesson, dot, number. */
  String id();

  /** What is to be done, in a few words. */
  String title();
}
