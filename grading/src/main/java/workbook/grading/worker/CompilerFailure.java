package workbook.grading.worker;

import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * The compiler itself failed on an answer, which has overflowed its stack or its memory.
 *
 * @param getSource the answer
 * @param reason what the compiler threw; empty if it has only said that it failed
 */
record CompilerFailure(JavaFileObject getSource, String reason)
    implements Diagnostic<JavaFileObject> {

  @Override
  public Kind getKind() {
    return Kind.ERROR;
  }

  @Override
  public long getPosition() {
    return NOPOS;
  }

  @Override
  public long getStartPosition() {
    return NOPOS;
  }

  @Override
  public long getEndPosition() {
    return NOPOS;
  }

  @Override
  public long getLineNumber() {
    return NOPOS;
  }

  @Override
  public long getColumnNumber() {
    return NOPOS;
  }

  @Override
  public String getCode() {
    return "compiler.failure";
  }

  @Override
  public String getMessage(Locale locale) {
    return "The compiler gave up on this file, which is too much for it. " + reason;
  }
}
