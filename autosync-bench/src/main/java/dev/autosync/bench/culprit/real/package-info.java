/** Batches of patches of a real project, whose own tests are run for each decision. Start reading at {@code RealCase}. */
@NullMarked
package dev.autosync.bench.culprit.real;

import org.jspecify.annotations.NullMarked;
