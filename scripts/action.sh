#!/usr/bin/env bash
# The check of action.yml: annotations in the log, SARIF for code scanning, a summary of the job.
# Everything that a workflow says comes in variables (INPUT_…) and is checked here.
set -euo pipefail

wrong() {
  echo "::error title=sro-lint::$1"
  exit 2
}

one_of() { # one_of NAME VALUE ALLOWED…
  local name=$1 value=$2
  shift 2
  for allowed in "$@"; do
    [[ $value == "$allowed" ]] && return
  done
  # The value is not shown: it could be a command to the log.
  wrong "The input ${name} must be one of: $*"
}

one_of fail-on "${INPUT_FAIL_ON:-error}" error warning advice never
one_of upload-sarif "${INPUT_UPLOAD_SARIF:-true}" true false
one_of summary "${INPUT_SUMMARY:-true}" true false

options=()
[[ -n ${INPUT_FAIL_ON:-} ]] && options+=("--fail-on=$INPUT_FAIL_ON")
[[ -n ${INPUT_CONFIG:-} ]] && options+=("--config=$INPUT_CONFIG")
[[ -n ${INPUT_BASELINE:-} ]] && options+=("--baseline=$INPUT_BASELINE")

paths=()
while IFS= read -r path; do
  path=${path%$'\r'}
  [[ -z $path ]] && continue
  [[ $path == - ]] && wrong "The input paths takes files and folders; there is no standard input here."
  paths+=("$path")
done <<<"${INPUT_PATHS:-.}"
[[ ${#paths[@]} -gt 0 ]] || wrong "The input paths names nothing to check."

sarif="$RUNNER_TEMP/sro-lint.sarif"
summary="$RUNNER_TEMP/sro-lint-summary.md"
rm -f "$sarif" "$summary"

status=0
"$SRO_LINT" check "${options[@]}" --format github -- "${paths[@]}" || status=$?
"$SRO_LINT" check "${options[@]}" --format sarif --output "$sarif" -- "${paths[@]}" 2>/dev/null || true
[[ -s $sarif ]] && echo "sarif=$sarif" >>"$GITHUB_OUTPUT"
echo "status=$status" >>"$GITHUB_OUTPUT"
if [[ ${INPUT_SUMMARY:-true} == true ]]; then
  "$SRO_LINT" check "${options[@]}" --format markdown --output "$summary" -- "${paths[@]}" 2>/dev/null || true
  [[ -s $summary ]] && cat "$summary" >>"$GITHUB_STEP_SUMMARY"
fi
exit "$status"
