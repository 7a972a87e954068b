#!/bin/sh
# Starts fetch.mjs, or says politely what is missing. With --lenient (as the Maven build calls it) an absent
# Node only means that the tests which need a chain are skipped, unless CI=true asks for all of them.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
if ! command -v node >/dev/null 2>&1; then
  echo "fetch: Node is not installed; install Node 20 or newer (with npm) to fetch anvil and the contracts" >&2
  case " $* " in
    *" --lenient "*) if [ "${CI:-}" = true ]; then exit 1; else exit 0; fi ;;
    *) exit 1 ;;
  esac
fi
exec node "$here/fetch.mjs" "$@"
