#!/usr/bin/env bash
# Writes the file $BODY as a comment to the pull request, in place of the one of the run before.
set -euo pipefail
number=$(jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH")
if [ -z "$number" ]; then
    echo "This is no pull request: the plan stands in the summary of the job."
    exit
fi
mark='<!-- feedwright plan -->'
text=$(mktemp)
{ echo "$mark"; cat "$BODY"; } > "$text"
comments=repos/$GITHUB_REPOSITORY/issues
refused() {
    echo "::warning::The plan could not be written to the pull request: the job needs \`permissions: {pull-requests: write}\`, and a fork has none. It stands in the summary of the job."
    exit 0
}
before=$(gh api --paginate "$comments/$number/comments" \
    --jq ".[] | select(.body | startswith(\"$mark\")) | .id" | head -n 1) || refused
if [ -n "$before" ]; then
    gh api --method PATCH "$comments/comments/$before" -F "body=@$text" --silent || refused
else
    gh api --method POST "$comments/$number/comments" -F "body=@$text" --silent || refused
fi
