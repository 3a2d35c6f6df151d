import { endpoint, HOSTS, ok, type Endpoint, type Host } from '../endpoint.js';

/** Whose account this is, and the sign of life of every host. */
export const generalEndpoints: Endpoint[] = [
  endpoint({ verb: 'GET', host: 'common-api', path: '/api/v1/seller-info', bucket: 'seller' }, ({ office }) => {
    const { name, seller: sid } = office.cabinet.current;
    return ok({ name, sid, tin: '7743013902', tradeMark: name });
  }),
  ...(Object.keys(HOSTS) as Host[]).map((host) => endpoint({ verb: 'GET', host, path: '/ping', bucket: 'ping' }, ({ office }) => ok({ TS: office.clock.iso(), Status: 'OK' }))),
];
