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
import workbook.engine.course.CheckInfo;
import workbook.engine.course.ExerciseInfo;
import workbook.engine.course.Lesson;
import workbook.support.EnvironmentException;
import workbook.support.NotAttempted;

/** Grades hand-ins, several at a time; none of them can stop the others. */
final class ClassGrading {
  private static final int ATTEMPTS = 3;

  private final List<Lesson> lessons;
  private final Sandbox sandbox;
  private final CheckBundle bundle;
  private final SubmissionGrader grader;
  private final DatabaseServer server;
  private final Journal journal;
  private final Path scratch;
  private final List<String> options;

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

  private StudentResult grade(Submission submission) throws IOException {
    for (int attempt = 1; ; attempt++) {
      DatabaseServer.Current current = server.current();
      Path folder = Files.createTempDirectory(scratch, "r");
      try (SubmissionWorkspace workspace =
          new SubmissionWorkspace(folder, sandbox, bundle, current, options)) {
        List<LessonResult> results = new ArrayList<>();
        for (Lesson lesson : lessons) {
          AnswerText answer = submission.files().get(lesson.number());
          if (answer != null) {
            results.add(grade(submission, lesson, answer, workspace));
          }
        }
        return new StudentResult(
            submission.student(), submission.id(), texts(submission.notes()), results);
      } catch (EnvironmentException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
        server.renew(current);
      }
    }
  }

  private LessonResult grade(
      Submission submission, Lesson lesson, AnswerText answer, SubmissionWorkspace workspace) {
    String key = journal.key(submission.student(), lesson.number(), answer.whole());
    LessonResult known = journal.find(key).orElse(null);
    if (known == null) {
      known =
          answer.helpers().isEmpty() && Stubs.isUntouched(lesson, answer.text())
              ? unwritten(lesson)
              : grader.grade(lesson, answer, workspace);
      journal.add(key, known);
    }
    return new LessonResult(lesson.number(), answer.name(), texts(answer.notes()), known.checks());
  }

  private static LessonResult unwritten(Lesson lesson) {
    List<CheckOutcome> outcomes = new ArrayList<>();
    for (ExerciseInfo exercise : lesson.exercises()) {
      String message = NotAttempted.message(exercise.id());
      for (CheckInfo check : exercise.checks()) {
        outcomes.add(CheckOutcome.notAttempted(exercise.id(), check.name(), message));
      }
    }
    return new LessonResult(lesson.number(), "", List.of(), outcomes);
  }

  private static List<String> texts(List<Note> notes) {
    return notes.stream().map(Note::toString).toList();
  }
}
