# Sourced by ./mvnw and ./tocsin: sets JDK to a JDK of at least 25, or explains what to install and exits 2.
# Looked at, in this order: TOCSIN_JDK, JAVA_HOME, the usual folders, the java on the PATH.
jdk_major() { # prints the major version of the JDK in $1; nothing where there is no compiler or no release file
  [ -x "$1/bin/javac" ] && sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}
find_jdk() {
  JDK=
  path_java=$(command -v java 2>/dev/null) && path_java=$(readlink -f "$path_java") && path_java=${path_java%/bin/java}
  for home in "${TOCSIN_JDK:-}" "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/jdk* /opt/java* /opt/*jdk* \
      "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* /usr/local/*jdk* "${path_java:-}"; do
    [ -n "$home" ] && [ -d "$home" ] || continue
    major=$(jdk_major "$home") || continue
    if [ -n "$major" ] && [ "$major" -ge 25 ] 2>/dev/null; then JDK=$home; break; fi
  done
  if [ -z "$JDK" ]; then
    echo "No JDK 25 found. Tocsin needs a JDK (with javac) of version 25 or newer beside the default java." >&2
    echo "Install one (for example the Debian package openjdk-25-jdk-headless, or Temurin 25), or point TOCSIN_JDK at it." >&2
    exit 2
  fi
}
