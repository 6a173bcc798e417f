package workbook.grading.proofs;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On a {@code MistakesTest}: a sentence of the contract that no mistake violates, and why. */
@Documented
@Repeatable(Unviolated.List.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Unviolated {
  /**
   * The id of the exercise whose Javadoc has the sentence, such as {@code "1.1"}; empty if several
   * have it.
   */
  String exercise() default "";

  /** The sentence, or the part of it, in the words of the Javadoc. */
  String sentence();

  /** Why no answer can be caught violating it, such as "an example". */
  String because();

  /** All of a lesson's. */
  @Documented
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.TYPE)
  @interface List {
    /** One for each sentence. */
    Unviolated[] value();
  }
}
