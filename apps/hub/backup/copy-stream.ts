import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import type { Connection, PoolClient, Submittable } from 'pg';

/** The part of a pg connection that COPY needs; the driver has it, its types do not. */
interface CopyConnection {
  readonly stream: Writable & { pause(): void; resume(): void };
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

function copyConnection(connection: Connection): CopyConnection {
  return connection as unknown as CopyConnection;
}

abstract class Copy implements Submittable {
  protected rows = 0;
  #failure: Error | undefined;
  #resolve: (rows: number) => void = () => undefined;
  #reject: (error: Error) => void = () => undefined;
  readonly done = new Promise<number>((resolve, reject) => {
    this.#resolve = resolve;
    this.#reject = reject;
  });

  constructor(private readonly text: string) {}

  submit(connection: Connection): void {
    copyConnection(connection).query(this.text);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.rows = Number(/COPY (\d+)/.exec(message.text)?.[1] ?? 0);
  }

  handleError(error: Error): void {
    this.#failure ??= error;
    this.#reject(error);
  }

  handleReadyForQuery(): void {
    if (this.#failure === undefined) this.#resolve(this.rows);
    else this.#reject(this.#failure);
  }

  // The driver calls these on every running query; COPY never needs them.
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
  handleEmptyQuery(): void {}
}

class CopyOut extends Copy {
  #connection: CopyConnection | undefined;

  constructor(
    text: string,
    private readonly sink: Writable,
  ) {
    super(text);
    sink.on('drain', () => this.#connection?.stream.resume());
  }

  override submit(connection: Connection): void {
    this.#connection = copyConnection(connection);
    super.submit(connection);
  }

  handleCopyData(message: { readonly chunk: Buffer }): void {
    // The driver parses into a buffer that it uses again.
    if (!this.sink.write(Buffer.from(message.chunk))) this.#connection?.stream.pause();
  }

  /** A sink that is ended tells of no drain any more: the connection must not stay paused for its next query. */
  override handleReadyForQuery(): void {
    this.#connection?.stream.resume();
    super.handleReadyForQuery();
  }
}

class CopyIn extends Copy {
  constructor(
    text: string,
    private readonly source: Readable,
  ) {
    super(text);
  }

  handleCopyInResponse(connection: Connection): void {
    const target = copyConnection(connection);
    this.pump(target).catch((error: unknown) => target.sendCopyFail(error instanceof Error ? error.message : String(error)));
  }

  private async pump(target: CopyConnection): Promise<void> {
    for await (const chunk of this.source) {
      target.sendCopyFromChunk(Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk)));
      if (target.stream.writableNeedDrain) await once(target.stream, 'drain');
    }
    target.endCopyFrom();
  }
}

/** Writes what the COPY … TO STDOUT gives to `sink` (not ended). Returns the rows. */
export function copyOut(client: PoolClient, text: string, sink: Writable): Promise<number> {
  return client.query(new CopyOut(text, sink)).done;
}

/** Feeds `source` to the COPY … FROM STDIN. Returns the rows. */
export function copyIn(client: PoolClient, text: string, source: Readable): Promise<number> {
  return client.query(new CopyIn(text, source)).done;
}
