#!/bin/sh
# One cycle as tools write it by hand with git: the peer of the bench "cycle".
#
# Usage, in a work tree:  git-script.sh PATCH MESSAGE
#
#   1. stash    what is not committed is put aside, untracked files too, so that undoing cannot lose it
#   2. apply    the patch, to the work tree and to the index at once
#   3. test     the command in $TESTS, by default "true"
#   4. commit   if the tests were green; otherwise the tree goes back to HEAD
#   5. unstash  what was put aside comes back
#
# This is what most tools do, and it is cheaper than what AutoSync does: nothing protects the work tree if the machine stops in the
# middle, no lock keeps a second run away, the content of new files may be lost in a power cut (git forces packs and references, not
# loose objects, unless core.fsync says so), and a red batch is dropped whole.
set -eu
patch=$1
message=$2

stash=$(git rev-parse --quiet --verify refs/stash || true)
git stash push --quiet --include-untracked

git apply --index "$patch"
if sh -c "${TESTS:-true}"; then
    git commit --quiet --message "$message"
else
    git reset --quiet --hard
    git clean --quiet --force -d
fi

if [ "$(git rev-parse --quiet --verify refs/stash || true)" != "$stash" ]; then
    git stash pop --quiet --index
fi
