import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import { AppLoginModule } from './app-login.module.js';
import { Problem } from './app-answers.js';

/** Where the API of the government app is described. */
export const OPENAPI_PATH = '/app/openapi.json';

/** The API of the government app as an OpenAPI document: what is described is what the controller takes. */
export function describeAppApi(app: INestApplication, issuer: string): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('Tongxing: logins confirmed in the government app')
    .setDescription(
      `The app logs in at ${issuer} like any other site (public client, PKCE, scope app) and sends its access token.`,
    )
    .setVersion('1')
    .addServer(issuer)
    .addBearerAuth({ type: 'http', scheme: 'bearer' })
    .build();
  return SwaggerModule.createDocument(app, about, { include: [AppLoginModule], extraModels: [Problem] });
}
