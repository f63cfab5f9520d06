#!/bin/sh
# Adds up the test reports newer than the file $2 below the folder $1: failures, what was skipped and why, and the count.
find "$1" -path '*/surefire-reports/TEST-*.xml' -newer "$2" -print0 | sort -z | xargs -0 -r cat | awk '
  function attribute(name,   at, rest) {
    at = index($0, " " name "=\"")
    if (!at) return ""
    rest = substr($0, at + length(name) + 3)
    rest = substr(rest, 1, index(rest, "\"") - 1)
    gsub(/&quot;/, "\"", rest); gsub(/&lt;/, "<", rest); gsub(/&gt;/, ">", rest); gsub(/&apos;/, "\047", rest); gsub(/&#10;/, " ", rest); gsub(/&amp;/, "\\&", rest)
    return rest
  }
  /<testcase / { ran++; test = attribute("classname") "." attribute("name") }
  /<skipped/ { skipped++; why = attribute("message"); lines = lines "  skipped: " test (why == "" ? "" : ": " why) "\n" }
  /<(failure|error)[ >]/ { if (test != last) { failed++; last = test; lines = lines "  FAILED:  " test "\n" } }
  END { if (ran) { printf "%s", lines; printf "%d passed, %d failed, %d skipped\n", ran - failed - skipped, failed, skipped } }'
