@echo off
rem The workbook's command. Has itself built when it has to, then runs.
setlocal EnableExtensions DisableDelayedExpansion
set "ROOT=%~dp0"
set "ROOT=%ROOT:~0,-1%"
rem Semicolons part the entries of a class path.
if not "%ROOT:;=%"=="%ROOT%" (
  echo The workbook cannot work in "%ROOT%": a semicolon is in that name. 1>&2
  echo Move or rename the folder. 1>&2
  exit /b 3
)
set "BUILT=%ROOT%\cli\target\built"
set "ARCHIVE=%ROOT%\cli\target\workbook.jsa"
set "OPTIONS=-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xms24m -Xlog:disable"
set "JARS=%ROOT%\cli\target\cli.jar;%ROOT%\jshell\target\jshell.jar;%ROOT%\engine\target\engine.jar"
set "JARS=%JARS%;%ROOT%\support\target\support.jar;%ROOT%\cli\target\lib\*"
rem The students' copy has no classroom.
if exist "%ROOT%\classroom" set "JARS=%ROOT%\classroom\target\classroom.jar;%JARS%"
rem The workbook removes its containers itself, also those of a run that was killed.
set "TESTCONTAINERS_RYUK_DISABLED=true"
set "JAVA=java"
rem Some have quotes around it.
if defined JAVA_HOME set "JAVA=%JAVA_HOME:"=%\bin\java"
set "REBUILT="

if exist "%BUILT%" if exist "%ROOT%\cli\target\cli.jar" goto run

:build
"%JAVA%" --list-modules 2>nul | findstr /r "^jdk\.compiler@1[7-9] ^jdk\.compiler@[2-9][0-9]" >nul
if errorlevel 1 (
  echo "%JAVA%" is no JDK of version 17 or newer that can be run. 1>&2
  echo Install a JDK, version 17 or newer, and put it on PATH or point JAVA_HOME to it. 1>&2
  exit /b 3
)
set "REBUILT=1"
"%JAVA%" -Dfile.encoding=UTF-8 "%ROOT%\cli\src\main\java\workbook\cli\Build.java" "%ROOT%" <nul
if errorlevel 2 exit /b 3
if errorlevel 1 goto run
rem The command's classes, ready to be mapped; see "Class Data Sharing".
"%JAVA%" "-XX:ArchiveClassesAtExit=%ARCHIVE%" %OPTIONS% "-Dworkbook.root=%ROOT%" -cp "%JARS%" workbook.cli.Start >nul 2>&1

:run
set "SHARED=-Xshare:auto"
if exist "%ARCHIVE%" set "SHARED=-XX:SharedArchiveFile=%ARCHIVE%"
"%JAVA%" "%SHARED%" %OPTIONS% "-Dworkbook.root=%ROOT%" -cp "%JARS%" workbook.cli.Start %*
set "STATUS=%ERRORLEVEL%"
rem 85: the sources have changed; 86: checks failed; 1: Java could not start the command.
if not defined REBUILT if %STATUS% equ 85 goto build
if not defined REBUILT if %STATUS% equ 1 goto build
if %STATUS% equ 85 (
  echo The workbook's own files change while it is built. Try again when they do not. 1>&2
  exit /b 3
)
if %STATUS% equ 86 exit /b 1
if %STATUS% equ 9009 (
  echo There is no Java: "%JAVA%" cannot be run. 1>&2
  echo Install a JDK, version 17 or newer, and put it on PATH or point JAVA_HOME to it. 1>&2
  exit /b 3
)
exit /b %STATUS%
