#!/bin/sh
# A VS Code executable for `@vscode/test-electron`, run by the Node of node_modules.
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
exec "$here/../../node_modules/.bin/node" "$here/vscode.ts" "$@"
