/** Preloaded into the program: asks it to stop when the starter was killed and can no longer pass a signal on. */
if (process.connected) {
  process.channel?.unref();
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM');
    setTimeout(() => process.exit(1), 20_000).unref();
  });
}
