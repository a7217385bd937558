import type { Route } from './route.ts'

/** The OpenAPI 3.1 document of the routes, from the very schemas that check the requests. */
export function openapi(routes: readonly Route[]): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    ;(paths[path] ??= {})[route.method] = operation(route)
  }
  const bearer = { type: 'http', scheme: 'bearer' }
  return {
    openapi: '3.1.0',
    info: { title: 'Axle', version: '0.1.0' },
    paths,
    components: { securitySchemes: { bearer } },
  }
}

function operation({ summary, access, query, body, mayBeEmpty, path }: Route): object {
  const names = [...path.matchAll(/:(\w+)/g)].map(match => match[1]!)
  const problem = {
    description: 'A problem',
    content: { 'application/problem+json': { schema: { type: 'object' } } },
  }
  const content =
    body === 'bytes' ? { 'application/octet-stream': {} } : body && { 'application/json': { schema: body } }
  return {
    summary,
    ...(access !== 'public' && { security: [{ bearer: [] }] }),
    parameters: [
      ...names.map(name => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
      ...Object.entries(query?.properties ?? {}).map(([name, schema]) => ({
        ...{ name, in: 'query', required: query?.required?.includes(name) ?? false, schema },
      })),
    ],
    ...(content && { requestBody: { required: !mayBeEmpty, content } }),
    responses: { '2XX': { description: 'Done' }, default: problem },
  }
}
