// Starts Azurite with this process's arguments, and ends it in order (it saves its data first) on SIGTERM or when standard input closes:
// it never outlives whoever started it, not even one that was killed.
// Whoever read the output may be gone: a word that nobody hears must not end the process while it saves.
for (const output of [process.stdout, process.stderr]) output.on("error", () => {});

// Azurite takes each signal once, so that a second one would kill it while it saves. Its way to close is kept instead, and gone once.
// Ctrl-C in a terminal reaches every process of the group; storage is to go last, when its parent says so.
let close, closing = false;
const once = process.once.bind(process);
process.once = (event, listener) => {
  if (event !== "SIGINT" && event !== "SIGTERM") return once(event, listener);
  close = listener;
  if (closing) setImmediate(close);
  return process;
};

// A server that closes waits minutes for a connection on which nothing was asked yet, as clients open them in advance.
const http = require("http");
const closeServer = http.Server.prototype.close;
http.Server.prototype.close = function (...args) {
  setTimeout(() => this.closeAllConnections(), 1000).unref();
  return closeServer.apply(this, args);
};

function end() {
  if (closing) return;
  closing = true;
  process.stdin.unref();
  if (close) close();
}

process.on("SIGINT", () => {});
process.on("SIGTERM", end);
process.stdin.on("end", end).on("error", end).resume();
require("azurite/dist/src/azurite.js");
