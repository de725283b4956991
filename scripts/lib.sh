# Sourced by the scripts: the root of the project, the tools on PATH, and the build.
# shellcheck shell=bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# scripts/setup puts a Node here where the machine's own is too old.
tools=$PWD/build/tools
[ ! -x "$tools/bin/node" ] || PATH=$tools/bin:$PATH
PATH=$PWD/node_modules/.bin:$PATH
jobs=$(nproc)

say() { printf '%s\n' "$*" >&2; }

has() { command -v "$1" >/dev/null; }

# configure PRESET: when it is new or the presets have changed; for the rest ninja looks after
# itself.
configure() {
  [ CMakePresets.json -nt "build/$1/build.ninja" ] || return 0
  case $1 in
    wasm) emcmake cmake --preset wasm ;;
    *) cmake --preset "$1" ;;
  esac
}

# build PRESET [TARGET...]
build() {
  configure "$1"
  ninja -C "build/$1" -j "$jobs" "${@:2}"
}

# A fingerprint of files and folders, less what is made from them.
fingerprint() {
  find "$@" \( -name node_modules -o -name dist \) -prune -o -type f -print0 |
    sort -z | xargs -0 sha256sum | sha256sum
}

# build_workspace FOLDER [INPUT...]: npm run build there, unless it and the inputs are as they
# were when its dist was made.
build_workspace() {
  local folder=$1 stamp=build/stamps/${1//\//-} print
  print=$(fingerprint "$@" package-lock.json tsconfig.base.json)
  if [ -d "$folder/dist" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$print" ]; then return 0; fi
  rm -rf "$folder/dist" "$stamp"
  npm run build --silent -w "$folder"
  mkdir -p build/stamps
  printf '%s\n' "$print" >"$stamp"
}

# What times the engine's kernels, natively and in WebAssembly.
build_kernels() {
  build native tutti-kernels
  build wasm tutti-kernels
}

build_bindings() {
  build wasm tutti-wasm
  build_workspace bindings build/wasm/bin/tutti.wasm
}

build_server() {
  build_bindings
  build_workspace web/server bindings
}

# All that scripts/start serves.
build_site() {
  build_server
  build_workspace web/app bindings build/wasm/bin/tutti.wasm
}
