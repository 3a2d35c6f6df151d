import { type INestApplication, Injectable } from '@nestjs/common';
import { DocumentBuilder, getSchemaPath, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from '../auth/session-cookie.js';
import { ProblemDto } from './problem.dto.js';

/** The OpenAPI 3.1 description, taken from the routes themselves once they are known. */
@Injectable()
export class OpenApiDocument {
  #document: OpenAPIObject | undefined;

  describe(app: INestApplication): void {
    const settings = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('Etalon')
      .setDescription(
        'One master catalog, every channel’s card kept equal to it. Errors are application/problem+json (RFC 9457) in the language of Accept-Language (ru, en, zh). Lists are paged by next_cursor. Writes take an Idempotency-Key; changes of a product take If-Match with its ETag.',
      )
      .setVersion('1')
      .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'API token' })
      .addCookieAuth(SESSION_COOKIE)
      .build();
    this.#document = withProblems(SwaggerModule.createDocument(app, settings, { extraModels: [ProblemDto] }));
  }

  get(): OpenAPIObject {
    if (this.#document === undefined) throw new Error('The routes are not described yet');
    return this.#document;
  }
}

/** Every route answers its refusals in one form. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const refusal = { description: 'refused', content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } } };
  for (const path of Object.values(document.paths)) {
    for (const operation of [path.get, path.put, path.post, path.delete, path.patch]) {
      if (operation !== undefined) operation.responses['default'] ??= refusal;
    }
  }
  return document;
}
