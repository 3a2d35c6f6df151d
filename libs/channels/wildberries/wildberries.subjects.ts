import { nameForm } from '#kernel';

/** A place for cards: Wildberries has two levels, and only the lower one (subject) holds cards. */
export interface Subject {
  readonly id: string;
  readonly name: string;
  readonly parent: string;
}

interface SubjectIndex {
  readonly byId: ReadonlyMap<string, Subject>;
  readonly byName: ReadonlyMap<string, readonly Subject[]>;
  /** By the stems of a name, in order of the alphabet: "Чайник электрический" and "Чайники электрические" meet here. */
  readonly byStems: ReadonlyMap<string, readonly Subject[]>;
  readonly stems: ReadonlyMap<Subject, ReadonlySet<string>>;
}
const indexes = new WeakMap<readonly Subject[], SubjectIndex>();

function indexOf(subjects: readonly Subject[]): SubjectIndex {
  const known = indexes.get(subjects);
  if (known !== undefined) return known;
  const built: SubjectIndex = {
    byId: new Map(subjects.map((subject) => [subject.id, subject])),
    byName: groupBy(subjects, (subject) => nameForm(subject.name)),
    byStems: groupBy(subjects, (subject) => stemForm(subject.name)),
    stems: new Map(subjects.map((subject) => [subject, stems(`${subject.parent} ${subject.name}`)])),
  };
  indexes.set(subjects, built);
  return built;
}

function groupBy(subjects: readonly Subject[], key: (subject: Subject) => string): ReadonlyMap<string, readonly Subject[]> {
  const out = new Map<string, Subject[]>();
  for (const subject of subjects) {
    const group = out.get(key(subject));
    if (group === undefined) out.set(key(subject), [subject]);
    else group.push(subject);
  }
  return out;
}

export function subjectById(subjects: readonly Subject[], id: string): Subject | undefined {
  return indexOf(subjects).byId.get(id);
}

/**
 * The subject that a master path ("Root / Category / Type") means: one named like its last name, else like the one before; where
 * several are, the one whose parent is on the path. undefined when none or more than one fits.
 */
export function findSubject(subjects: readonly Subject[], path: string): Subject | undefined {
  const names = path
    .split(' / ')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const { byName, byStems } = indexOf(subjects);
  const onPath = new Set(names.map(stemForm));
  for (const name of names.slice(-2).reverse()) {
    for (const found of [byName.get(nameForm(name)), byStems.get(stemForm(name))]) {
      if (found === undefined) continue;
      if (found.length === 1) return found[0];
      const near = found.filter((subject) => onPath.has(stemForm(subject.parent)));
      if (near.length === 1) return near[0];
    }
  }
  return undefined;
}

/** The subjects whose names share most words with a text, best first. */
export function suggestSubjects(subjects: readonly Subject[], text: string, limit = 3): readonly Subject[] {
  const wanted = stems(text);
  if (wanted.size === 0) return [];
  const { stems: index } = indexOf(subjects);
  return subjects
    .map((subject) => {
      const own = index.get(subject) ?? new Set<string>();
      const shared = [...wanted].filter((word) => own.has(word)).length;
      return { subject, score: shared / Math.sqrt(Math.max(1, own.size) * wanted.size) };
    })
    .filter((entry) => entry.score > 0)
    .sort((a, b) => b.score - a.score || (a.subject.id < b.subject.id ? -1 : 1))
    .slice(0, limit)
    .map((entry) => entry.subject);
}

function stemForm(name: string): string {
  return [...stems(name)].sort().join(' ');
}

/** Words without their endings: Russian declines, and Wildberries names its subjects in the plural. */
function stems(text: string): ReadonlySet<string> {
  const found = nameForm(text).match(/[\p{L}\d]{2,}/gu) ?? [];
  return new Set(found.map((word) => (word.length > 4 ? word.replace(/(?:ие|ые|ий|ый|ая|ое|ой|ы|и|а|я|ь|е|о)$/u, '') : word)));
}
