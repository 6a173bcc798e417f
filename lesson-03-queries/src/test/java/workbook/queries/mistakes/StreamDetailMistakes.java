package workbook.queries.mistakes;

import static workbook.queries.mistakes.StreamMistakes.TITLES;
import static workbook.queries.mistakes.StreamMistakes.streamed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import workbook.grading.proofs.Mistake;
import workbook.queries.reference.ReferenceCatalogue;

/** Exercise 3.8: which titles, in which order, and what the action throws. */
final class StreamDetailMistakes {
  private StreamDetailMistakes() {}

  @Mistake(
      exercise = "3.8",
      violates = "once for each book, equal titles or not",
      idea = "Each title once: `DISTINCT`",
      because = "Two copies of a book are two books, and the action is called for both.",
      instead = "No `DISTINCT`, no `GROUP BY`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "The titles handed to the action",
      earns = 4,
      detail = true)
  static class Distinct extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      streamed(jdbi, "SELECT title FROM books GROUP BY title ORDER BY min(id)", action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "by id",
      idea = "Titles come in the order of titles",
      because = "Asked for was the order of the ids.",
      instead = "`ORDER BY id`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "by the id of their books",
      earns = 1)
  static class ByTitle extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      streamed(jdbi, "SELECT title FROM books ORDER BY title, id", action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "by id",
      idea = "Rows come in the order in which they were added",
      because = "They come as the server finds them: what was updated has moved.",
      instead = "`ORDER BY id`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "by the id of their books",
      earns = 1)
  static class AsTheyLie extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      streamed(jdbi, "SELECT title FROM books", action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "Hands the title of each book to an action",
      idea = "Return the stream from `withHandle`, and use it outside",
      because = "The handle is closed by then, and the result with it: 55000.",
      instead = "Use the stream inside: `useStream`.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "SQLSTATE 55000",
      earns = 0)
  static class StreamEscapes extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      Stream<String> titles =
          jdbi.withHandle(
              handle -> handle.createQuery(TITLES).setFetchSize(500).mapTo(String.class).stream());
      titles.forEach(action);
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "in the thread of the caller",
      idea = "The action can run in a thread of its own",
      because = """
          The caller's locals, its locks and its handles belong to its thread. And it waits
          all the same.""",
      instead = "Call it where you are.",
      rejectedBy = "every_title_comes_once_and_in_order",
      says = "Calls of the action in another thread than",
      earns = 4,
      detail = true)
  static class InAnotherThread extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      try {
        CompletableFuture.runAsync(() -> super.forEachTitle(jdbi, action)).join();
      } catch (CompletionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (RuntimeException) e.getCause();
      }
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "reaches the caller as it is",
      idea = "What the action throws is about one title: go on with the next",
      because = """
          It is the action's way to say "stop". Whoever swallows it hides a full disk, or a
          bug.""",
      instead = "Let it through; the handle is closed all the same.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "What forEachTitle threw when the action threw",
      earns = 4,
      detail = true)
  static class SwallowsTheAction extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (RuntimeException e) {
              // the next one may be fine
            }
          });
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "the action is not called again",
      idea = "Remember what was thrown, and throw it at the end",
      because = """
          The action has said that it can go no further, and gets thousands of titles more.""",
      instead = "Let it through at once.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "Calls of the action, which threw",
      earns = 4,
      detail = true)
  static class ThrowsAtTheEnd extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      Throwable[] first = {null};
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (RuntimeException | Error e) {
              first[0] = first[0] == null ? e : first[0];
            }
          });
      if (first[0] instanceof Error error) {
        throw error;
      } else if (first[0] != null) {
        throw (RuntimeException) first[0];
      }
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "reaches the caller as it is",
      idea = "Wrap what is thrown, and say where it was",
      because = """
          The caller waits for the exception that their own action throws, and gets another
          one.""",
      instead = "Let it through.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "expected: the same java.lang.IllegalStateException: enough",
      earns = 4,
      detail = true)
  static class WrapsTheAction extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (RuntimeException e) {
              throw new IllegalStateException("At the title " + title, e);
            }
          });
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "What it throws, be it an Error or an exception of Jdbi, reaches the caller",
      idea = "Make an exception of an `Error`",
      because = """
          An `Error` says that the program is broken. Its caller may rely on telling one from
          an exception.""",
      instead = "Let it through.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "expected: the same java.lang.Error: enough",
      earns = 4,
      detail = true)
  static class CatchesErrors extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      super.forEachTitle(
          jdbi,
          title -> {
            try {
              action.accept(title);
            } catch (Error e) {
              throw new IllegalStateException("The action failed.", e);
            }
          });
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "Close what you open, on every path",
      idea = "Close the handle when the titles are done",
      because = """
          They are not when the action throws: the exception passes by `close()`, and a
          transaction stays open.""",
      instead = "`useTransaction`, or try-with-resources.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "What forEachTitle, whose action threw, left open",
      earns = 4,
      detail = true)
  static class KeepsTheHandle extends ReferenceCatalogue {
    private static final List<Handle> KEPT = new ArrayList<>();

    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      Handle handle = jdbi.open();
      KEPT.add(handle);
      handle.begin();
      handle.createQuery(TITLES).setFetchSize(500).mapTo(String.class).stream().forEach(action);
      handle.commit();
      handle.close();
    }
  }

  @Mistake(
      exercise = "3.8",
      violates = "Errors of the server reach the caller",
      idea = "Without a table there are no titles",
      because = "The caller thinks that the library is empty.",
      instead = "Let the exception through.",
      rejectedBy = "what_the_action_throws_reaches_the_caller",
      says = "What forEachTitle threw when the action threw",
      earns = 4,
      detail = true)
  static class NoTitlesOnFailure extends ReferenceCatalogue {
    @Override
    public void forEachTitle(Jdbi jdbi, Consumer<String> action) {
      try {
        super.forEachTitle(jdbi, action);
      } catch (JdbiException e) {
        // nothing to hand over
      }
    }
  }
}
