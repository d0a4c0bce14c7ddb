# SPDX-License-Identifier: Apache-2.0
# Sourced by ./build and ./rxrpc in the project's root: exports JAVA_HOME of a JDK >= 25, defines need_maven() and maven().

is_jdk25() { # DIRECTORY: has a javac, and its release file says 25 or newer (read, not run: this must be quick)
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS='="' read -r key _ value _; do
    [ "$key" = JAVA_VERSION ] && [ "${value%%[!0-9]*}" -ge 25 ] && return 0
  done <"$1/release"
  return 1
} 2>/dev/null

find_jdk() {
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* "${HOME:-}"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk25 "$home"; then
      JAVA_HOME=$home
      return 0
    fi
  done
  home=$(java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p') || return 1
  is_jdk25 "$home" && JAVA_HOME=$home
}

find_jdk || {
  echo "${0##*/}: no JDK 25 or newer found: install one, or set JAVA_HOME to it" >&2
  exit 1
}
export JAVA_HOME

need_maven() {
  command -v mvn >/dev/null || {
    echo "${0##*/}: no mvn on the PATH: install Apache Maven 3.8 or newer" >&2
    exit 1
  }
}

maven() { # ARGS...
  need_maven
  # -q hides warnings too, and with -Werror they are the reason why a build fails.
  for argument; do
    shift
    [ "$argument" = -q ] && argument=-Dorg.slf4j.simpleLogger.defaultLogLevel=warn
    set -- "$@" "$argument"
  done
  # What Maven's own libraries do is no news to the one who builds this project.
  MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}" \
    mvn -B -ntp "$@"
}
