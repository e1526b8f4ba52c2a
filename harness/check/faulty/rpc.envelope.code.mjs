// The codes of its errors are text.
import { GoodServer } from './good-server.mjs';

class FaultyServer extends GoodServer {
  responseTo(request, body) {
    if (body.error === undefined || request.method.startsWith('mcp-lifeline/')) return super.responseTo(request, body);
    return super.responseTo(request, { error: { ...body.error, code: String(body.error.code) } });
  }
}

new FaultyServer().serve();
