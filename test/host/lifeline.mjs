// Loaded into the server before its own code: when whoever holds the other end of standard input is gone,
// even without a chance to say goodbye, so is the server.
process.stdin.on('end', () => process.exit()).resume();
process.stdin.unref();
