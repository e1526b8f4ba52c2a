/** The revisions it speaks, oldest first. */
export const REVISIONS = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];

const METHOD_NOT_FOUND = -32601;
const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const INVALID_PARAMS = -32602;

/**
 * A small and correct MCP server on stdin and stdout. Each method is one behaviour: a peer that is to fail a check extends
 * this class and replaces one of them.
 */
export class GoodServer {
  /** What the client declared in `initialize`; null before it came. */
  clientCapabilities = null;
  /** The revision that was agreed on. */
  revision = null;
  /** Whether the client said that it is initialized. */
  isReady = false;
  /** The calls that take their time, by the id of their requests: how to stop one, and how to answer it. */
  running = new Map();
  /** The ids of its own requests that were not answered yet. */
  owed = new Set();
  #nextId = 1;
  #tail = '';

  /** Begins to listen; the process lives until it is asked to leave. */
  serve() {
    process.stdin.setEncoding('utf8');
    process.stdin.on('data', (text) => this.onText(text));
    process.stdin.on('end', () => this.onEnd());
    // The client has gone: nobody is left to tell.
    process.stdout.on('error', () => this.onBrokenOutput());
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => this.onSignal(signal));
    this.onStart();
  }

  /** It runs, and nothing has come yet. */
  onStart() {}

  /** Cuts what came into lines. */
  onText(text) {
    const lines = (this.#tail + text).split('\n');
    this.#tail = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') this.onLine(line);
  }

  /** Stdin has ended: the client wants it to leave. */
  onEnd() {
    process.exit(0);
  }

  /** Nobody reads what it writes. */
  onBrokenOutput() {
    process.exit(0);
  }

  onSignal(_signal) {
    process.exit(0);
  }

  onLine(line) {
    let message;
    try {
      message = JSON.parse(line);
    } catch {
      this.write({ jsonrpc: '2.0', id: null, error: { code: PARSE_ERROR, message: 'Parse error' } });
      return;
    }
    if (Array.isArray(message)) this.onBatch(message);
    else this.onMessage(message, (answer) => this.write(answer));
  }

  /** Only 2025-03-26 has batches: their answers go out as one, and those that take time by themselves. */
  onBatch(messages) {
    if (this.revision !== '2025-03-26' || messages.length === 0) {
      this.write({ jsonrpc: '2.0', id: null, error: { code: INVALID_REQUEST, message: 'Invalid request' } });
      return;
    }
    const answers = [];
    let isOver = false;
    for (const message of messages) {
      this.onMessage(message, (answer) => (isOver ? this.write(answer) : answers.push(answer)));
    }
    isOver = true;
    if (answers.length > 0) this.write(answers);
  }

  /** Takes in one message; what is answered to it goes to `send`. */
  onMessage(message, send) {
    if (message?.jsonrpc !== '2.0' || message.id === null) {
      send({ jsonrpc: '2.0', id: null, error: { code: INVALID_REQUEST, message: 'Invalid request' } });
      return;
    }
    if (typeof message.method !== 'string') {
      this.owed.delete(message.id);
      return;
    }
    const isNotification = message.id === undefined;
    if (isNotification) this.onNotification(message);
    else this.onRequest(message, (body) => send(this.responseTo(message, body)));
  }

  /** Joins an answer with the id of its request. */
  responseTo({ id }, body) {
    return { jsonrpc: '2.0', id, ...body };
  }

  onNotification({ method, params }) {
    if (method === 'notifications/initialized') this.onInitialized();
    if (method === 'notifications/cancelled') this.onCancelled(params?.requestId);
  }

  /** Stops a call that is running, and leaves it unanswered; knows of no other id. */
  onCancelled(id) {
    this.running.get(id)?.stop();
    this.running.delete(id);
  }

  /** A request of its own comes soon after, where the client declared that it answers it. */
  onInitialized() {
    this.isReady = true;
    if (this.clientCapabilities?.roots !== undefined) this.ask('roots/list');
  }

  /** Finds the answer to a request: `reply` takes `{ result }` or `{ error }`. */
  onRequest(request, reply) {
    switch (request.method) {
      case 'initialize':
        return this.onInitialize(request, reply);
      case 'ping':
        return this.onPing(request, reply);
      case 'tools/list':
        return reply({ result: { tools: this.tools() } });
      case 'tools/call':
        return this.onToolCall(request, reply);
      default:
        return this.onUnknownRequest(request, reply);
    }
  }

  onInitialize({ params }, reply) {
    this.clientCapabilities = params?.capabilities ?? {};
    this.revision = this.chooseRevision(params?.protocolVersion);
    reply({ result: this.initializeResult() });
  }

  /** Agrees to what it speaks, and offers its latest otherwise. */
  chooseRevision(offered) {
    return REVISIONS.includes(offered) ? offered : REVISIONS.at(-1);
  }

  initializeResult() {
    const serverInfo = { name: 'good-server', version: '1.0.0' };
    return { protocolVersion: this.revision, capabilities: { tools: {} }, serverInfo };
  }

  onPing(_request, reply) {
    reply({ result: {} });
  }

  tools() {
    const ms = { type: 'number', minimum: 100, maximum: 1000 };
    const tool = (name, description, properties) => ({
      name,
      description,
      inputSchema: { type: 'object', properties },
    });
    return [
      tool('echo', 'Gives back its text', { text: { type: 'string' } }),
      tool('slow', 'Takes its time', { ms, steps: { type: 'integer', minimum: 1 } }),
      tool('ask', 'Asks the client', {}),
    ];
  }

  onToolCall(request, reply) {
    switch (request.params?.name) {
      case 'echo':
        return reply(textResult(String(request.params.arguments?.text ?? '')));
      case 'slow':
        return this.onSlowCall(request, reply);
      case 'ask':
        return this.onAskCall(request, reply);
      default:
        return reply({ error: { code: INVALID_PARAMS, message: 'Unknown tool' } });
    }
  }

  /** Works in steps, and tells of each where a token came. */
  onSlowCall({ id, params }, reply) {
    const { ms = 1000, steps = 4 } = params.arguments ?? {};
    const token = params._meta?.progressToken;
    let step = 0;
    const timer = setInterval(() => {
      step += 1;
      if (token !== undefined) this.tellProgress(token, step, steps);
      if (step < steps) return;
      clearInterval(timer);
      this.running.delete(id);
      reply(textResult('done'));
    }, ms / steps);
    this.running.set(id, { reply, stop: () => clearInterval(timer) });
  }

  tellProgress(progressToken, progress, total) {
    const params = { progressToken, progress, total };
    this.write({ jsonrpc: '2.0', method: 'notifications/progress', params });
  }

  /** Asks for what the client declared; and sends a ping, of which it thinks better. */
  onAskCall(_request, reply) {
    const { sampling, roots } = this.clientCapabilities ?? {};
    if (sampling === undefined && roots === undefined) {
      reply({ error: { code: INVALID_PARAMS, message: 'The client cannot be asked for anything' } });
      return;
    }
    this.askClient({ progressToken: `server-token-${this.#nextId}` });
    this.cancelOwn(this.ask('ping'));
    reply(textResult('asked'));
  }

  askClient(_meta) {
    const content = { type: 'text', text: 'Are you there?' };
    if (this.clientCapabilities.sampling === undefined) this.ask('roots/list', { _meta });
    else this.ask('sampling/createMessage', { messages: [{ role: 'user', content }], maxTokens: 16, _meta });
  }

  /** Cancels a request of its own. */
  cancelOwn(requestId) {
    this.owed.delete(requestId);
    this.write({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId } });
  }

  onUnknownRequest({ method }, reply) {
    reply({ error: { code: METHOD_NOT_FOUND, message: `Method not found: ${method}` } });
  }

  /** Sends a request of its own, and gives back its id; the answer is of no interest. */
  ask(method, params = {}) {
    const id = `server-${this.#nextId++}`;
    this.owed.add(id);
    this.write({ jsonrpc: '2.0', id, method, params });
    return id;
  }

  /** Sends a message. On POSIX a pipe is written before this returns: the process may exit right after. */
  write(message) {
    this.writeText(`${JSON.stringify(message)}\n`);
  }

  /** Writes to stdout, which belongs to messages alone. */
  writeText(text) {
    process.stdout.write(text);
  }
}

function textResult(text) {
  return { result: { content: [{ type: 'text', text }] } };
}
