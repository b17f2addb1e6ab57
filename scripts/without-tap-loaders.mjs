// Loaded first in every process of a run of tests. tap's own loaders pass each module through a thread beside, to compile
// it, to replace it by a mock and to note it for coverage: nothing that bundled tests ask for, and a third of their time.
import Module from 'node:module';

// What loads the compiler is left alone where this is set; tap takes it back on versions of Node that strip no types.
process.env.TAP_TYPE_STRIP_ONLY = '1';
const register = Module.register;
Module.register = (specifier, ...rest) =>
  String(specifier).includes('/@tapjs/') ? undefined : register.call(Module, specifier, ...rest);
