import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { ADMIN_PASSWORD, type DoorHub, openDoors } from './door-hub.js';

describe('a person who opens a fresh hub', () => {
  let doors: DoorHub;
  beforeAll(async () => {
    doors = await openDoors();
  }, 60_000);
  afterAll(() => doors.close());

  it('is told that it lives', async () => {
    await request(doors.hub.url).get('/health/live').expect(200);
  });

  it('is asked to sign in, in words a program understands', async () => {
    const answer = await request(doors.hub.url).get('/api/status').expect(401);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.body).toMatchObject({ status: 401 });
  });

  it('signs in and sees an empty hub whose counts add up', async () => {
    const browser = request.agent(doors.hub.url);
    await browser
      .post('/api/auth/login')
      .set('origin', doors.hub.url)
      .send({ name: 'admin', password: ADMIN_PASSWORD })
      .expect((answer) => expect(answer.status).toBeLessThan(300));
    const { body } = await browser.get('/api/status').expect(200);
    expect(body).toMatchObject({ listings: 0, in_sync: 0, pending: 0, drifted: 0, failing: 0, held: 0, ignored: 0, unknown: 0, accounts: [] });
  });
});
