/** What the scripts say to whoever starts the program, before anything is installed that could say it. */
const WORDS = {
  ru: {
    'old-node': (oldest, found) => [`Эталону нужен Node.js ${oldest} или новее, а здесь ${found}.`, 'Установите Node.js 20 или новее и запустите снова.'],
    installing: 'Устанавливаем пакеты (один раз) …',
    'not-installed': () => ['Пакеты не установились.', 'Проверьте сеть, свободное место и право писать в node_modules и запустите снова.'],
    building: (part) => `Собираем: ${{ server: 'программа', console: 'страница' }[part] ?? part} …`,
    'not-built': (part) => [`Сборка не удалась (${part}).`, 'Исправьте ошибки, названные выше, и запустите снова.'],
    'no-build': (file) => [`Программа не собрана (нет ${file}).`, 'Удалите папку dist и запустите снова.'],
    'disk-full': (folder) => [`Диск, на котором лежит ${folder}, заполнен.`, 'Освободите хотя бы 2 ГБ и запустите снова.'],
    'no-right': (path) => [`Нет права писать в ${path}.`, 'Запустите от имени владельца папки проекта.'],
    waiting: (pid, lock) => `Ждём, пока другой запуск (процесс ${pid}) закончит установку. Если он давно умер, удалите ${lock}.`,
  },
  en: {
    'old-node': (oldest, found) => [`Etalon needs Node.js ${oldest} or newer; this is ${found}.`, 'Install Node.js 20 or newer and start again.'],
    installing: 'Installing packages (once) …',
    'not-installed': () => ['The packages could not be installed.', 'Check the network, the free disk space and the right to write to node_modules, then start again.'],
    building: (part) => `Building ${part} …`,
    'not-built': (part) => [`The build failed (${part}).`, 'Correct the faults listed above and start again.'],
    'no-build': (file) => [`The program was not built (${file} is missing).`, 'Delete the folder dist and start again.'],
    'disk-full': (folder) => [`The disk that holds ${folder} is full.`, 'Free at least 2 GB and start again.'],
    'no-right': (path) => [`There is no right to write to ${path}.`, 'Start as the owner of the project folder.'],
    waiting: (pid, lock) => `Waiting until another start (process ${pid}) has installed and built. If it died long ago, delete ${lock}.`,
  },
  zh: {
    'old-node': (oldest, found) => [`Etalon 需要 Node.js ${oldest} 或更新版本，当前为 ${found}。`, '请安装 Node.js 20 或更新版本后重新启动。'],
    installing: '正在安装软件包（仅一次）…',
    'not-installed': () => ['软件包安装失败。', '请检查网络、磁盘空间以及 node_modules 的写入权限，然后重新启动。'],
    building: (part) => `正在构建：${{ server: '程序', console: '页面' }[part] ?? part} …`,
    'not-built': (part) => [`构建失败（${part}）。`, '请修正上面列出的错误后重新启动。'],
    'no-build': (file) => [`程序尚未构建（缺少 ${file}）。`, '请删除 dist 文件夹后重新启动。'],
    'disk-full': (folder) => [`${folder} 所在磁盘已满。`, '请至少释放 2 GB 后重新启动。'],
    'no-right': (path) => [`没有写入 ${path} 的权限。`, '请以项目文件夹所有者的身份启动。'],
    waiting: (pid, lock) => `正在等待另一个启动（进程 ${pid}）完成安装。如果它早已终止，请删除 ${lock}。`,
  },
};

/** The locale of the terminal, Russian when it names none of ours. */
const spoken = [process.env.LC_ALL, process.env.LC_MESSAGES, process.env.LANG]
  .find((value) => value)
  ?.toLowerCase()
  .split(/[-_.]/)[0];

export const words = WORDS[spoken] ?? WORDS.ru;
