package workbook.grading;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A wrong answer that a check must reject: it extends the reference and gets one method wrong.
 *
 * <p>The texts are Markdown, for the catalogue of mistakes.
 *
 * @see Proofs
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Mistake {
  /** The id of the exercise that it gets wrong, such as {@code "1.1"}. */
  String exercise();

  /** The wrong idea, as a title. */
  String idea();

  /** What goes wrong with it, and why. */
  String because();

  /** The right idea. */
  String instead();

  /** The check that rejects it: its method's name. */
  String rejectedBy();

  /** Words that the check's message must have in it. */
  String says();

  /** The points that it earns for what is right about it; negative if nobody has to know. */
  int earns() default -1;
}
