/** Locks within one virtual machine: a class is a case, a method is who does it. Run by JMH in virtual machines of their own. */
@NullMarked
package dev.autosync.bench.locks;

import org.jspecify.annotations.NullMarked;
