import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createOriginReader } from '../../../src/http/proxy.ts';

function request(headers: Readonly<Record<string, string>>, remoteAddress = '10.0.0.7'): IncomingMessage {
  const socket = new Socket();
  Object.defineProperty(socket, 'remoteAddress', { value: remoteAddress });
  const message = new IncomingMessage(socket);
  Object.assign(message.headers, headers);
  return message;
}

const behind = createOriginReader({ publicUrl: undefined, trustedProxies: ['10.0.0.0/8', '::1'] });
const forwarded = {
  host: 'inside:8080',
  'x-forwarded-host': 'maps.example.org',
  'x-forwarded-proto': 'https',
  'x-forwarded-prefix': '/geo/',
};

describe('the origin of a request', () => {
  it('is the Host header over http', () => {
    expect(behind(request({ host: 'localhost:8080' }, '192.0.2.1')).root).toBe('http://localhost:8080');
    expect(behind(request({ host: '[::1]:8080' }, '192.0.2.1')).root).toBe('http://[::1]:8080');
  });

  it('follows X-Forwarded-* of a trusted address, with the base path', () => {
    expect(behind(request(forwarded))).toEqual({ root: 'https://maps.example.org/geo', basePath: '/geo', trusted: true });
    expect(behind(request({ ...forwarded, 'x-forwarded-port': '8443' })).root).toBe('https://maps.example.org:8443/geo');
  });

  it('follows Forwarded of a trusted address', () => {
    expect(behind(request({ host: 'inside', forwarded: 'for=192.0.2.60;proto=https;host="maps.example.org:444"' })).root).toBe(
      'https://maps.example.org:444',
    );
  });

  it('ignores both from anybody else', () => {
    expect(behind(request(forwarded, '192.0.2.1')).root).toBe('http://inside:8080');
  });

  it('never echoes what is not a host', () => {
    const evil = {
      host: 'inside',
      'x-forwarded-host': 'evil.example/"><script>',
      'x-forwarded-proto': 'javascript',
      'x-forwarded-prefix': '/a"b',
    };
    expect(behind(request(evil)).root).toBe('http://inside');
  });

  it('is the public URL when there is one, whatever the headers say', () => {
    const fixed = createOriginReader({ publicUrl: 'https://example.org/geo/', trustedProxies: ['10.0.0.0/8'] });
    expect(fixed(request(forwarded))).toEqual({ root: 'https://example.org/geo', basePath: '/geo', trusted: true });
  });
});
