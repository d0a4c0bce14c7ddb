@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Runs the rxrpc command; builds it first when there is none (after a change of the sources: build.cmd -q -pl command -am
rem package -Dmaven.test.skip=true). Written for Windows and never tried there; see docs\installing.md.
setlocal
set "ROOT=%~dp0"
if not defined JAVA_HOME (
  echo rxrpc: set JAVA_HOME to a JDK 25 or newer 1>&2
  exit /b 1
)
if not exist "%ROOT%command\target\built" (
  echo rxrpc: building ^(first use^) ... 1>&2
  call "%ROOT%build.cmd" -q -pl command -am package -Dmaven.test.skip=true -Dspotless.check.skip=true -Djavac.werror=-g 1>&2
  if errorlevel 1 exit /b 1
)
"%JAVA_HOME%\bin\java" -XX:+UseSerialGC %RXRPC_JAVA_OPTIONS% --enable-native-access=io.rxrpc.udp,io.rxrpc.tokens --module-path "%ROOT%command\target\lib" -m io.rxrpc.cli/io.rxrpc.cli.Rxrpc %*
exit /b %ERRORLEVEL%
