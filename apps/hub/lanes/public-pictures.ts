import { createHttpClient } from '#platform';

const PROBE_EVERY_MS = 60_000;

/**
 * Where channels fetch the master's pictures. A real channel needs PUBLIC_MEDIA_URL to answer our own probe; a sandbox on this machine
 * may use the hub's own address.
 */
export class PublicPictures {
  private reachable = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly hubUrl: string,
    private readonly publicUrl: string | undefined,
  ) {}

  async start(): Promise<void> {
    if (this.publicUrl === undefined) return;
    await this.probe(this.publicUrl);
    this.timer = setInterval(() => void this.probe(this.publicUrl ?? ''), PROBE_EVERY_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** A URL of the picture that no channel has seen (the nonce is part of the name); undefined while pictures cannot be reached. */
  urlOf(digest: string, nonce: string, sandbox: boolean): string | undefined {
    const base = this.publicUrl ?? (sandbox ? this.hubUrl : undefined);
    if (base === undefined || (this.publicUrl !== undefined && !this.reachable)) return undefined;
    return `${base.replace(/\/$/, '')}/media/${digest}-${nonce}.jpg`;
  }

  private async probe(base: string): Promise<void> {
    const http = createHttpClient({ allowPrivate: [new URL(base).host], timeoutMs: 5_000, maxBytes: 10_000 });
    this.reachable = await http.request({ method: 'GET', url: `${base.replace(/\/$/, '')}/health/live` }).then(
      (answer) => answer.status === 200,
      () => false,
    );
  }
}
