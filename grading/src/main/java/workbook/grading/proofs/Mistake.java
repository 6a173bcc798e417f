package workbook.grading.proofs;

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

  /**
   * The sentence of the contract that it violates, or the part of a sentence: the words of the
   * Javadoc, with any white space and without its tags ({@code {@code x}} is {@code x}).
   */
  String violates() default "";

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

  /**
   * Whether it only gets a detail wrong. Any other mistake misses what the exercise is about, and
   * earns at most half of its points.
   */
  boolean detail() default false;
}
