/** Calls that are made again when they fail: a class is a case, a method is who does it. Run by JMH in virtual machines of their own. */
@NullMarked
package dev.autosync.bench.retry;

import org.jspecify.annotations.NullMarked;
