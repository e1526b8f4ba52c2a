// After three unknown methods the next answer has the id of the answer before it.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  unknown = 0;
  lastId = null;

  onUnknownRequest(request, reply) {
    super.onUnknownRequest(request, reply);
    this.unknown += 1;
  }

  responseTo(request, body) {
    const id = this.unknown === 3 ? this.lastId : request.id;
    if (this.unknown === 3) this.unknown = 0;
    this.lastId = request.id;
    return super.responseTo({ ...request, id }, body);
  }
}

new FaultyServer().serve();
