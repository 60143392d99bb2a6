#!/usr/bin/env bash
# Runs $COMMAND with $ARGS, with problems beside the lines that they are about, and says how it
# ended in the step's outputs and in the job's summary.
set -euo pipefail
read -r -a args <<< "${ARGS:-}"
code=0

# The numbers of a plan in a line, such as "3 new entries for subscribers, 1 changed, 1 held, 1 scheduled
# for 2026-12-07".
headline() {
    jq -r '
        def distinct(part): [.feeds[] | part[] | .id] | unique | length;
        def counted(one; many): if . == 1 then "1 \(one)" else "\(.) \(many)" end;
        if .refused then "Nothing would be published, because of errors"
        elif .alarm then "Nothing would be published: \(.alarm.findings | join("; "))"
        else
            (distinct(.new) | counted("new entry"; "new entries")) + " for subscribers"
            + (distinct(.changed) | if . > 0 then ", \(.) changed" else "" end)
            + (.held // [] | length | if . > 0 then ", \(.) held" else "" end)
            + (.scheduled // [] | if length == 1 then ", 1 scheduled for \(.[0].date[:10])"
                elif length > 1 then ", \(length) scheduled, the first for \(.[0].date[:10])" else "" end)
        end'
}

# Titles are anybody's words: here they are text and nothing else. A comment has room for 65,536
# characters.
as_html() {
    LC_ALL=C awk '{ n += length($0) + 1; if (n > 40000) { print "…"; exit } print }' |
        sed 's/&/\&amp;/g; s/</\&lt;/g; s/>/\&gt;/g'
}

case $COMMAND in
    build | check)
        feedwright "$COMMAND" --message-format github ${args[@]+"${args[@]}"} || code=$?
        ;;
    plan)
        text=$(feedwright plan --message-format github ${args[@]+"${args[@]}"}) || code=$?
        printf '%s\n' "$text"
        json=$(feedwright plan --json --quiet ${args[@]+"${args[@]}"} 2>/dev/null) || true
        if [ -n "$json" ]; then
            summary=$(headline <<< "$json")
            body=$RUNNER_TEMP/feedwright-plan.md
            {
                echo "**$summary**"
                echo
                echo '<details><summary>The plan</summary>'
                echo
                printf '<pre>%s</pre>\n' "$(as_html <<< "$text")"
                echo
                echo '</details>'
            } > "$body"
            cat "$body" >> "$GITHUB_STEP_SUMMARY"
            { echo "summary=$summary"; echo "comment=$body"; } >> "$GITHUB_OUTPUT"
        fi
        ;;
    *)
        echo "::error::\`command\` is \`$COMMAND\`: it is \`build\`, \`check\` or \`plan\`"
        code=2
        ;;
esac
echo "code=$code" >> "$GITHUB_OUTPUT"
# That entries are held, or posts wrong, is what a plan is asked for.
if [ "$COMMAND" = plan ] && { [ $code -eq 3 ] || [ $code -eq 4 ]; }; then
    exit 0
fi
exit $code
