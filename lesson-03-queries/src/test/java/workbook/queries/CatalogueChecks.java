package workbook.queries;

import workbook.grading.Graded;

/** What a {@link Catalogue} has to do, all exercises of lesson 3 together. */
@Graded
public abstract class CatalogueChecks
    implements TableChecks,
        AddChecks,
        SearchChecks,
        BatchChecks,
        CursorChecks,
        AuthorChecks,
        TidyChecks,
        StreamChecks,
        LoanChecks,
        SqlObjectChecks,
        EventChecks {}
