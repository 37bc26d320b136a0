#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
#
# check-all.sh SOURCE BUILD: every check that reads the source, for the target "check".
set -u

source=$1
build=$2
failed=

check() {
  name=$1
  shift
  if "$@"; then
    echo "$name: fine"
  else
    echo "$name: FAILED"
    failed="$failed $name"
  fi
}

format() {
  find src tests -name '*.[ch]' -print0 | xargs -0 -r clang-format --dry-run -Werror
}

# A NULL that ends a list is a pointer on every system that GTK runs on.
second_opinion() {
  cppcheck --quiet --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
    --std=c11 --library=gnu --library=gtk --max-configs=4 --suppress=missingInclude \
    --suppress=unknownMacro --suppress=varFuncNullUB -I src -j "$(nproc)" src
}

# gcc's warnings are unknown to clang, and not its business here.
tidy() {
  find src -name '*.c' -print0 |
    xargs -0 -r -n 1 -P "$(nproc)" clang-tidy -p "$build" --quiet \
      --extra-arg=-Wno-unknown-warning-option --extra-arg=-Wno-unused-command-line-argument \
      2>"$build/clang-tidy.stderr"
}

cd "$source" || exit 1
check format format
check layering tests/check-layering.py .
check style tests/check-style.py .
check potfiles tests/check-potfiles.py .
check kiosk-words tests/check-kiosk-words.py .
check shellcheck shellcheck .ci/run po/kiosk/update tools/deps tools/test tests/check-all.sh
check cppcheck second_opinion
check clang-tidy tidy

[ -z "$failed" ]
