package workbook.transactions;

import workbook.grading.Graded;

/** What a {@link LendingDesk} has to do, all exercises of lesson 4 together. */
@Graded
public abstract class LendingDeskChecks
    implements ByHandChecks,
        LendingChecks,
        DeliveryChecks,
        AcceptedChecks,
        NoteChecks,
        ReturnChecks,
        SerializableChecks,
        ReportChecks,
        MoveChecks {}
