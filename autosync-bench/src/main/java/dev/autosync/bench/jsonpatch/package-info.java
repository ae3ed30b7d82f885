/** JSON Patch beside four libraries: bytes of a file and of a patch in, bytes of a file out. */
@NullMarked
package dev.autosync.bench.jsonpatch;

import org.jspecify.annotations.NullMarked;
