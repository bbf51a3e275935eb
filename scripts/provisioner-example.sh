#!/bin/sh
# A provisioner for PROVISIONER=command, to start one's own from; docs/provisioner.md says what it must do.
#
#   PROVISIONER_COMMAND='PROVISIONER_ROOT=/srv/bcdi sh /opt/hosting/scripts/provisioner-example.sh'
#
# POSIX shell and its usual tools; iconv (to write bcdiserv.ini); and jq or node (to read JSON), zip or python3 (to
# write archives), sha256sum or shasum. Every server has a folder of its own below PROVISIONER_ROOT. Where your BCDI
# server is started and stopped is for you to say: start_server and stop_server below do nothing.
set -eu
umask 077
export LC_ALL=C.UTF-8

root=${PROVISIONER_ROOT:?must name the folder below which the servers lie}
first_port=${PROVISIONER_FIRST_PORT:-20000}
last_port=${PROVISIONER_LAST_PORT:-29999}
host=${PROVISIONER_HOST:-$(uname -n)}
tab=$(printf '\t')

start_server() { :; } # Must resolve only once the port answers.
stop_server() { :; }

say() { echo "$*" >&2; }
fail() { say "$1"; exit "${2:-1}"; }
try_again() { fail "$1" 75; }

# Sets of tools of which one is enough.
require_one_of() {
  for tool in "$@"; do if command -v "$tool" >/dev/null; then return; fi; done
  fail "this needs a program that is not installed here: $(echo "$*" | sed 's/ / or /g')"
}
require_one_of iconv
require_one_of jq node
require_one_of zip python3
require_one_of sha256sum shasum

# --- the operation -------------------------------------------------------------------------------

# Prints shell assignments; the bases one a line, as name, role and directory.
read_input() {
  if command -v jq >/dev/null; then
    jq -r '@sh "operation=\(.operation) rne=\(.target.rne) cycle=\(.target.cycle) griffe=\(.target.griffe)",
      @sh "code=\(.target.code) version=\(.target.version) directory=\(.directory // "")",
      "bases=" + ([.bases[]? | "\(.name)\t\(.role)\t\(.directory)"] | join("\n") | @sh)'
  else
    node -e '
      const { operation, target, directory = "", bases = [] } = JSON.parse(require("fs").readFileSync(0, "utf8"));
      const lines = bases.map((base) => [base.name, base.role, base.directory].join("\t")).join("\n");
      for (const [name, value] of Object.entries({ operation, ...target, directory, bases: lines }))
        console.log(`${name}=\u0027${String(value).replaceAll("\u0027", "\u0027\\\u0027\u0027")}\u0027`);'
  fi
}

# Replaces a file whole: a reader, or a cut, sees the old one or the new one.
write_file() {
  cat >"$1.new"
  [ -s "$1.new" ] || fail "nothing to write to $1"
  sync "$1.new" 2>/dev/null || sync
  mv "$1.new" "$1"
}

# Out of the way in one step, then gone.
discard() {
  rm -rf "$root/instances/.$rne.old"
  if [ -e "$1" ]; then mv "$1" "$root/instances/.$rne.old"; fi
  rm -rf "$root/instances/.$rne.old"
}

# 0 where there is no server, or only a half-made one.
standing_cycle() { cat "$instance/cycle" 2>/dev/null || echo 0; }

require_server() {
  [ "$(standing_cycle)" = "$cycle" ] || fail "no server of $rne, cycle $cycle"
  # An exchange of the bases that was cut between its two renames is taken back.
  if [ ! -d "$instance/bases" ] && [ -d "$instance/bases.old" ]; then mv "$instance/bases.old" "$instance/bases"; fi
  port=$(cat "$instance/port")
}

# The bases in place, one a line: name and role. The list moves with the folder that it describes.
mounted() { cat "$instance/bases/.list" 2>/dev/null || :; }

# --- ports: one file each, which bears the RNE that has it; a hard link is made once or not at all ------------

