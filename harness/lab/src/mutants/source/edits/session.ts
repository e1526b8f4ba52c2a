import type { EditedFile } from '../edit.js';

/** `session/notifying.ts`: what the application tells the peer. */
export const NOTIFYING: EditedFile = {
  file: 'session/notifying.ts',
  edits: [
    {
      name: "an application may send what is the session's own",
      find: 'if (OWN.includes(method)) throw',
      replace: 'if (false) throw',
      breaks: 'a second initialized, a cancellation of nothing',
    },
    {
      name: 'a notification on the way out is reported',
      find: "  if (turn.phase === 'closing' || turn.phase === 'closed') return;\n",
      replace: '',
      breaks: 'what was right a moment ago is taken for our fault',
    },
    {
      name: 'a notification after the end is reported',
      find: "if (turn.phase === 'closing' || turn.phase === 'closed') return;",
      replace: "if (turn.phase === 'closing') return;",
      breaks: 'what was right a moment ago is taken for our fault',
    },
    {
      name: 'notifications are urgent',
      find: 'send(turn, notification(method, params), false)',
      replace: 'send(turn, notification(method, params), true)',
      breaks: 'notifications pass where others wait for room: no back-pressure',
    },
    {
      name: 'a notification that is not allowed is dropped in silence',
      find: "  else report(turn, { code: 'notAllowed', blame: 'us', ...refusal, got: method });\n",
      replace: '',
      breaks: 'the application never learns why nothing is heard',
    },
    {
      name: 'notifications need no handshake',
      find: "const isEarly = !tags.has('mayCall') &&",
      replace: 'const isEarly = false &&',
      breaks: 'a notification goes out before the handshake allows it',
    },
    {
      name: 'log messages wait for initialized',
      find: " && !(tags.has('mayLog') && waitsFor(config.role, method) !== 'initialized')",
      replace: '',
      breaks: 'what a server logs at its start is lost',
    },
    {
      name: 'every notification is as early as a log message',
      find: " && waitsFor(config.role, method) !== 'initialized'",
      replace: '',
      breaks: 'a notification goes out before the handshake allows it',
    },
    {
      name: 'notifications need nothing declared',
      find: '  if (refusal === null) return null;\n  return { expected',
      replace: '  if (refusal !== undefined) return null;\n  return { expected',
      breaks: 'what was not negotiated is sent',
    },
  ],
};

