#!/usr/bin/env bash
# How fast sro-lint is beside other readers, on the same files in the same run. Read the ratios: the seconds are those
# of this machine today. Every program gets the files in one folder and all the processors that it can use.
#
#   scripts/compare-speed.sh DOCX-FOLDER PDF-FOLDER [COPIES]
#
# Programs that are not installed are left out (pandoc, pdftotext; `pip install 'markitdown[docx,pdf]' docx2txt`).
set -euo pipefail
cd "$(dirname "$0")/.."
docx=$(realpath "$1") pdf=$(realpath "$2") copies=${3:-10000}
program=$PWD/target/release/sro-lint
[ -x "$program" ] || cargo build --release
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# seconds and peak memory in MB of a command whose output is thrown away
measure() { /usr/bin/env python3 - "$@" <<'PY'
import resource, subprocess, sys, time
begun = time.time()
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
taken = time.time() - begun
print(f"{taken:.2f} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.0f}")
PY
}

# line NAME FILES COMMAND…: figures, and how many times as long per file as sro-lint
line() {
  local name=$1 files=$2 seconds memory
  shift 2
  read -r seconds memory < <(measure "$@")
  awk -v name="$name" -v files="$files" -v s="$seconds" -v mb="$memory" -v ours="${ours:-0}" 'BEGIN {
    per = s / files
    printf "%-34s %6d files %8.2f s %9.1f files/s %6d MB", name, files, s, files / s, mb
    if (ours > 0) printf "   %7.1f x", per / ours
    printf "\n" }'
  [ -n "${ours:-}" ] || ours=$(awk -v s="$seconds" -v f="$files" 'BEGIN { print s / f }')
}

each() { # each PATTERN COMMAND: the command for every file, two at a time
  find "$1" -type f -print0 | xargs -0 -P "$(nproc)" -n 1 "${@:2}"
}
export -f each

count() { find "$1" -type f | wc -l; }

MARKITDOWN='
import sys, glob, markitdown
reader = markitdown.MarkItDown()
for name in glob.glob(sys.argv[1] + "/**/*." + sys.argv[2], recursive=True):
    try: reader.convert(name)
    except Exception: pass'

echo "== Word files"
files=$(count "$docx")
unset ours
line "sro-lint check, all processors" "$files" "$program" check "$docx" --format jsonl
line "sro-lint check, one thread" "$files" "$program" check "$docx" --format jsonl --jobs 1
line "sro-lint text, one process each" "$files" bash -c 'each "$0" "$1" text' "$docx" "$program"
command -v pandoc >/dev/null && line "pandoc -t plain" "$files" bash -c 'each "$0" pandoc -t plain' "$docx"
if python3 -c 'import docx2txt' 2>/dev/null; then
  line "docx2txt, one process for all" "$files" python3 -c '
import sys, glob, docx2txt
for name in glob.glob(sys.argv[1] + "/**/*.docx", recursive=True):
    try: docx2txt.process(name)
    except Exception: pass' "$docx"
fi
if python3 -c 'import markitdown' 2>/dev/null; then
  line "markitdown, one process for all" "$files" python3 -c "$MARKITDOWN" "$docx" docx
fi

echo "== PDF files"
files=$(count "$pdf")
unset ours
line "sro-lint check, all processors" "$files" "$program" check "$pdf" --format jsonl
line "sro-lint check, one thread" "$files" "$program" check "$pdf" --format jsonl --jobs 1
command -v pdftotext >/dev/null && line "pdftotext" "$files" bash -c 'each "$0" sh -c "pdftotext \"\$0\" - "' "$pdf"
if python3 -c 'import markitdown' 2>/dev/null; then
  line "markitdown, one process for all" "$files" python3 -c "$MARKITDOWN" "$pdf" pdf
fi

echo "== $copies Word files in one folder"
mkdir "$work/many"
mapfile -t sources < <(find "$docx" -type f -name '*.docx' -size -100k | sort)
for ((n = 0; n < copies; n++)); do
  ln "${sources[n % ${#sources[@]}]}" "$work/many/$n.docx" 2>/dev/null || cp "${sources[n % ${#sources[@]}]}" "$work/many/$n.docx"
done
unset ours
line "sro-lint check" "$copies" "$program" check "$work/many" --format jsonl
