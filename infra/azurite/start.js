// Starts Azurite with this process's arguments and ends it in order (as on SIGTERM: it saves its data) when standard
// input closes, so that it never outlives whoever started it, not even one that was killed.
process.stdin.resume();
process.stdin.on("end", () => process.emit("SIGTERM"));
process.stdin.on("error", () => process.emit("SIGTERM"));
require("azurite/dist/src/azurite.js");
