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

// Azurite answers a write before it has saved it, and on a full disk it never saves it, or never answers. So none is taken while there is
// less room than what it may have to write: its databases, each anew, and some files. Whoever asks is told so at once. (Node 18.15 and
// later can tell the room.)
const fs = require("fs"), path = require("path");
const argument = name => { const at = process.argv.indexOf(name); return at < 0 ? null : process.argv.splice(at, 2)[1]; };
const reserved = Number(argument("--reservedBytes") ?? 32 * 1024 * 1024);
const at = process.argv.indexOf("--location"), folder = at < 0 ? null : process.argv[at + 1];

let databases = 0, measured = 0;
function databaseBytes() {
  if (Date.now() - measured < 5000) return databases;
  measured = Date.now();
  return databases = fs.readdirSync(folder).filter(name => name.endsWith(".json"))
    .reduce((sum, name) => sum + fs.statSync(path.join(folder, name)).size, 0);
}

function hasRoom(request) {
  const disk = fs.statfsSync?.(folder);
  return !disk || disk.bavail * disk.bsize > reserved + databaseBytes() + Number(request.headers["content-length"] ?? 0);
}

const emit = http.Server.prototype.emit;
http.Server.prototype.emit = function (event, request, response) {
  if (event !== "request" || !folder || ["GET", "HEAD"].includes(request.method) || hasRoom(request)) return emit.apply(this, arguments);
  request.resume();
  response.writeHead(507, { "x-ms-error-code": "InsufficientStorage", "content-type": "application/xml" });
  response.end("<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>InsufficientStorage</Code>" +
    "<Message>The disk of the storage emulator has too little room: free some.</Message></Error>");
  return true;
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
require("./indexes.js");
require("azurite/dist/src/azurite.js");
