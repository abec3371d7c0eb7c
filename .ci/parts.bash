# Parts of a long run: each with a limit of its own, all of them within one; what became of each, and how long it took.
# To be sourced; `logs` is a folder of the caller's.

: "${within:=2640}" # seconds for everything: below the three quarters of an hour after which runs are cut off
failed=()
results=()

part() { # name, seconds it may take, command...
    local name=$1 limit=$2 left=$((within - SECONDS)) began=$SECONDS status outcome=passed
    shift 2
    printf '\n== %s\n' "$name"
    : >"$logs/$name"
    if [ "$limit" -gt "$left" ]; then limit=$left; fi
    if [ "$limit" -le 0 ]; then
        outcome="not begun: the $within seconds for everything are over"
    else
        # In the background and followed: a process left behind cannot hold up the rest by an open pipe.
        timeout --kill-after=20 "$limit" bash -c '"$@"' part "$@" </dev/null >"$logs/$name" 2>&1 &
        tail --quiet -n +1 -s 0.2 --follow --pid=$! "$logs/$name"
        wait $!
        status=$?
        if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
            outcome="stopped: not done within $limit seconds"
        elif [ "$status" -ne 0 ]; then
            outcome="failed with status $status"
        fi
    fi
    results+=("$(printf '%-14s %5d s  %s' "$name" $((SECONDS - began)) "$outcome")")
    [ "$outcome" = passed ] && return 0
    failed+=("$name")
    printf '== %s FAILED (%s)\n' "$name" "$outcome"
    return 1
}

summary() { # names of the parts whose log ends with the counts of pytest...
    local name
    printf '\n== Results\n'
    printf '%s\n' "${results[@]}"
    for name in "$@"; do
        printf '%-14s %s\n' "$name" "$(grep -E '^=+ .*(passed|failed|error|no tests ran).* =+$' "$logs/$name" | tail -n 1)"
    done
    if [ ${#failed[@]} -gt 0 ]; then
        printf 'Failed: %s\n' "${failed[*]}"
        return 1
    fi
    echo 'Everything passed.'
}
