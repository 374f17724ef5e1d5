// Starts Azurite with this process's arguments and ends it in order, as SIGTERM does (it saves its data first), when
// standard input closes: it never outlives whoever started it, not even one that was killed.
process.stdin.resume();
process.stdin.on("end", () => process.emit("SIGTERM"));
process.stdin.on("error", () => process.emit("SIGTERM"));
require("azurite/dist/src/azurite.js");

// Ctrl-C in a terminal reaches every process of the group; storage is to go last, after the app.
process.removeAllListeners("SIGINT");
process.on("SIGINT", () => {});
