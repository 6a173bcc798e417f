package workbook.connect;

import workbook.grading.Graded;

/** What a {@link Connector} has to do, all exercises of lesson 1 together. */
@Graded
public abstract class ConnectorChecks
    implements SettingsFileChecks,
        SettingsChecks,
        OverrideChecks,
        DataSourceChecks,
        VersionChecks,
        PasswordChecks {}
