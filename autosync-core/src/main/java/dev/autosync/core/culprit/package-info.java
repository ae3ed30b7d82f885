/**
 * Who broke a batch: what is believed after each run of the tests, and which run tells most next. Nothing here runs tests; it is told what came of them.
 */
@NullMarked
package dev.autosync.core.culprit;

import org.jspecify.annotations.NullMarked;
