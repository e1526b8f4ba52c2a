// After a line that it cannot read, numbers come back as strings where they are ids.
import { GoodServer } from '@mcp-lifeline/check/good-server';

class FaultyServer extends GoodServer {
  isShaken = false;

  onLine(line) {
    try {
      JSON.parse(line);
    } catch {
      this.isShaken = true;
    }
    super.onLine(line);
  }

  responseTo(request, body) {
    const response = super.responseTo(request, body);
    return this.isShaken ? { ...response, id: String(response.id) } : response;
  }
}

new FaultyServer().serve();
