import { type Act, type Case, type Declared, idOf, isMessage, type RequestAct } from './act.js';
import { advance, type Forecast, newForecast } from './forecast.js';
import { type Means, toolOf } from './means.js';

/** Tells a case in sentences, one for each act, and one for how it ends. */
export function storyOf(one: Case, means: Means): readonly string[] {
  const sentences: string[] = [];
  let forecast = newForecast(one.offer, means);
  for (const act of one.acts) {
    sentences.push(sentence(act, forecast, sentences.length === 0));
    forecast = advance(forecast, act);
  }
  if (forecast.stage === 'over') return sentences;
  return [...sentences, 'It waits for what is due, and asks three more things, one after the other.'];
}

function sentence(act: Act, forecast: Forecast, isFirst: boolean): string {
  const who = isFirst ? 'The client' : act.joined === true ? 'In the same write it' : 'It';
  return `${who} ${deed(act, forecast)}.`;
}

function deed(act: Act, forecast: Forecast): string {
  if (act.do === 'request') return requestDeed(act, forecast.means);
  switch (act.do) {
    case 'initialize':
      return `sends initialize, offering ${forecast.offer} and declaring ${declaredText(act.declares)}`;
    case 'initialized':
      return 'says that it is initialized, as soon as it has the answer';
    case 'cancel':
      return `cancels request ${nameOf(act.of, forecast)}`;
    case 'cancel-unknown':
      return 'cancels a request that it never sent';
    case 'tell-roots-changed':
      return 'tells that its roots have changed';
    case 'batch': {
      const beside = act.hasNotification === true ? ' beside a notification' : '';
      const members = act.members.map((member) => requestText(member, forecast.means)).join(', ');
      return `sends a batch of ${act.members.length}${beside}: ${members}`;
    }
    case 'garbage':
      return act.text === 'cut' ? 'writes a line of JSON that breaks off' : 'writes a line that is no JSON';
    case 'stray-response':
      return 'sends a response to no request';
    default:
      return timing(act, forecast);
  }
}

function timing(act: Act, forecast: Forecast): string {
  switch (act.do) {
    case 'reply':
      return REPLY_TEXTS[act.how];
    case 'pause':
      return `lets ${act.ms} ms pass`;
    case 'settle':
      return 'waits until all of that is answered';
    case 'stop-reading':
      return `leaves the server's output unread for ${act.ms} ms, and goes on`;
    case 'eof':
      return `ends the server's input${openText(forecast)}`;
    case 'sigterm':
      return `sends SIGTERM${openText(forecast)}`;
    default:
      return isMessage(act) ? 'sends a message' : 'goes on';
  }
}

const REPLY_TEXTS = {
  'at-once': 'answers at once from here on, whatever the server asks',
  late: 'answers late from here on, whatever the server asks',
  never: 'answers nothing but pings from here on, whatever the server asks',
  error: 'answers with errors from here on, whatever the server asks',
} as const;

function requestDeed(act: RequestAct, means: Means): string {
  const pieces = act.pieces === undefined ? '' : `, written in ${act.pieces} pieces`;
  return `sends request ${requestText(act, means)}${pieces}`;
}

/** A request by its id, as the trace has it, and what it asks for. */
function requestText(act: RequestAct, means: Means): string {
  const token = act.token === undefined ? '' : `, with a ${act.token} as progress token`;
  return `${JSON.stringify(idOf(act))} (${questionText(act, means)}${token})`;
}

function questionText({ ask }: RequestAct, means: Means): string {
  const tool = toolOf(ask, means);
  if (tool !== null) {
    const takes = ask === 'asking' ? 'which asks the client' : `which takes ${(tool.takesMs / 1000).toFixed(2)} s`;
    return `a call of ${tool.name}, ${takes}`;
  }
  if (ask === 'unknown-method') return 'a method that nobody has';
  return ask === 'unknown-tool' ? 'a call of a tool that is not there' : ask;
}

function declaredText(declares: readonly Declared[]): string {
  if (declares.length === 0) return 'nothing';
  return declares.map((one) => (one === 'roots-changed' ? 'roots that may change' : one)).join(' and ');
}

/** What is open at the end of it all, so far as can be foreseen. */
function openText({ open, stage }: Forecast): string {
  if (stage === 'opening') return ' before initialize is answered';
  if (stage === 'agreed') return ' before it says that it is initialized';
  if (open.length === 0) return '';
  return open.length === 1 ? ' while that request is open' : ` while ${open.length} requests are open`;
}

function nameOf(name: number, { ids }: Forecast): string {
  return JSON.stringify(ids[name] ?? name);
}
