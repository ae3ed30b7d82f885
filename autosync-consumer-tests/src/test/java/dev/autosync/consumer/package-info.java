/** Builds and runs somebody else's project on our jars. Start at {@link dev.autosync.consumer.ConsumerTest}. */
@NullMarked
package dev.autosync.consumer;

import org.jspecify.annotations.NullMarked;
