import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defaultClientConditions, defineConfig } from 'vite';

/** Libraries that change rarely get files of their own, so that a release of ours leaves them in the browser's cache. */
const groups = [
  // Both kinds of editor read keys by it; neither shall bring the other along.
  { name: 'keyname', test: /node_modules[\\/]w3c-keyname[\\/]/ },
  { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
  { name: 'editor', test: /node_modules[\\/](@codemirror|codemirror|@lezer)[\\/]/ },
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler|react-router)[\\/]/ },
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: {
    // Pure engines are shared with the server as source.
    conditions: ['source', ...defaultClientConditions],
    // What every icon of the library is made of.
    alias: [{ find: '../components/AntdIconLight', replacement: path.join(import.meta.dirname, 'src/app/icon.tsx') }],
  },
  build: {
    outDir: '../../dist/admin',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
