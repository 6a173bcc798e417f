package workbook.errors;

import workbook.grading.Graded;

/** What a {@link Troubleshooter} has to do, all of lesson 2 together. */
@Graded
public abstract class TroubleshooterChecks
    implements DiagnosisChecks, ExplanationChecks, ClosingChecks, JdbiChecks,
        TimeLimitChecks, RetryChecks {}
