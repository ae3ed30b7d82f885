/**
 * Floor 1: secrets by reference, the places they come from, and the redactor that keeps them out of every text. Start at
 * {@link dev.autosync.core.secrets.SecretReferences} and {@link dev.autosync.core.secrets.Redactor}.
 */
@NullMarked
package dev.autosync.core.secrets;

import org.jspecify.annotations.NullMarked;
