#!/usr/bin/env bash
# Builds the fuzz targets and runs them, each for as long as its share of an hour, or as said:
#
#     fuzz/run.sh [SECONDS_PER_TARGET] [TARGET...]
#
# One process runs on each core, or as many as FUZZ_JOBS says; FUZZ_SEED makes a run like another.
# At the end a table tells how much was tried; the exit code is 1 where an input was found that a
# target cannot stand, which lies in fuzz/artifacts then. `README.md` tells the rest.
set -euo pipefail
cd "$(dirname "$0")"
fuzz=$PWD

all=$(sed -n '/pub const TARGETS/,/^];/s/^    ("\([a-z_]*\)".*/\1/p' src/lib.rs)
jobs=${FUZZ_JOBS:-$(nproc)}
if [[ ${1:-} =~ ^[0-9]+$ ]]; then
    seconds=$1
    shift
else
    seconds=$((3600 * jobs / $(wc -w <<<"$all")))
fi
read -r -a targets <<<"${*:-$(tr '\n' ' ' <<<"$all")}"

# What `cargo fuzz` gives, without a sanitizer: there is no unsafe code to look into, and it is all
# that the stable compiler has.
host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module \
-Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
-Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares \
-Cllvm-args=-simplifycfg-branch-fold-threshold=0"
# A target of its own, so that build scripts and macros are not instrumented.
cargo build --release --target "$host"
program=${CARGO_TARGET_DIR:-target}/$host/release/all

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$fuzz/seeds.sh" "$scratch/seeds"

# Runs one target, and leaves what it printed and how it ended.
run() {
    local name=$1 corpus=$fuzz/corpus/$1 log=$scratch/$1.log code=0
    mkdir -p "$corpus" "$fuzz/artifacts/$name" "$scratch/seeds/$name"
    local words most=16384
    case $name in
    xml | json | tree | adopt) words=feeds ;;
    site | settings | front_matter | lock | cache) words=sites ;;
    *) words=bodies ;;
    esac
    [ "$name" = site ] && most=65536
    FUZZ_TARGET=$name FUZZ_LAST=$scratch/$name.last nice -n 15 "$program" \
        -seed="${FUZZ_SEED:-0}" -max_total_time="$seconds" -rss_limit_mb=2048 -timeout=10 -max_len=$most \
        -artifact_prefix="$fuzz/artifacts/$name/" -print_final_stats=1 -dict="$fuzz/words/$words.txt" \
        "$corpus" "$scratch/seeds/$name" >"$log" 2>&1 || code=$?
    # A stack that ran over leaves nothing behind.
    if [ "$code" -gt 128 ]; then
        cp "$scratch/$name.last" "$fuzz/artifacts/$name/crash-$(sha1sum <"$scratch/$name.last" | cut -c1-40)"
    fi
    if [ "$code" -ne 0 ]; then
        cp "$log" "$fuzz/artifacts/$name/log"
        echo "== $name failed:"
        grep -a -m 1 -A 3 -e "panicked at" -e "ERROR: libFuzzer" "$log" | cut -c1-600 || tail -n 5 "$log"
    fi
    echo "$code" >"$scratch/$name.code"
}

start=$(date +%s)
for name in "${targets[@]}"; do
    while [ "$(jobs -rp | wc -l)" -ge "$jobs" ]; do
        wait -n || true
    done
    echo "== $name for $seconds seconds"
    run "$name" &
done
wait

failed=0
printf '\n%-14s %12s %8s %8s %8s  %s\n' target executions cov ft files result
for name in "${targets[@]}"; do
    log=$scratch/$name.log
    last=$(grep -a -E '^#[0-9]+.* cov: ' "$log" | tail -n 1 || true)
    field() { sed -n "s/.* $1: \([0-9]*\).*/\1/p" <<<"$last"; }
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
    executions=${executions:-$(sed -n 's/^#\([0-9]*\).*/\1/p' <<<"$last")}
    files=$(find "$fuzz/corpus/$name" -type f | wc -l)
    result=ok
    if [ "$(cat "$scratch/$name.code")" -ne 0 ]; then
        result="failed, see artifacts/$name"
        failed=1
    fi
    printf '%-14s %12s %8s %8s %8s  %s\n' \
        "$name" "${executions:-?}" "$(field cov)" "$(field ft)" "$files" "$result"
done
echo "$((($(date +%s) - start))) seconds on $jobs cores"
exit "$failed"
