#!/usr/bin/env bash
# Sets up a kernel in which Jupyter runs the notebooks: a Java kernel from Maven Central, with the
# workbook's libraries. Run it again after the workbook has moved or its libraries have changed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
kernel=io.github.padreati:rapaio-jupyter-kernel:3.0.1
java=java
[ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java

command -v jupyter >/dev/null || {
  echo "There is no Jupyter: 'jupyter' is not on PATH. Install it, for instance: pip install notebook" >&2
  exit 3
}

# The first use of the command builds the class path, and the notebooks need a playground.
"$root/workbook" db start

folder=$(jupyter --data-dir)/kernels/postgresql-workbook
mkdir -p "$folder"
mvn -q -B dependency:copy -Dartifact="$kernel" -DoutputDirectory="$folder" -Dmdep.stripVersion=true

# A text as JSON has it.
quote() {
  local text=${1//\\/\\\\}
  printf '"%s"' "${text//\"/\\\"}"
}

# This kernel separates the entries of its class path by semicolons, on every system.
classpath="$root/jshell/target/classes;$root/engine/target/classes;$root/support/target/classes"
for jar in "$root"/jshell/target/lib/*.jar; do
  classpath="$classpath;$jar"
done

cat >"$folder/kernel.json" <<END
{
  "argv": [
    $(quote "$java"),
    $(quote "-Dworkbook.root=$root"),
    "-jar",
    $(quote "$folder/rapaio-jupyter-kernel.jar"),
    "{connection_file}"
  ],
  "display_name": "Java (PostgreSQL workbook)",
  "language": "java",
  "interrupt_mode": "message",
  "env": {
    "RJK_CLASSPATH": $(quote "$classpath"),
    "RJK_COMPILER_OPTIONS": "",
    "RJK_INIT_SCRIPT": "",
    "RJK_TIMEOUT_MILLIS": "-1",
    "RJK_MIMA_CACHE": $(quote "$folder/cache")
  }
}
END

echo "The kernel is in $folder"
echo "Now: jupyter notebook $root/jshell/notebooks"
