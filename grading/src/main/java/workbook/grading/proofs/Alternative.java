package workbook.grading.proofs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Another right answer, which must earn everything: it extends the reference and does one exercise
 * in a way of its own.
 *
 * @see Proofs
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Alternative {
  /** The id of the exercise that it does differently. */
  String exercise();

  /** What it does instead, in Markdown. */
  String idea();
}
