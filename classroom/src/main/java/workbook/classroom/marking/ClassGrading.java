package workbook.classroom.marking;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import workbook.classroom.report.ClassResult.CheckOutcome;
import workbook.classroom.report.ClassResult.LessonResult;
import workbook.classroom.report.ClassResult.StudentResult;
import workbook.classroom.sandbox.CheckBundle;
import workbook.classroom.sandbox.DatabaseServer;
import workbook.classroom.sandbox.Sandbox;
import workbook.classroom.submissions.Note;
import workbook.classroom.submissions.Stubs;
import workbook.classroom.submissions.Submission;
import workbook.classroom.submissions.Submission.AnswerText;
import workbook.engine.ErrorLog;
import workbook.engine.course.Lesson;
import workbook.engine.protocol.Status;
import workbook.support.EnvironmentException;
import workbook.support.NotAttempted;

/** Grades hand-ins, several at a time; none of them can stop the others. */
final class ClassGrading {
  private static final int ATTEMPTS_ALONE = 2;
  private static final String BREAKS_SERVER =
      "With this answer the database server broke down each time, with no other hand-in on it: ";

  private final List<Lesson> lessons;
  private final Sandbox sandbox;
  private final CheckBundle bundle;
  private final SubmissionGrader grader;
  private final DatabaseServer server;
  private final Journal journal;
  private final Path scratch;
  private final List<String> options;
  // Reading is grading beside others; writing, alone.
  private final ReadWriteLock turns = new ReentrantReadWriteLock(true);

  /**
   * @param scratch a folder of this run's own
   * @param options further ones for Java, in the processes that run hand-ins
   */
  ClassGrading(
      List<Lesson> lessons,
      Sandbox sandbox,
      CheckBundle bundle,
      SubmissionGrader grader,
      DatabaseServer server,
      Journal journal,
      Path scratch,
      List<String> options) {
    this.lessons = lessons;
    this.sandbox = sandbox;
    this.bundle = bundle;
    this.grader = grader;
    this.server = server;
    this.journal = journal;
    this.scratch = scratch;
    this.options = options;
  }

  /**
   * Grades all that the journal does not have yet.
   *
   * @param jobs how many at a time
   * @return in the order of the hand-ins
   * @throws EnvironmentException if the machine is broken; what is graded stays in the journal
   */
  List<StudentResult> run(List<Submission> submissions, int jobs, ProgressBar progress) {
    ExecutorService workers = Executors.newFixedThreadPool(jobs);
    try {
      List<Future<StudentResult>> futures = new ArrayList<>();
      for (Submission submission : submissions) {
        futures.add(
            workers.submit(
                () -> {
                  StudentResult result = grade(submission);
                  progress.done(result, lessons);
                  return result;
                }));
      }
      List<StudentResult> results = new ArrayList<>();
      for (Future<StudentResult> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EnvironmentException broken) {
        throw broken;
      }
      throw new EnvironmentException(
          "Grading broke down: %s. What is graded is kept; run the same command again."
              .formatted(ErrorLog.keep(e.getCause())),
          e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("Interrupted while grading.", e);
    } finally {
      workers.shutdownNow();
    }
  }

  // What one hand-in does to the server, it does to those beside it, too: they are graded again.
  private StudentResult grade(Submission submission) throws IOException, InterruptedException {
    Lock beside = turns.readLock();
    beside.lockInterruptibly();
    DatabaseServer.Current current = server.current();
    try (SubmissionWorkspace workspace = workspace(current)) {
      List<LessonResult> results = new ArrayList<>();
      for (Lesson lesson : handedIn(submission)) {
        results.add(grade(submission, lesson, workspace, current));
      }
      return result(submission, results);
    } catch (EnvironmentException e) {
      server.renew(current);
    } finally {
      beside.unlock();
    }
    Lock alone = turns.writeLock();
    alone.lockInterruptibly();
    try {
      List<LessonResult> results = new ArrayList<>();
      for (Lesson lesson : handedIn(submission)) {
        results.add(gradeAlone(submission, lesson));
      }
      return result(submission, results);
    } finally {
      alone.unlock();
    }
  }

  private LessonResult gradeAlone(Submission submission, Lesson lesson) throws IOException {
    EnvironmentException broken = null;
    for (int attempt = 0; attempt < ATTEMPTS_ALONE; attempt++) {
      DatabaseServer.Current current = server.current();
      try (SubmissionWorkspace workspace = workspace(current)) {
        return grade(submission, lesson, workspace, null);
      } catch (EnvironmentException e) {
        broken = e;
        server.renew(current);
      }
    }
    // Throws where the machine is to blame.
    server.current().databases().take();
    String fault = broken.getMessage().lines().findFirst().orElse("");
    LessonResult result = crashed(lesson, BREAKS_SERVER + fault);
    journal.add(key(submission, lesson), result);
    return named(submission, result);
  }

  private List<Lesson> handedIn(Submission submission) {
    return lessons.stream()
        .filter(lesson -> submission.files().containsKey(lesson.number()))
        .toList();
  }

  private SubmissionWorkspace workspace(DatabaseServer.Current current) throws IOException {
    Path folder = Files.createTempDirectory(scratch, "r");
    return new SubmissionWorkspace(folder, sandbox, bundle, current, options);
  }

  private static StudentResult result(Submission submission, List<LessonResult> results) {
    return new StudentResult(
        submission.student(), submission.id(), texts(submission.notes()), results);
  }

  /**
   * Grades a lesson unless the journal has it.
   *
   * @param shared the server, if others are graded on it meanwhile; null otherwise
   */
  private LessonResult grade(
      Submission submission,
      Lesson lesson,
      SubmissionWorkspace workspace,
      DatabaseServer.Current shared) {
    String key = key(submission, lesson);
    LessonResult known = journal.find(key).orElse(null);
    if (known == null) {
      AnswerText answer = submission.files().get(lesson.number());
      known =
          answer.helpers().isEmpty() && Stubs.isUntouched(lesson, answer.text())
              ? unwritten(lesson)
              : grader.grade(lesson, answer, workspace, shared == null);
      if (shared != null && shared != server.current()) {
        throw new EnvironmentException("The server was given up while others were graded on it.");
      }
      journal.add(key, known);
    }
    return named(submission, known);
  }

  private String key(Submission submission, Lesson lesson) {
    String text = submission.files().get(lesson.number()).whole();
    return journal.key(submission.student(), lesson.number(), text);
  }

  private static LessonResult named(Submission submission, LessonResult known) {
    AnswerText answer = submission.files().get(known.lesson());
    return new LessonResult(known.lesson(), answer.name(), texts(answer.notes()), known.checks());
  }

  private static LessonResult unwritten(Lesson lesson) {
    return all(
        lesson,
        (exercise, check) ->
            CheckOutcome.notAttempted(exercise, check, NotAttempted.message(exercise)));
  }

  private static LessonResult crashed(Lesson lesson, String message) {
    return all(
        lesson,
        (exercise, check) ->
            new CheckOutcome(exercise, check, Status.CRASHED, 0, message, 0, List.of(), null));
  }

  private static LessonResult all(Lesson lesson, BiFunction<String, String, CheckOutcome> outcome) {
    List<CheckOutcome> outcomes =
        lesson.checks().stream()
            .map(check -> outcome.apply(check.exercise(), check.name()))
            .toList();
    return new LessonResult(lesson.number(), "", List.of(), outcomes);
  }

  private static List<String> texts(List<Note> notes) {
    return notes.stream().map(Note::toString).toList();
  }
}
