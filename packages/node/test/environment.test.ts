import { describe, expect, it } from 'vitest';
import { inheritedEnvironment } from '../src/environment.js';

describe('the environment that a server inherits', () => {
  it('is what programs need, and no secret', () => {
    const environment = { PATH: '/bin', HOME: '/root', API_KEY: 'secret', SYSTEMROOT: 'C:' };
    expect(inheritedEnvironment(environment, 'linux')).toEqual({ PATH: '/bin', HOME: '/root' });
    expect(inheritedEnvironment(environment, 'win32')).toEqual({ PATH: '/bin', SYSTEMROOT: 'C:' });
  });

  it('has no shell functions in it', () => {
    expect(inheritedEnvironment({ TERM: '() { :; }; evil', USER: 'me' }, 'linux')).toEqual({ USER: 'me' });
  });
});
