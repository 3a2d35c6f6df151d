import { contentProblem, analyticsProblem } from '../problem.js';
import { endpoint, ok, queryNumber, type Answer, type Endpoint } from '../endpoint.js';
import { allSubjects, characteristicsOf, customsCodes, directories, findSubject, NAMED, parentSubjects } from '../subjects.js';

const data = (value: unknown): Answer => ok({ data: value, error: false, errorText: '', additionalErrors: null });
const get = (path: string, bucket: Endpoint['bucket'], run: Parameters<typeof endpoint>[1]): Endpoint => endpoint({ verb: 'GET', host: 'content-api', path, bucket }, run);
const BRANDS_A_PAGE = 100;

/** Subjects, characteristics and directories. Names are Russian in every locale. */
export const referenceEndpoints: Endpoint[] = [
  get('/content/v2/object/parent/all', 'content', () => data(parentSubjects().map((parent) => ({ ...parent, isVisible: true })))),

  get('/content/v2/object/all', 'content', ({ query }) => {
    const limit = queryNumber(query['limit'], 30, 1, 1000);
    const offset = queryNumber(query['offset'], 0, 0, Number.MAX_SAFE_INTEGER);
    const parentId = queryNumber(query['parentID'], 0, 0, Number.MAX_SAFE_INTEGER);
    if (limit === undefined || offset === undefined || parentId === undefined) throw contentProblem(400, 'Invalid request format');
    const name = (query['name'] ?? '').toLowerCase();
    const found = allSubjects().filter((subject) => (parentId === 0 || subject.parentId === parentId) && subject.name.toLowerCase().includes(name));
    return data(found.slice(offset, offset + limit).map(({ id, name: subjectName, parentId: parentID, parentName }) => ({ subjectID: id, parentID, subjectName, parentName })));
  }),

  get('/content/v2/object/charcs/{subjectId}', 'content', ({ params }) => {
    const subject = findSubject(Number(params['subjectId']));
    if (!subject) throw contentProblem(400, 'This category does not exist', { id: params['subjectId'] ?? '' });
    const head = { subjectID: subject.id, subjectName: subject.name };
    const rest = { hasFilter: false, popular: false };
    const named = NAMED.map(({ id, name }) => ({
      ...{ charcID: id, ...head, name, required: false, unitName: '', maxCount: 1, charcType: 1, isVariable: false, existNamedField: true },
      ...rest,
    }));
    const own = characteristicsOf(subject.id).map(({ id, name, required, unit, most, type, variable }) => ({
      ...{ charcID: id, ...head, name, required, unitName: unit, maxCount: most, charcType: type, isVariable: variable, existNamedField: false },
      ...rest,
    }));
    return data([...named, ...own]);
  }),

  get('/content/v2/directory/colors', 'directories', () => data(directories.colors)),
  get('/content/v2/directory/kinds', 'directories', () => data(directories.kinds)),
  get('/content/v2/directory/seasons', 'directories', () => data(directories.seasons)),
  get('/content/v2/directory/vat', 'directories', () => data(directories.vat)),
  get('/content/v2/directory/countries', 'content', () => data(directories.countries)),

  get('/content/v2/directory/tnved', 'content', ({ query }) => {
    const subject = findSubject(Number(query['subjectID']));
    if (!subject) throw contentProblem(400, 'This category does not exist', { id: query['subjectID'] ?? '' });
    return data(customsCodes(subject).filter(({ tnved }) => tnved.startsWith(query['search'] ?? '')));
  }),

  get('/api/content/v1/brands', 'brands', ({ query }) => {
    const next = queryNumber(query['next'], 0, 0, Number.MAX_SAFE_INTEGER);
    if (next === undefined || query['subjectId'] === undefined) throw analyticsProblem(400, 'Bad request', 'subjectId is required');
    if (!findSubject(Number(query['subjectId']))) throw analyticsProblem(404, 'Not Found', 'Brands not found');
    const all = directories.brands.map((name, at) => ({ id: at + 1, name, logoUrl: '' }));
    const brands = all.slice(next, next + BRANDS_A_PAGE);
    const rest = next + brands.length;
    return ok({ brands, total: all.length, ...(rest < all.length ? { next: rest } : {}) });
  }),
];
