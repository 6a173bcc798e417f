@echo off
rem The workbook's command. Builds itself with Maven when it has to, then runs.
setlocal
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
set "LOG=%ROOT%\.workbook\build.log"
set "STAMP=%ROOT%\cli\target\built"
set "ARCHIVE=%ROOT%\cli\target\workbook.jsa"
set "OPTIONS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms24m -Xlog:disable"
set "MODULES=support,engine,grading,jshell,cli"
set "JARS=%ROOT%\cli\target\cli.jar;%ROOT%\jshell\target\jshell.jar;%ROOT%\engine\target\engine.jar"
set "JARS=%JARS%;%ROOT%\support\target\support.jar;%ROOT%\cli\target\lib\*"
rem The students' copy has no classroom.
if exist "%ROOT%\classroom" set "MODULES=%MODULES%,classroom"
if exist "%ROOT%\classroom" set "JARS=%ROOT%\classroom\target\classroom.jar;%JARS%"
rem The workbook removes its containers itself, also those of a run that was killed.
set "TESTCONTAINERS_RYUK_DISABLED=true"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

if exist "%STAMP%" if exist "%ROOT%\cli\target\cli.jar" goto run

:build
"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo There is no Java: "%JAVA%" cannot be run. 1>&2
  echo Install a JDK, version 17 or newer, and put it on PATH or point JAVA_HOME to it. 1>&2
  exit /b 3
)
where mvn >nul 2>&1
if errorlevel 1 (
  echo There is no Maven: mvn is not on PATH. 1>&2
  echo Install Maven 3.8.6 or newer and put its bin folder on PATH. 1>&2
  exit /b 3
)
if not exist "%ROOT%\.workbook" mkdir "%ROOT%\.workbook"
echo Building the workbook. The first time, Maven downloads what it needs ... 1>&2
call mvn -q -B -f "%ROOT%\pom.xml" -pl %MODULES% -Dmaven.test.skip=true -Dstyle.color=never package >"%LOG%" 2>&1
if errorlevel 1 (
  findstr /b /c:"[ERROR]" "%LOG%" 1>&2
  echo Maven could not build the workbook. Its whole output is in "%LOG%" 1>&2
  echo Without a network? The first build needs one. Otherwise mend what the lines above say. 1>&2
  exit /b 3
)
type nul >"%STAMP%"
rem The command's classes as the JVM likes to find them; see "Class Data Sharing".
"%JAVA%" "-XX:ArchiveClassesAtExit=%ARCHIVE%" %OPTIONS% "-Dworkbook.root=%ROOT%" -cp "%JARS%" workbook.cli.Workbook >nul 2>&1

:run
set "SHARED=-Xshare:auto"
if exist "%ARCHIVE%" set "SHARED=-XX:SharedArchiveFile=%ARCHIVE%"
"%JAVA%" "%SHARED%" %OPTIONS% "-Dworkbook.root=%ROOT%" -cp "%JARS%" workbook.cli.Workbook %*
if %ERRORLEVEL% equ 85 (
  if defined REBUILT exit /b 3
  set "REBUILT=1"
  goto build
)
exit /b %ERRORLEVEL%
