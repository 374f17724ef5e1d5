import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

const out = 'obj/page';

// What is sent is packed once, here, instead of with every answer.
const packed = (): Plugin => ({
  name: 'packed',
  apply: 'build',
  closeBundle() {
    for (const entry of readdirSync(out, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      const plain = readFileSync(file);
      for (const [ending, bytes] of [['.br', brotliCompressSync(plain)], ['.gz', gzipSync(plain, { level: 9 })]] as const)
        if (bytes.length < plain.length) writeFileSync(file + ending, bytes);
    }
  },
});

export default defineConfig({
  base: '/ui/',
  build: { outDir: out, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: 'es2022' },
  plugins: [packed()],
  server: { proxy: { '/api': 'http://127.0.0.1:7071' } },
});
