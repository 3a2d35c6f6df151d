/** Shown when the console is not built: the hub works without it. */
export function placeholderPage(): string {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Эталон</title><meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:15vh auto;padding:0 1rem;color:#222}a{color:#0a58ca}</style></head>
<body><h1>Эталон работает</h1><p>Консоль не собрана: остановите и запустите снова командой <code>npm start</code>.</p>
<p><a href="/api/docs">Описание API</a> · состояние в терминале: <code>npm run -s etalon -- status</code></p></body></html>`;
}
