/**
 * Programs that show AutoSync at work. Start at {@link dev.autosync.examples.EmbeddingExample}, the ten lines; then
 * {@link dev.autosync.examples.MainJob}, a whole cycle on the changes of a real project.
 */
@NullMarked
package dev.autosync.examples;

import org.jspecify.annotations.NullMarked;
