import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const HUB = 'http://127.0.0.1:3000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // The grid and the component set are what they are; they load once and stay in the browser's cache.
    chunkSizeWarningLimit: 1_600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'grid', test: /node_modules[\\/]ag-grid/ },
            { name: 'shell', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-|dayjs|react|react-dom|scheduler)/ },
          ],
        },
      },
    },
  },
  server: { port: 5173, proxy: Object.fromEntries(['/api', '/media', '/health', '/metrics'].map((path) => [path, { target: HUB, changeOrigin: false }])) },
});
