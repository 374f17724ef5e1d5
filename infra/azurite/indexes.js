// Azurite keeps what it stores in Loki, and walks through all of it for much of what it is asked: for one blob those of the account, for a
// range of a table its entities, for a replaced entity an index. With a hundred thousand entities that is most of its time. Here the same
// answers are found by the indices that are there. Its version is pinned (package.json), and tests hold the answers against plain ones.
const { Collection, Resultset } = require("lokijs");
const tables = require("azurite/dist/src/table/persistence/LokiTableMetadataStore.js").default.prototype;

// Of several conditions Loki looks up only the first by an index, and Azurite's first is often the account. Where that fits many, the one
// that fits the fewest comes first.
const many = 100;
const findAnd = Resultset.prototype.findAnd;
Resultset.prototype.findAnd = Resultset.prototype.$and = function (conditions) {
  return findAnd.call(this, this.filterInitialized ? conditions : fewestFirst(this.collection, conditions));
};

function fewestFirst(collection, conditions) {
  const sizeOf = condition => {
    const [name, value] = Object.entries(condition)[0];
    if (typeof value !== "string" || !collection.binaryIndices[name] || !collection.adaptiveBinaryIndices) return Infinity;
    const [from, to] = collection.calculateRange("$eq", name, value);
    return to - from;
  };
  if (sizeOf(conditions[0]) < many) return conditions;
  const sizes = conditions.map(sizeOf);
  const first = sizes.indexOf(Math.min(...sizes));
  return [conditions[first], ...conditions.filter((_, place) => place !== first)];
}

// What is found and then removed makes Loki sort every index anew. A few are removed one by one, which keeps the indices.
const removeAll = Resultset.prototype.remove;
Resultset.prototype.remove = function () {
  if (!this.filterInitialized || this.filteredrows.length > many) return removeAll.call(this);
  for (const found of this.filteredrows.map(place => this.collection.data[place])) this.collection.remove(found);
  this.filteredrows = [];
  return this;
};

// An update puts a document's place into each index anew, though names and keys never change: only when a message is to be seen does.
const keys = new Set(["account", "accountName", "containerName", "blobName", "name", "snapshot", "queueName", "messageId", "table",
  "PartitionKey", "RowKey"]);
const updateIndex = Collection.prototype.adaptiveBinaryIndexUpdate;
Collection.prototype.adaptiveBinaryIndexUpdate = function (place, name) {
  if (!keys.has(name)) updateIndex.call(this, place, name);
};

/** A store whose collections of entities are these. */
const over = (store, entities) => Object.create(store, {
  getEntityCollection: { value: (...asked) => entities(store.getEntityCollection(...asked)) },
});

// A replaced entity is removed and inserted; it takes the old one's place instead.
const replace = tables.updateTableEntity;
tables.updateTableEntity = function (...asked) {
  return replace.apply(over(this, collection => {
    let old;
    return {
      findOne: query => collection.findOne(query),
      remove: found => { old = found; },
      insert: entity => collection.update(Object.assign(entity, { $loki: old.$loki, meta: old.meta })),
    };
  }), asked);
};

// A query looks at the partitions that its filter can mean, where all of its terms must hold.
const query = tables.queryTableEntities;
tables.queryTableEntities = function (context, account, table, options, ...places) {
  const bounds = partitions(options.filter);
  const store = bounds === null ? this : over(this, collection => ({
    chain: () => hasNumbers(collection, bounds) ? collection.chain() : collection.chain().find(bounds),
  }));
  return query.call(store, context, account, table, options, ...places);
};

/** @returns What Loki is asked for: the one partition, those between two, or from or up to one; null: it can be any. */
function partitions(filter) {
  // Texts first: what stands in them are no words of the filter.
  const texts = [];
  const plain = filter?.replace(/'(?:[^']|'')*'/g, text => `'${texts.push(text.slice(1, -1).replaceAll("''", "'")) - 1}'`) ?? "";
  if (/\b(or|not)\b/i.test(plain)) return null;
  const terms = [...plain.matchAll(/\bPartitionKey\s+(eq|ge|gt|le|lt)\s+'(\d+)'/g)].map(([, operator, at]) => [operator, texts[at]]);
  const of = (...operators) => terms.filter(([operator]) => operators.includes(operator)).map(([, text]) => text).sort();
  const [same, from, to] = [of("eq")[0], of("ge", "gt").at(-1), of("le", "lt")[0]];
  if (same !== undefined) return { PartitionKey: same };
  if (from !== undefined && to !== undefined) return { PartitionKey: { $between: [from, to] } };
  return from !== undefined ? { PartitionKey: { $gte: from } } : to !== undefined ? { PartitionKey: { $lte: to } } : null;
}

// Loki has texts that are numbers in their order as such, before all others.
const isNumber = text => !Number.isNaN(Number(text));

function hasNumbers(collection, { PartitionKey: bounds }) {
  if (typeof bounds === "string") return false;
  const first = collection.data[collection.binaryIndices.PartitionKey.values[0]];
  return Object.values(bounds).flat().some(isNumber) || (first !== undefined && isNumber(first.PartitionKey));
}
