import { type INestApplication, Injectable } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from '../auth/session-cookie.js';

/** The OpenAPI 3.1 description, taken from the routes themselves once they are known. */
@Injectable()
export class OpenApiDocument {
  #document: OpenAPIObject | undefined;

  describe(app: INestApplication): void {
    const settings = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Etalon')
      .setDescription(
        'One master catalog, every channel’s card kept equal to it. Errors are application/problem+json (RFC 9457). Lists are paged by next_cursor. Writes take an Idempotency-Key; changes of a product take If-Match with its ETag.',
      )
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'API token' })
      .addCookieAuth(SESSION_COOKIE)
      .build();
    this.#document = SwaggerModule.createDocument(app, settings);
  }

  get(): OpenAPIObject {
    if (this.#document === undefined) throw new Error('The routes are not described yet');
    return this.#document;
  }
}
