import { createServer } from 'node:http';

/** A server of files: paths and what they answer. */
export async function fileServer() {
  let files = new Map();
  const server = createServer((request, response) => {
    const body = files.get(request.url);
    response.writeHead(body ? 200 : 404).end(body);
  });
  await new Promise((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((done) => {
      server.close(done);
    });
  };
  const serve = (more) => {
    files = more;
  };
  return { serve, origin: `http://127.0.0.1:${server.address().port}`, stop };
}
