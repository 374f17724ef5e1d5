// What someone would write by hand to get a file into the table, tuned: csv-parse, @azure/data-tables, whole transactions of a hundred
// entities, four at once. It matches no accounts, checks nothing, and forgets everything when it is killed.
// Usage: node import.js CONNECTION FILE TABLE PRODUCT DATE; prints the seconds that it took.
const fs = require("node:fs");
const { parse } = require("csv-parse");
const { TableClient } = require("@azure/data-tables");

const [connection, file, table, product, date] = process.argv.slice(2);
const client = TableClient.fromConnectionString(connection, table, { allowInsecureConnection: true });
const blockSize = 100;
const atOnce = 4;

async function readBlocks() {
  const blocks = new Map();
  const rows = fs.createReadStream(file, { highWaterMark: 1 << 20 }).pipe(parse({ columns: true }));
  let row = 0;
  for await (const record of rows) {
    row++;
    const ordinal = Number(record.customer_id.slice(4));
    const block = Math.floor(ordinal / blockSize);
    let entities = blocks.get(block);
    if (!entities) blocks.set(block, (entities = new Map()));
    entities.set(ordinal, {
      partitionKey: `${(block % 16).toString(16)}|${product}|${date}|${block}`,
      rowKey: `a${String(ordinal).padStart(7, "0")}`,
      run: "20261122T101530-0123456789ab",
      row: BigInt(row),
      d_monthly_active_users: { type: "Double", value: record.mau },
      d_api_request_count: { type: "Double", value: record.api_calls },
      d_subscription_plan: record.plan_type,
      d_active_status: record.is_active === "true",
    });
  }
  return blocks.values();
}

async function writeAll(blocks) {
  const write = async () => {
    for (const entities of blocks) await client.submitTransaction([...entities.values()].map((entity) => ["upsert", entity, "Merge"]));
  };
  await Promise.all(Array.from({ length: atOnce }, write));
}

(async () => {
  const start = process.hrtime.bigint();
  await writeAll(await readBlocks());
  console.log(Number(process.hrtime.bigint() - start) / 1e9);
})();
