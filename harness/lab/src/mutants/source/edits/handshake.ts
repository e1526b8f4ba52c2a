import type { EditedFile } from '../edit.js';

/** `session/handshake.ts`: `initialize`, its answer, and `initialized`. */
export const HANDSHAKE: EditedFile = {
  file: 'session/handshake.ts',
  edits: [
    {
      name: 'initialize without what it needs is taken',
      find: "  if (!reading.ok) {\n    const expected = 'protocolVersion, capabilities and clientInfo';",
      replace:
        "  if (!reading.ok && reading.why === '') {\n    const expected = 'protocolVersion, capabilities and clientInfo';",
      breaks: 'the server fails at what it was not given',
    },
    {
      name: 'initialize without what it needs is left without an answer',
      find: '    send(turn, failure(request.id, INVALID_PARAMS, reading.why), true);\n',
      replace: '',
      breaks: 'the client waits for its whole budget',
    },
    {
      name: 'initialize without what it needs is no fault',
      find: "    report(turn, { code: 'refusedInitialize', clause: 'lifecycle/initialize-request', expected, got: reading.why });\n",
      replace: '',
      breaks: 'nobody learns what the client did wrong',
    },
    {
      name: 'a server agrees to whatever it is offered',
      find: 'return isRevision(offered) && ours.includes(offered) ? offered : newest;',
      replace: 'return isRevision(offered) ? offered : newest;',
      breaks: 'a server agrees to a revision that it does not speak',
    },
    {
      name: 'a server offers its newest whatever it is offered',
      find: 'return isRevision(offered) && ours.includes(offered) ? offered : newest;',
      replace: 'return newest;',
      breaks: 'clients of older revisions are turned away',
    },
    {
      name: 'a server offers its oldest',
      find: "const [newest = '2024-11-05'] = ours.slice(-1);",
      replace: "const [newest = '2024-11-05'] = ours;",
      breaks: 'breaks lifecycle/version-counter-latest',
    },
    {
      name: 'a server forgets what it agreed on',
      find: '  agree(turn, { revision, capabilities, info });\n',
      replace: '',
      breaks: 'nothing that needs a declaration may be sent',
    },
    {
      name: 'a server tells other capabilities than it was given',
      find: '    capabilities: config.capabilities,\n    serverInfo',
      replace: '    capabilities: {},\n    serverInfo',
      breaks: 'the client does not ask for what is offered',
    },
    {
      name: 'a server keeps its instructions to itself',
      find: "...(config.role === 'server' && config.instructions !== undefined ? { instructions: config.instructions } : {}),",
      replace: '',
      breaks: 'the model never learns how to use the server',
    },
    {
      name: 'a server does not answer initialize',
      find: "  feed(turn, { type: 'initializeAsked' });\n",
      replace: '',
      breaks: 'no session begins',
    },
    {
      name: 'initialized counts at any time',
      find: "if (turn.tags.has('awaitsInitialized')) {",
      replace: 'if (true) {',
      breaks: 'an initialized that comes too early or twice is not reported',
    },
    {
      name: 'a server watches against its configuration',
      find: "{ type: 'initialized', watches: turn.config.keepaliveMs !== null }",
      replace: "{ type: 'initialized', watches: true }",
      breaks: 'a timer is armed for a duration that there is not',
    },
    {
      name: 'a server never watches',
      find: "{ type: 'initialized', watches: turn.config.keepaliveMs !== null }",
      replace: "{ type: 'initialized', watches: false }",
      breaks: 'a dead client is never noticed',
    },
    {
      name: 'an initialized that crossed our leaving is reported',
      find: "  if (turn.phase === 'closing') return;\n",
      replace: '',
      breaks: 'two messages that crossed are taken for a fault',
    },
    {
      name: 'an initialized that comes too early or twice is not reported',
      find: "  report(turn, { code: 'earlyRequest', clause, expected: 'initialized once, after the answer to initialize', got });\n",
      replace: '',
      breaks: 'nobody learns what the client did wrong',
    },
    {
      name: 'the answer to initialize may come twice',
      find: '  turn.initializeId = null;\n',
      replace: '',
      breaks: 'what was agreed on changes in the middle of a session, and nobody is told',
    },
    {
      name: 'a refusal of initialize is not noticed',
      find: "    feed(turn, { type: 'initializeRefused' });\n    return;",
      replace: '    return;',
      breaks: 'the client waits for its whole budget',
    },
    {
      name: 'a refusal of initialize is no fault',
      find: "    report(turn, { code: 'refusedInitialize', clause: 'lifecycle/initialize-result', expected, got: reading });\n",
      replace: '',
      breaks: 'nobody learns why there is no session',
    },
    {
      name: 'a client agrees to whatever it is offered',
      find: 'if (isRevision(protocolVersion) && revisions.includes(protocolVersion)) {',
      replace: 'if (isRevision(protocolVersion)) {',
      breaks: 'a client speaks a revision that it does not speak',
    },
    {
      name: 'a client agrees where nothing can be written',
      find: "if (turn.tags.has('awaitsAnswer')) agree",
      replace: 'agree',
      breaks: 'a session that never was tells of a peer',
    },
    {
      name: 'a client forgets what it agreed on',
      find: "    if (turn.tags.has('awaitsAnswer')) agree(turn, { revision: protocolVersion, capabilities, info, ...told });\n",
      replace: '',
      breaks: 'nothing that needs a declaration may be sent',
    },
    {
      name: 'a client forgets the instructions',
      find: 'const told = instructions === undefined ? {} : { instructions };',
      replace: 'const told = {};',
      breaks: 'the model never learns how to use the server',
    },
    {
      name: 'a client watches against its configuration',
      find: 'speaks: true, watches: keepaliveMs !== null',
      replace: 'speaks: true, watches: true',
      breaks: 'a timer is armed for a duration that there is not',
    },
    {
      name: 'a client never watches',
      find: 'speaks: true, watches: keepaliveMs !== null',
      replace: 'speaks: true, watches: false',
      breaks: 'a dead server is never noticed',
    },
    {
      name: 'a client stays with what it does not speak',
      find: "{ type: 'initializeAnswered', speaks: false, watches: false }",
      replace: "{ type: 'initializeAnswered', speaks: true, watches: false }",
      breaks: 'a session goes on in a revision that one end does not speak',
    },
    {
      name: 'a revision that a client does not speak is no fault',
      find: "    report(turn, { code: 'unsupportedRevision', expected, got: protocolVersion.slice(0, LONGEST_QUOTED) });\n",
      replace: '',
      breaks: 'nobody learns why there is no session',
    },
    {
      name: 'what is agreed on is not told',
      find: '  turn.peer = peer;\n',
      replace: '',
      breaks: 'the application does not learn whom it speaks with',
    },
    {
      name: 'what is agreed on does not bind',
      find: '  turn.agreement = agreementOf(turn.config, peer);\n',
      replace: '',
      breaks: 'what was not negotiated is sent, and nothing is a batch',
    },
  ],
};
