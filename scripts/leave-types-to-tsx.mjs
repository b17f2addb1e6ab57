// Loaded first in every process of a run of tests. tap's own loader would compile each module with TypeScript before tsx
// gives it the module that it has kept, in every process anew; it leaves that alone where this is set, which tap takes back
// on versions of Node that strip no types themselves.
process.env.TAP_TYPE_STRIP_ONLY = '1';