find_port() { grep -lx "$rne" "$root"/ports/* 2>/dev/null | head -n 1 | sed 's:.*/::'; }

lease_port() {
  mkdir -p "$root/ports"
  port=$(find_port)
  if [ -n "$port" ]; then return; fi
  echo "$rne" >"$root/ports/.$rne"
  port=$first_port
  until [ ! -e "$root/ports/$port" ] && ln "$root/ports/.$rne" "$root/ports/$port" 2>/dev/null; do
    port=$((port + 1))
    if [ "$port" -gt "$last_port" ]; then
      rm -f "$root/ports/.$rne"
      try_again "no free port between $first_port and $last_port"
    fi
  done
  rm -f "$root/ports/.$rne"
}

release_port() {
  leased=$(find_port)
  if [ -n "$leased" ]; then rm -f "$root/ports/$leased"; fi
}

# --- bcdiserv.ini: ISO-8859-1 with CRLF ----------------------------------------------------------------

write_ini() {
  {
    printf '[BCDISERV]\nORGANISME=%s\nCODE=%s\nVERSION=%s\nPORT=%s\n' "$griffe" "$code" "$version" "$port"
    mounted | awk -F '\t' '{ printf "\n[BASE%d]\nNOM_BASE=%s\nDONNEES=bases\\%s\n", NR, $1, $1 }'
  } | sed "s/œ/oe/g; s/Œ/OE/g; s/’/'/g; s/‘/'/g; s/–/-/g; s/—/-/g; s/\$/$(printf '\r')/" |
    { iconv -c -f UTF-8 -t ISO-8859-1 || :; } | write_file "$instance/bcdiserv.ini"
}

# --- what the operations do -----------------------------------------------------------------------------

install_server() {
  standing=$(standing_cycle)
  if [ "$standing" -gt "$cycle" ]; then fail "a later server of $rne stands there (cycle $standing)"; fi
  lease_port
  if [ "$standing" -lt "$cycle" ]; then
    fresh=$root/instances/.$rne.new
    rm -rf "$fresh"
    mkdir -p "$fresh/bases"
    echo "$port" >"$fresh/port"
    echo "$cycle" >"$fresh/cycle"
    stop_server
    discard "$instance"
    mv "$fresh" "$instance"
  fi
  echo "$port" | write_file "$instance/port"
  write_ini
  say "installed with port $port"
}

# Sets `lost` to the number of bases that are neither where they were extracted nor gathered already.
count_lost() {
  lost=0 count=0
  while IFS=$tab read -r name _ from; do
    count=$((count + 1))
    if [ ! -d "$from" ] && [ ! -d "$fresh/$name" ]; then lost=$((lost + 1)); fi
  done
}

gather() {
  while IFS=$tab read -r name _ from; do
    if [ ! -d "$from" ]; then continue; fi
    rm -rf "${fresh:?}/$name"
    mv "$from" "$fresh/$name"
  done
}

mount_bases() {
  require_server
  fresh=$instance/bases.new
  wanted=$(printf '%s\n' "$bases" | cut -f 1,2)
  count_lost <<LINES
$bases
LINES
  if [ "$lost" -eq "$count" ] && [ "$wanted" = "$(mounted)" ]; then
    say "mounted already"
  elif [ "$lost" -gt 0 ]; then
    fail "$lost of the bases to mount are not there"
  else
    mkdir -p "$fresh"
    gather <<LINES
$bases
LINES
    for found in "$fresh"/*; do
      if ! printf '%s\n' "$wanted" | cut -f 1 | grep -qxF -- "${found##*/}"; then rm -rf "$found"; fi
    done
    printf '%s\n' "$wanted" | write_file "$fresh/.list"
    stop_server
    if [ -d "$instance/bases" ]; then
      rm -rf "$instance/bases.old"
      mv "$instance/bases" "$instance/bases.old"
    fi
    mv "$fresh" "$instance/bases"
    say "mounted $count bases"
  fi
  write_ini
  rm -rf "$instance/bases.old"
}

open_server() {
  require_server
  if [ -z "$(mounted)" ]; then fail "$rne has no base to open"; fi
  start_server
  listed=$(mounted | awk -F '\t' '{ printf "%s{\"name\":\"%s\",\"role\":\"%s\"}", (NR > 1 ? "," : ""), $1, $2 }')
  printf '{"host":"%s","port":%s,"serverName":"BCDI-%s","serverVersion":"BCDI","bases":[%s]}\n' \
    "$host" "$port" "$rne" "$listed"
}

alter_server() {
  require_server
  write_ini
  stop_server
  if [ -n "$(mounted)" ]; then start_server; fi
}

# "./" keeps a name that begins with - from being read as an option; it is not archived.
write_archive() {
  rm -f "$2"
  if command -v zip >/dev/null; then
    (cd "$instance/bases" && zip -q -r -X -T "$2" "./$1") >&2
  else
    (cd "$instance/bases" && python3 -m zipfile -c "$2" "./$1" && python3 -m zipfile -t "$2") >&2
  fi
  sync "$2" 2>/dev/null || sync
}

digest() { if command -v sha256sum >/dev/null; then sha256sum; else shasum -a 256; fi <"$1" | cut -d ' ' -f 1; }
json_string() { printf '%s' "$1" | sed 's/[\\"]/\\&/g; s/.*/"&"/'; }

archive_bases() {
  mkdir -p "$directory"
  separator=
  printf '{"archives":['
  if [ "$(standing_cycle)" = "$cycle" ]; then
    require_server
    stop_server
    for name in $(mounted | cut -f 1); do
      # zip adds .zip to a name without an extension.
      write_archive "$name" "$directory/$name.part"
      mv "$directory/$name.part" "$directory/$name.zip"
      path=$directory/$name.zip
      printf '%s{"name":"%s","path":%s,"sizeBytes":%d,"sha256":"%s"}' "$separator" "$name" \
        "$(json_string "$path")" "$(wc -c <"$path")" "$(digest "$path")"
      separator=,
    done
  fi
  printf ']}\n'
}

remove_server() {
  if [ "$(standing_cycle)" -gt "$cycle" ]; then return; fi
  stop_server
  rm -rf "$root/instances/.$rne.new"
  discard "$instance"
  release_port
}

# ---------------------------------------------------------------------------------------------------------

assignments=$(read_input) || fail "the input cannot be understood"
eval "$assignments"
case $rne in "" | *[!0-9A-Z]*) fail "not an RNE: $rne" ;; esac
instance=$root/instances/$rne
mkdir -p "$root/instances" "$root/locks"
# A run whose worker died may still be ending.
if command -v flock >/dev/null; then
  exec 9>"$root/locks/$rne"
  flock -w 60 9 || try_again "another operation on $rne is still running"
fi

case $operation in
  install) install_server ;;
  mount) mount_bases ;;
  open) open_server ;;
  alter) alter_server ;;
  archive) archive_bases ;;
  remove) remove_server ;;
  *) fail "unknown operation: $operation" ;;
esac
