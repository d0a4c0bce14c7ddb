@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Builds the project with the JDK of JAVA_HOME, 25 or newer: build.cmd [MAVEN ARGS], verify unless said. The other commands
rem of ./build are shell scripts. Written for Windows and never tried there; see docs\installing.md.
setlocal
if not defined JAVA_HOME (
  echo build: set JAVA_HOME to a JDK 25 or newer 1>&2
  exit /b 1
)
where mvn >nul 2>nul
if errorlevel 1 (
  echo build: no mvn on the PATH: install Apache Maven 3.8 or newer 1>&2
  exit /b 1
)
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"
pushd "%~dp0"
if "%~1"=="" (call mvn -B -ntp verify) else (call mvn -B -ntp %*)
set RESULT=%ERRORLEVEL%
popd
exit /b %RESULT%