/** `session/machine-steps.ts`: what a machine asks for, done. */
export const MACHINE_STEPS: EditedFile = {
  file: 'session/machine-steps.ts',
  edits: [
    {
      name: 'a whole interval of silence is not enough',
      find: 'turn.now - turn.heard >= keepaliveMs',
      replace: 'turn.now - turn.heard > keepaliveMs',
      breaks: 'a silent peer is pinged one interval late',
    },
    {
      name: 'a busy peer is pinged',
      find: '>= keepaliveMs && !busy,',
      replace: '>= keepaliveMs,',
      breaks: 'a peer that works is given up',
    },
    {
      name: 'nobody is ever busy',
      find: 'const busy = turn.calls.size > 0;',
      replace: 'const busy = false;',
      breaks: 'a peer that works is given up',
    },
    {
      name: 'handlers of ours make the peer busy',
      find: 'const busy = turn.calls.size > 0;',
      replace: 'const busy = turn.calls.size > 0 || turn.peers.size > 0;',
      breaks: 'a dead peer is not noticed while a handler works for it',
    },
    {
      name: 'one miss too many',
      find: 'turn.snapshot.context.misses + 1 >= misses',
      replace: 'turn.snapshot.context.misses >= misses',
      breaks: 'a dead peer is noticed one ping late',
    },
    {
      name: 'nothing is ever forced',
      find: "forced: turn.path === 'closing.forced'",
      replace: 'forced: false',
      breaks: 'a channel is told twice to end now',
    },
    {
      name: 'a timer is armed under no name that is disarmed',
      find: 'else disarm(turn, action.delay);',
      replace: 'else if (false) disarm(turn, action.delay);',
      breaks: 'no timer of a machine is ever disarmed',
    },
    {
      name: 'tags are those of the state before',
      find: '  turn.tags = turn.lifecycle.tags(snapshot);\n',
      replace: '',
      breaks: 'nothing may ever be sent',
    },
    {
      name: 'a phase is told though it is the same',
      find: '  if (phase === turn.phase) return;\n',
      replace: '',
      breaks: 'whoever waits for a phase is told it again and again',
    },
    {
      name: 'a phase is told without its cause',
      find: '...(why === null ? {} : { why })',
      replace: '...(why === null ? {} : {})',
      breaks: 'nobody learns why a session ended',
    },
    {
      name: 'the handshake waits for room',
      find: "send(turn, notification('notifications/initialized'), true);",
      replace: "send(turn, notification('notifications/initialized'), false);",
      breaks: 'the handshake waits behind what waits for it',
    },
    {
      name: 'a ping shares its id with the next request',
      find: 'turn.pingId = turn.nextId;\n      turn.nextId += 1;',
      replace: 'turn.pingId = turn.nextId;',
      breaks: 'a pong settles a call',
    },
    {
      name: 'a ping waits for room',
      find: "send(turn, request(turn.pingId, 'ping'), true);",
      replace: "send(turn, request(turn.pingId, 'ping'), false);",
      breaks: 'a peer is given up for a ping that was never written',
    },
    {
      name: 'a ping is not awaited',
      find: "send(turn, request(turn.pingId, 'ping'), true);",
      replace: "send(turn, request(turn.pingId, 'ping'), true);\n      turn.pingId = null;",
      breaks: 'every pong is taken for a fault',
    },
    {
      name: 'initialize shares its id with the next request',
      find: 'turn.initializeId = turn.nextId;\n  turn.nextId += 1;',
      replace: 'turn.initializeId = turn.nextId;',
      breaks: 'the answer to initialize settles a ping',
    },
    {
      name: 'a client offers its oldest',
      find: "protocolVersion: revisions.at(-1) ?? ''",
      replace: "protocolVersion: revisions.at(0) ?? ''",
      breaks: 'breaks lifecycle/version-offer-latest',
    },
    {
      name: 'a client tells other capabilities than it was given',
      find: "?? '', capabilities, clientInfo: info }",
      replace: "?? '', capabilities: {}, clientInfo: info }",
      breaks: 'the server does not ask for what is offered',
    },
    {
      name: 'the clean-up is told another cause',
      find: "why: turn.snapshot.context.why ?? 'asked'",
      replace: "why: 'asked'",
      breaks: 'a clean-up that asks for the cause is misled',
    },
    {
      name: 'what nobody caught exits with 0',
      find: "if (how === 'uncaught') return 1;",
      replace: "if (how === 'uncaught') return 0;",
      breaks: 'a crash looks like a clean end',
    },
    {
      name: 'a clean exit tells of a signal',
      find: "return how === 'cutShort' && 'signal' in context",
      replace: "return 'signal' in context",
      breaks: 'a clean end looks like a kill',
    },
    {
      name: 'what is cut short tells of SIGTERM alone',
      find: '(context.signal ?? SIGTERM_CODE)',
      replace: 'SIGTERM_CODE',
      breaks: 'whoever sent SIGINT reads another signal',
    },
    {
      name: 'an interval counts from its wake-up',
      find: "return delay === 'keepalive' && fromHeard > turn.now ? fromHeard : turn.now + ms;",
      replace: 'return turn.now + ms;',
      breaks: 'a silent peer is pinged up to one interval late',
    },
    {
      name: 'every timer counts from the last byte',
      find: "return delay === 'keepalive' && fromHeard > turn.now ? fromHeard : turn.now + ms;",
      replace: 'return fromHeard > turn.now ? fromHeard : turn.now + ms;',
      breaks: 'a peer that spoke a while ago gets less time than it should',
    },
    {
      name: 'an interval may begin in the past',
      find: "return delay === 'keepalive' && fromHeard > turn.now ? fromHeard : turn.now + ms;",
      replace: "return delay === 'keepalive' ? fromHeard : turn.now + ms;",
      breaks: 'beside a busy peer the wake-up comes again and again at once',
    },
  ],
};

