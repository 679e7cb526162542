import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';

// Where `npm run dev` finds a server: a real `dlogs serve`, or dev/fake_server.mjs.
const server = process.env.DLOGS_URL ?? 'http://localhost:5000';

export default defineConfig({
  plugins: [
    solid({
      // Templates go through our own door, which holds the page's one Trusted Types policy.
      solid: { moduleName: new URL('./src/render/web.ts', import.meta.url).pathname },
    }),
  ],
  build: {
    target: ['chrome123', 'firefox120', 'safari17.5'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: true,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: server, ws: true, changeOrigin: true, rewriteWsOrigin: true } },
  },
  // Reducers and words need no document.
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
} as Parameters<typeof defineConfig>[0]);