/** `session/step.ts`: one input, one step. */
export const STEP: EditedFile = {
  file: 'session/step.ts',
  edits: [
    {
      name: 'the last answer to come in ends no waiting',
      find: '      receive(turn, input.json);\n      noteAnswered(turn);',
      replace: '      receive(turn, input.json);',
      breaks: 'a server whose last request is cancelled waits for its whole time',
    },
    {
      name: 'the last answer of a handler ends no waiting',
      find: '      answerRequest(turn, input);\n      noteAnswered(turn);',
      replace: '      answerRequest(turn, input);',
      breaks: 'a server that is done waits for its whole time',
    },
    {
      name: 'the first answer of a handler ends the waiting',
      find: "if (turn.peers.size === 0 && turn.tags.has('awaitsHandlers'))",
      replace: "if (turn.tags.has('awaitsHandlers'))",
      breaks: 'handlers are aborted that had time left',
    },
    {
      name: 'a server drains without handlers',
      find: ' && turn.peers.size > 0;',
      replace: ';',
      breaks: 'a server that has nothing to do waits',
    },
    {
      name: 'a server drains for nothing',
      find: 'turn.config.drainMs > 0 && turn.peers.size > 0',
      replace: 'turn.peers.size > 0',
      breaks: 'handlers that get no time are not aborted in the step of leaving',
    },
    {
      name: 'SIGINT and SIGTERM are mixed up',
      find: 'SIGINT: 130, SIGTERM: 143',
      replace: 'SIGINT: 143, SIGTERM: 130',
      breaks: 'the exit code names another signal',
    },
    {
      name: 'an error on the way out of the door is told again',
      find: "      if (turn.tags.has('over')) break;\n",
      replace: '',
      breaks: 'an error in the reporting of an error goes round for ever',
    },
    {
      name: 'an uncaught error is not reported',
      find: "      report(turn, { code: 'uncaught', blame: 'us', expected: 'errors that are caught', got: input.message });\n",
      replace: '',
      breaks: 'a server dies without a word',
    },
    {
      name: 'an uncaught error ends nothing',
      find: "      feed(turn, { type: 'uncaught' });\n",
      replace: '',
      breaks: 'a server goes on in a state that nobody knows',
    },
    {
      name: 'a stale expiry counts',
      find: '  if (turn.timers[name]?.generation !== generation) return;\n',
      replace: '',
      breaks: 'a timer that was disarmed in time fires all the same',
    },
    {
      name: 'the expiry of what is not armed counts',
      find: 'if (turn.timers[name]?.generation !== generation) return;',
      replace: 'if ((turn.timers[name]?.generation ?? generation) !== generation) return;',
      breaks: 'a timer that was disarmed in time fires all the same',
    },
    {
      name: 'a timer that ran out is still armed',
      find: '  turn.timers = withoutTimer(turn.timers, name);\n',
      replace: '',
      breaks: 'a look at the deadlines is never armed again',
    },
    {
      name: 'bytes of the future count',
      find: 'turn.heard = Math.min(readClock(heard), turn.now);',
      replace: 'turn.heard = readClock(heard);',
      breaks: 'with a clock that ran backwards an interval is too long',
    },
    {
      name: 'every expiry tells of a byte',
      find: 'turn.heard = Math.min(readClock(heard), turn.now);',
      replace: '',
      breaks: 'no peer is ever silent',
    },
    {
      name: 'deadlines are not looked at',
      find: "if (name === 'calls') sweepCalls(turn);",
      replace: "if (name === 'calls') return;",
      breaks: 'no call ever runs out of time',
    },
    {
      name: 'an exit is not told',
      find: "  if (turn.exitCode !== null) ask(turn, { type: 'exit', code: turn.exitCode });\n",
      replace: '',
      breaks: 'a server never exits',
    },
  ],
};
